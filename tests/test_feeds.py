"""Feeds of every list: what a feed reader gets, and that it is Atom and RSS by the rules."""

import datetime

import pytest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from lxml import etree

from articles.feeds import FEED_FORMATS
from articles.feeds.views import NEWEST
from articles.models import Article

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries

feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed: make test installs it")

pytestmark = pytest.mark.django_db

ATOM, DUBLIN_CORE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
EVIL = 'Profits <up> & "down" <script>alert(1)</script>'


def parse(client, address: str):
    """The feed as a feed reader has it; it must be well formed."""
    response = client.get(address)
    assert response.status_code == 200, address
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def titles(client, address: str) -> list[str]:
    return [entry.title for entry in parse(client, address).entries]


def tree(client, address: str):
    return etree.fromstring(client.get(address).content)


@pytest.fixture
def archive():
    gaza = make_place("Gaza Strip", kind="territory", description="A strip of land.")
    rafah, ada = make_place("Rafah", parent=gaza), make_person("Ada Moreau")
    make_article(
        "Talks on Rafah",
        about=[rafah, ada, make_topic("diplomacy")],
        summary="Talks <began> & went on.",
        byline="By Bo Lund and Ada Moreau",
        source=make_source(),
        url="https://daily.example/talks?a=1&b=2",
        language="fr",
        rights="© The Daily Test",
        published_at=datetime.datetime(2024, 3, 21, 16, 30, tzinfo=datetime.UTC),
    )
    make_article("A quiet harbour", about=[ada], published_on=datetime.date(2023, 1, 5))
    make_article("Nobody knows when", published_on=None)
    make_article("Not out yet", about=[ada, rafah], status="draft")


# What is in them


@pytest.mark.parametrize("name", FEED_FORMATS)
def test_a_feed_of_everything_has_the_newest_first(client, archive, name):
    assert titles(client, f"/articles/feed.{name}") == ["Talks on Rafah", "A quiet harbour", "Nobody knows when"]


@pytest.mark.parametrize("name", FEED_FORMATS)
@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("people=ada-moreau", ["Talks on Rafah", "A quiet harbour"]),
        ("people=ada-moreau&sort=oldest&page=9", ["Talks on Rafah", "A quiet harbour"]),
        ("places=gaza-strip", ["Talks on Rafah"]),
        ("q=harbour&not_topics=diplomacy", ["A quiet harbour"]),
        ("year=none", ["Nobody knows when"]),
        ("q=volcano", []),
    ],
)
def test_every_list_has_a_feed(client, archive, name, parameters, found):
    assert titles(client, f"/articles/feed.{name}?{parameters}") == found


@pytest.mark.parametrize("name", FEED_FORMATS)
@pytest.mark.parametrize("path", ["/people/ada-moreau/", "/places/gaza-strip/", "/topics/diplomacy/"])
def test_every_subject_has_a_feed_that_has_what_lies_below_it(client, archive, name, path):
    assert "Talks on Rafah" in titles(client, f"{path}feed.{name}")
    assert "Not out yet" not in titles(client, f"{path}feed.{name}")


def test_the_newest_fifty_are_enough(client):
    for number in range(NEWEST + 3):
        make_article(f"Story {number}", published_on=datetime.date(2024, 1, 1) + datetime.timedelta(number))
    found = titles(client, "/articles/feed.atom")
    assert (found[0], len(found)) == (f"Story {NEWEST + 2}", NEWEST)


def test_an_entry_says_all_about_the_article_but_its_text(client, archive):
    entry = parse(client, "/articles/feed.atom").entries[0]
    assert entry.link == "http://testserver/articles/talks-on-rafah/"
    assert entry.author == "Bo Lund, Ada Moreau"
    assert entry.summary == "Talks &lt;began&gt; &amp; went on."
    assert [tag.term for tag in entry.tags] == ["diplomacy"]
    assert entry.published == "2024-03-21T16:30:00+00:00"
    assert entry.rights == "© The Daily Test"
    assert entry.title_detail.language == "fr"
    assert "content" not in entry
    assert {each.rel: each.href for each in entry.links}["via"] == "https://daily.example/talks?a=1&b=2"


