"""Looking for names again in articles that are stored already."""

import io

import pytest
from django.core.management import call_command

from articles.models import Article, Link
from articles.pipeline import relink
from articles.search import ArticleQuery, FacetChoice, pending_changes, search

from .factories import link, make_article, make_person, make_place, make_topic

pytestmark = pytest.mark.django_db


def link_articles():
    output = io.StringIO()
    call_command("link_articles", stdout=output)
    return output.getvalue().strip()


def decisions_of(article):
    """{name: (origin, status, mentions)} for the people of an article."""
    return {
        row.subject.name: (row.origin, row.status, row.mentions)
        for row in article.person_links.select_related("subject")
    }


def test_a_person_made_later_is_linked_to_older_articles():
    article = make_article("Ada Moreau speaks", body="Moreau went home.")
    make_article("Silence")
    make_person("Ada Moreau")
    assert link_articles() == "2 articles read; 1 new links made."
    assert decisions_of(article) == {"Ada Moreau": ("match", "accepted", 2)}


def test_linking_again_makes_no_links():
    make_article("Ada Moreau speaks in Riverton about weather")
    make_person("Ada Moreau")
    make_place("Riverton")
    make_topic("weather")
    assert link_articles() == "1 articles read; 3 new links made."
    assert link_articles() == "1 articles read; 0 new links made."


def test_an_article_that_was_linked_is_found_under_its_place_at_once():
    article = make_article("Floods in Riverton")
    county = make_place("River County")
    make_place("Riverton", parent=county)
    query = ArticleQuery().with_choice("places", FacetChoice((county.pk,)))
    assert search(query).ids == []
    link_articles()
    assert pending_changes() == 0
    assert search(query).ids == [article.pk]


def test_a_match_goes_when_the_name_no_longer_stands_in_the_text():
    article = make_article("Silence")
    link(article, make_person("Ada Moreau"), mentions=3)
    link_articles()
    assert decisions_of(article) == {}


def test_a_match_goes_when_the_alias_it_came_from_is_gone():
    article = make_article("Bibi speaks")
    person = make_person("Benjamin Netanyahu", aliases=["Bibi"])
    link_articles()
    assert decisions_of(article) == {"Benjamin Netanyahu": ("match", "accepted", 1)}
    person.aliases.all().delete()
    link_articles()
    assert decisions_of(article) == {}


def test_a_suggestion_becomes_a_link_when_the_name_is_no_longer_ambiguous():
    article = make_article("Ada Moreau speaks")
    make_person("Ada Moreau")
    other = make_person("Ada Moreau")
    link_articles()
    assert [row.status for row in article.person_links.all()] == ["suggested", "suggested"]
    other.delete()
    link_articles()
    assert decisions_of(article) == {"Ada Moreau": ("match", "accepted", 1)}


def test_a_link_becomes_a_suggestion_when_a_namesake_appears():
    article = make_article("Ada Moreau speaks")
    make_person("Ada Moreau")
    link_articles()
    make_person("Ada Moreau")
    link_articles()
    assert [row.status for row in article.person_links.all()] == ["suggested", "suggested"]


def test_a_name_that_is_not_to_be_looked_for_is_not_linked():
    article = make_article("Ada Moreau speaks")
    make_person("Ada Moreau", name_is_matched=False)
    link_articles()
    assert decisions_of(article) == {}


def test_a_rejected_link_stays_rejected():
    article = make_article("Ada Moreau speaks")
    link(article, make_person("Ada Moreau"), status="rejected")
    link_articles()
    assert decisions_of(article) == {"Ada Moreau": ("match", "rejected", 0)}


def test_an_editor_s_link_and_a_decided_one_are_left_as_they_are(django_user_model):
    article = make_article("Silence")
    link(article, make_person("Ada Moreau"), origin="editor")
    decided = link(article, make_person("Bo Li"), mentions=5)
    decided.decide(django_user_model.objects.create(username="editor"))
    decided.save()
    link_articles()
    assert decisions_of(article) == {"Ada Moreau": ("editor", "accepted", 0), "Bo Li": ("match", "accepted", 5)}


@pytest.mark.parametrize("origin", [Link.Origin.SOURCE, Link.Origin.MODEL])
def test_what_others_said_keeps_its_origin_and_learns_its_mentions(origin):
    article = make_article("Ada Moreau speaks", body="Moreau!")
    link(article, make_person("Ada Moreau"), origin=origin, status="suggested")
    link(article, make_person("Bo Li"), origin=origin)
    link_articles()
    assert decisions_of(article) == {"Ada Moreau": (origin, "suggested", 2), "Bo Li": (origin, "accepted", 0)}


def test_a_headline_made_from_the_text_is_not_counted_twice():
    article = make_article("Ada Moreau speaks", headline_is_derived=True, body="Ada Moreau speaks. Nobody listens.")
    make_person("Ada Moreau")
    link_articles()
    assert decisions_of(article) == {"Ada Moreau": ("match", "accepted", 1)}


def test_names_are_found_behind_the_marks_of_markdown_and_across_windows_lines():
    article = make_article("Speech", body="*Ada\r\nMoreau* and [Bo Li](https://example.org/) and M\\*A\\*S\\*H.")
    for name in ("Ada Moreau", "Bo Li", "M*A*S*H"):
        make_person(name)
    link_articles()
    assert decisions_of(article).keys() == {"Ada Moreau", "Bo Li", "M*A*S*H"}


def test_drafts_are_linked_too_and_no_article_is_changed():
    article = make_article("Ada Moreau speaks", status="draft")
    before = list(Article.objects.values())
    make_person("Ada Moreau")
    link_articles()
    assert decisions_of(article).keys() == {"Ada Moreau"}
    assert list(Article.objects.values()) == before


def test_an_archive_larger_than_one_batch_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(relink, "BATCH", 2)
    articles = [make_article(f"Ada Moreau on day {day}") for day in range(5)]
    make_person("Ada Moreau")
    assert link_articles() == "5 articles read; 5 new links made."
    assert all(decisions_of(article) for article in articles)


def test_an_empty_archive_is_no_mistake():
    assert link_articles() == "0 articles read; 0 new links made."


def test_the_number_of_queries_does_not_grow_with_the_articles(django_assert_max_num_queries):
    make_person("Ada Moreau")
    for number in range(40):
        make_article(f"Ada Moreau on day {number}")
    link_articles()
    with django_assert_max_num_queries(40):
        link_articles()
