"""An article as it is read: its text, why it is linked, its versions, what is related, what came before and after."""

import datetime
from importlib import import_module

import pytest

from articles.models import PersonLink, TextGroup
from articles.search import IndexUnavailable
from articles.views.link_reasons import reasons_for

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries, read

pytestmark = pytest.mark.django_db


def show(client, article):
    return read(client, article.get_absolute_url())


def part_of(page, beginning: str, end: str) -> str:
    return page.text.split(beginning)[1].split(end)[0]


def test_the_facts_are_those_that_are_known(client):
    article = make_article(
        "A day in Rafah",
        source=make_source("Meridian Wire"),
        byline="By Bo Lund",
        language="fr",
        version=3,
        external_id="mw-77",
        rights="All rights reserved.",
        url="https://example.org/story",
    )
    facts = show(client, article).text.split("This article")[1]
    for fact in (
        "Source Meridian Wire",
        "Date 21 March 2024",
        "By By Bo Lund",
        "Language French",
        "Version 3",
        "Id at the source mw-77",
        "Rights All rights reserved.",
        "Original https://example.org/story",
    ):
        assert fact in facts


def test_unknown_facts_are_not_there(client):
    facts = show(client, make_article("Story", published_on=None)).text.split("This article")[1]
    assert "Date Not known" in facts
    for label in ("Source", "Language", "Version", "Rights", "Original", "Time"):
        assert label not in facts.split("Newsroom is")[0]


@pytest.mark.parametrize(
    ("zone", "hour", "shown"),
    [
        ("UTC", 14, "14:30 UTC"),
        ("Europe/Paris", 14, "15:30 CET"),
        ("Pacific/Auckland", 23, "23:30 UTC"),
        ("America/Los_Angeles", 1, "01:30 UTC"),
    ],
)
def test_the_exact_time_is_of_the_day_that_is_shown(client, settings, zone, hour, shown):
    settings.TIME_ZONE = zone
    moment = datetime.datetime(2024, 3, 21, hour, 30, tzinfo=datetime.UTC)
    assert f"21 March 2024 , {shown}" in show(client, make_article("Story", published_at=moment)).text


def test_a_time_of_another_day_everywhere_is_not_shown(client):
    moment = datetime.datetime(2024, 3, 25, 12, tzinfo=datetime.UTC)
    assert "12:00 UTC" not in show(client, make_article("Story", published_at=moment)).text


def test_three_headings_make_a_list_of_contents(client):
    body = "Begin.\n\n## First *day*\n\nA.\n\n### At night\n\nB.\n\n## Second day\n\nC."
    page = show(client, make_article("Story", body=body))
    assert page.link("First day") == "#section-1"
    assert page.link("At night") == "#section-2"
    assert '<h3 id="section-2">At night</h3>' in page.html


def test_two_headings_need_no_list_of_contents(client):
    page = show(client, make_article("Story", body="Begin.\n\n## First\n\nA.\n\n## Second\n\nB."))
    assert "In this article" not in page.text


def test_each_link_is_explained_in_words(client):
    article = make_article("Story", body="Ada Moreau spoke.")
    link(article, make_person("Ada Moreau"), origin="match", confidence=0.829, mentions=2)
    link(article, make_person("Bo Lund"), origin="editor")
    link(article, make_place("Rafah"), origin="source", mentions=1)
    decided = datetime.datetime(2024, 5, 6, 12, tzinfo=datetime.UTC)
    link(article, make_topic("weather"), origin="model", confidence=0.5, decided_at=decided)
    reasons = part_of(show(client, article), "Why these links?", "This article")
    assert "Ada Moreau The name was recognised in the text. This is 82% certain. It is named 2 times." in reasons
    assert "Bo Lund An editor made this link." in reasons
    assert "Rafah The source itself says so. It is named once." in reasons
    assert "weather A language model proposed it. This is 50% certain. An editor confirmed it on 6 May 2024." in reasons


@pytest.mark.parametrize(
    ("confidence", "percent"), [(0.29, 29), (0.57, 57), (0.999, 99), (0.9999999999999999, 99), (0.005, 0)]
)
def test_certainty_is_rounded_down_from_what_is_written(confidence, percent):
    assert f"This is {percent}% certain." in reasons_for(PersonLink(origin="match", confidence=confidence))


def test_who_decided_is_not_named(client, django_user_model):
    article = make_article("Story")
    editor = django_user_model.objects.create_user("m.secret")
    decided = datetime.datetime(2024, 5, 6, 12, tzinfo=datetime.UTC)
    link(article, make_person("Ada Moreau"), decided_by=editor, decided_at=decided)
    assert "m.secret" not in show(client, article).html


def test_undecided_links_are_not_explained(client):
    article = make_article("Story")
    link(article, make_person("Ada Moreau"), status="suggested")
    assert "Ada Moreau" not in show(client, article).text


def test_an_article_about_nobody_has_nothing_to_explain(client):
    assert "Why these links?" not in show(client, make_article("Story")).text