def test_rss_says_the_same(client, archive):
    item = tree(client, "/articles/feed.rss").find("channel/item")
    assert item.findtext("title") == "Talks on Rafah"
    assert item.findtext("link") == "http://testserver/articles/talks-on-rafah/"
    assert item.findtext("pubDate") == "Thu, 21 Mar 2024 16:30:00 +0000"
    assert item.findtext("category") == "diplomacy"
    assert item.findtext(f"{DUBLIN_CORE}creator") == "Bo Lund, Ada Moreau"
    assert item.findtext(f"{DUBLIN_CORE}language") == "fr"
    assert item.findtext(f"{DUBLIN_CORE}rights") == "© The Daily Test"
    assert item.find("guid").get("isPermaLink") == "false"
    assert parse_datetime(item.findtext(f"{ATOM}updated"))


def test_without_a_byline_the_source_is_the_author(client):
    make_article("Story", source=make_source("The Wire"))
    assert parse(client, "/articles/feed.atom").entries[0].author == "The Wire"


def test_a_day_without_a_time_is_its_noon_and_no_day_is_left_out(client, archive):
    entries = parse(client, "/articles/feed.atom").entries
    assert entries[1].published == "2023-01-05T12:00:00+00:00"
    assert "published" not in entries[2]


def test_a_feed_says_what_it_is_about(client, archive):
    assert parse(client, "/articles/feed.atom").feed.title == "Newsroom: all articles"
    narrowed = parse(client, "/articles/feed.rss?places=gaza-strip&year=2024").feed
    assert narrowed.title == "Newsroom: articles about Gaza Strip, in 2024"
    assert narrowed.link == "http://testserver/articles/?places=gaza-strip&year=2024"
    gaza = parse(client, "/places/gaza-strip/feed.atom").feed
    assert (gaza.title, gaza.subtitle) == ("Newsroom: Gaza Strip", "A strip of land.")
    assert gaza.link == "http://testserver/places/gaza-strip/"


# By the rules


@pytest.mark.parametrize(
    "address", ["/articles/feed.atom", "/articles/feed.atom?q=harbour&sort=oldest", "/articles/feed.atom?q=volcano"]
)
def test_atom_has_what_rfc_4287_asks_for(client, archive, address):
    feed = tree(client, address)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert element.find(f"{ATOM}id").text.startswith(("http://", "tag:"))
        assert parse_datetime(element.findtext(f"{ATOM}updated")).tzinfo
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert len(element.findall(f"{ATOM}published")) <= 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
    assert links["self"] == links["first"] == feed.findtext(f"{ATOM}id")
    assert links["self"].startswith("http://testserver/articles/feed.atom")
    assert "sort" not in links["self"]


def test_rss_has_what_its_specification_asks_for(client, archive):
    rss = tree(client, "/articles/feed.rss")
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    channel = rss.find("channel")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert channel.findtext(name), name
    links = {each.get("rel"): each.get("href") for each in channel.findall(f"{ATOM}link")}
    assert links == dict.fromkeys(("self", "first"), "http://testserver/articles/feed.rss")


@pytest.mark.parametrize("name", FEED_FORMATS)
def test_the_content_type_is_that_of_the_format(client, name):
    response = client.get(f"/articles/feed.{name}")
    assert response.headers["Content-Type"] == f"application/{name}+xml; charset=utf-8"


def test_titles_with_marks_are_titles_and_not_markup(client):
    make_article(EVIL, summary=f"{EVIL}!")
    entry = tree(client, "/articles/feed.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == EVIL
    assert entry.find(f"{ATOM}title").get("type", "text") == "text"
    # Of type html: what the reader unescapes once more is the text again.
    assert "&lt;script&gt;" in entry.findtext(f"{ATOM}summary")
    assert tree(client, "/articles/feed.rss").findtext("channel/item/title") == EVIL


@pytest.mark.parametrize("name", FEED_FORMATS)
def test_characters_that_xml_cannot_hold_are_left_out(client, name):
    bad = "Bell\x07 and \x1bescape\ufffe"
    ada = make_person("Ada\x08 Moreau", slug="ada", description=bad)
    topic = make_topic("rain\x0b", slug="rain")
    make_article(bad, summary=bad, byline=bad, rights=bad, language="e\x01n", about=[ada, topic], slug="bell")
    for address in (f"/articles/feed.{name}?people=ada", f"/people/ada/feed.{name}"):
        assert titles(client, address) == ["Bell and escape"]


# Identity and change


@pytest.mark.parametrize("name", FEED_FORMATS)
def test_an_entry_keeps_its_id_when_its_address_changes(client, name):
    article = make_article("Story")
    before = parse(client, f"/articles/feed.{name}").entries[0]
    article.headline, article.slug = "Another headline", "another"
    article.save()
    after = parse(client, f"/articles/feed.{name}").entries[0]
    assert after.link != before.link
    assert after.id == before.id


@pytest.mark.parametrize("name", FEED_FORMATS)
def test_a_feed_that_has_not_changed_is_not_sent_again(client, archive, name):
    for address in (f"/articles/feed.{name}", f"/articles/feed.{name}?q=volcano", f"/people/ada-moreau/feed.{name}"):
        first = client.get(address)
        same = {"if-none-match": first.headers["ETag"]}
        assert client.get(address, headers=same).status_code == 304
        make_article(f"About something else {address}", published_on=datetime.date(1950, 1, 1), status="draft")
        assert client.get(address, headers=same).status_code == 304
    article = Article.objects.get(slug="talks-on-rafah")
    Article.objects.filter(pk=article.pk).update(status="withdrawn")
    changed = client.get(address, headers=same)
    assert changed.status_code == 200
    assert b"Talks on Rafah" not in changed.content


def test_a_former_address_leads_to_the_feed_at_the_new_one(client):
    ada = make_person("Ada Moreau")
    ada.slug = "ada-m"
    ada.save()
    response = client.get("/people/ada-moreau/feed.atom")
    assert (response.status_code, response.headers["Location"]) == (301, "/people/ada-m/feed.atom")
    assert client.get("/people/nobody/feed.atom").status_code == 404


@pytest.mark.parametrize("name", FEED_FORMATS)
@pytest.mark.parametrize("parameters", ["people=nobody", "from=yesterday", "sort=size", "year_match=some"])
def test_a_bad_parameter_gives_a_sentence_and_no_feed(client, archive, name, parameters):
    response = client.get(f"/articles/feed.{name}?{parameters}")
    assert response.status_code == 400
    assert "This address does not work" in response.content.decode()
    assert client.post(f"/articles/feed.{name}").status_code == 405


def test_suggested_topics_are_no_categories(client):
    article = make_article("Story")
    link(article, make_topic("rain"), status="suggested")
    assert "tags" not in parse(client, "/articles/feed.atom").entries[0]


@pytest.mark.parametrize("name", FEED_FORMATS)
@pytest.mark.parametrize("address", ["/articles/feed.{}?q=story", "/people/ada-moreau/feed.{}"])
def test_queries_of_a_feed_do_not_grow_with_its_entries(client, name, address):
    ada = make_person("Ada Moreau")
    make_article("Story", about=[ada, make_topic("rain")], source=make_source())
    few = count_queries(client, address.format(name))
    for number in range(20):
        about = [ada, make_topic(f"topic {number}"), make_topic(f"matter {number}")]
        make_article(f"Story {number}", about=about, source=make_source(f"Source {number}"))
    assert count_queries(client, address.format(name)) == few


def test_the_feeds_have_names(client):
    assert reverse("articles:feed_atom") == "/articles/feed.atom"
    assert reverse("articles:place_feed_rss", args=["rafah"]) == "/places/rafah/feed.rss"


@pytest.mark.parametrize("address", ["/articles/feed.atom", "/articles/feed.rss", "/places/rafah/feed.atom"])
def test_a_misspelt_parameter_is_refused(client, address):
    make_article(about=[make_place("Rafah")])
    answer = client.get(f"{address}?plces=rafah")
    assert answer.status_code == 400
    assert "There is no parameter “plces” here." in answer.content.decode()
    assert client.get(address).status_code == 200


def test_the_order_and_the_page_of_a_list_do_not_keep_its_feed_away(client):
    make_article("In Rafah", about=[make_place("Rafah")])
    assert titles(client, "/articles/feed.atom?places=rafah&sort=oldest&page=2") == ["In Rafah"]