def test_other_versions_are_listed_newest_first(client):
    group = TextGroup.objects.create()
    article = make_article("First edition", text_group=group)
    make_article("Second edition", text_group=group, published_on="2024-03-22")
    make_article("Third edition", text_group=group, published_on="2024-03-23")
    make_article("Draft edition", text_group=group, status="draft")
    page = show(client, article)
    versions = page.text.split("2 other versions of this text")[1]
    assert versions.index("Third edition") < versions.index("Second edition")
    assert "Draft edition" not in page.text


def test_an_article_without_other_versions_says_nothing_of_them(client):
    assert "version" not in show(client, make_article("Story", text_group=TextGroup.objects.create())).text


def test_articles_with_the_same_rare_subject_are_related(client):
    ada = make_person("Ada Moreau")
    article = make_article("Ada builds a bridge", about=[ada], body="Iron was used.")
    make_article("Ada in old age", about=[ada], body="She remembered everything.")
    make_article("Nothing to do with it", body="Snow fell in the hills.")
    related = part_of(show(client, article), "Related articles", "Newsroom is")
    assert "Ada in old age" in related
    assert "Nothing to do with it" not in related


def test_articles_with_the_same_rare_words_are_related(client):
    for number in range(10):
        make_article(f"Filler {number}", body="It rained again in the town.")
    article = make_article("Zeppelin lands", body="The zeppelin came down at the aerodrome in the rain.")
    make_article("An aerodrome is built", body="Every zeppelin may land at the aerodrome.")
    related = part_of(show(client, article), "Related articles", "Newsroom is")
    assert "An aerodrome is built" in related
    assert "Filler" not in related.split("Before this")[0]


def test_versions_and_unpublished_articles_are_not_related(client):
    ada, group = make_person("Ada Moreau"), TextGroup.objects.create()
    article = make_article("Ada speaks", about=[ada], text_group=group)
    make_article("Ada speaks, corrected", about=[ada], text_group=group)
    make_article("Ada is silent", about=[ada], status="withdrawn")
    assert "Related articles" not in show(client, article).text


def test_an_article_can_be_read_without_an_index(client, monkeypatch):
    def unavailable(*args, **kwargs):
        raise IndexUnavailable("There is no search index.")

    monkeypatch.setattr(import_module("articles.views.related"), "similar_articles", unavailable)
    ada = make_person("Ada Moreau")
    make_article("Ada yesterday", about=[ada])
    page = show(client, make_article("Ada today", about=[ada]))
    assert page.status == 200
    assert "Related articles" not in page.text


def neighbours(page) -> tuple[str, str]:
    """The headlines before and after."""
    before = page.html.split('rel="prev"')[1].split(">")[1].split("<")[0] if 'rel="prev"' in page.html else ""
    after = page.html.split('rel="next"')[1].split(">")[1].split("<")[0] if 'rel="next"' in page.html else ""
    return before, after


def test_one_can_walk_through_the_archive_in_time_and_back(client):
    noon = datetime.datetime(2024, 3, 21, 12, tzinfo=datetime.UTC)
    in_order = [
        make_article("The day before", published_on="2024-03-20"),
        make_article("Without a time"),
        make_article("Also without one"),
        make_article("In the morning", published_at=noon - datetime.timedelta(hours=3)),
        make_article("At noon, later id", published_at=noon),
        make_article("At noon too", published_at=noon),
        make_article("Years later", published_on="2031-01-01"),
    ]
    make_article("A draft in between", published_on="2024-03-22", status="draft")
    make_article("Undated", published_on=None)
    headlines = ["", *(article.headline for article in in_order), ""]
    for article, before, after in zip(in_order, headlines, headlines[2:], strict=False):
        assert neighbours(show(client, article)) == (before, after), article.headline


def test_an_undated_article_stands_between_nothing(client):
    make_article("Dated")
    assert neighbours(show(client, make_article("Undated", published_on=None))) == ("", "")


def test_a_long_article_says_how_long_it_takes(client):
    assert "4 minutes to read" in show(client, make_article("Long", body="word " * 920)).text
    assert "to read" not in show(client, make_article("Short", body="word " * 50)).text


def test_queries_do_not_grow_with_versions_and_related_articles(client):
    ada, group = make_person("Ada Moreau"), TextGroup.objects.create()
    article = make_article("Ada speaks", about=[ada], text_group=group, source=make_source())
    make_article("Ada speaks again", about=[ada], published_on="2024-03-22")
    make_article("Ada speaks, a version", about=[ada], text_group=group)
    few = count_queries(client, article.get_absolute_url())
    for number in range(10):
        make_article(f"Ada speaks {number}", about=[ada], source=make_source(f"Source {number}"))
        make_article(f"Version {number}", about=[ada], text_group=group)
    assert count_queries(client, article.get_absolute_url()) == few


def test_the_printed_page_says_where_it_comes_from(client):
    article = make_article("Story")
    assert f"Printed from http://testserver{article.get_absolute_url()}" in show(client, article).text


def test_what_is_wider_than_the_page_can_be_scrolled_with_the_keyboard(client):
    html = show(client, make_article("Story", body="    code\n\n```\nmore\n```\n\n| a |\n|---|\n| 1 |")).html
    assert html.count('<pre tabindex="0"><code>') == 2
    assert '<table tabindex="0">' in html
