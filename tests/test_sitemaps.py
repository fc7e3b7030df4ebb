"""Sitemaps, robots.txt and the description of the search: what search engines and browsers are told."""

import datetime
import gzip
import re
from itertools import chain
from urllib.robotparser import RobotFileParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from lxml import etree

from articles.models import Article
from articles.sitemaps import sections
from articles.sitemaps.news import HOURS

from .factories import link, make_article, make_person, make_place, make_source, make_topic

pytestmark = pytest.mark.django_db

SITEMAP, NEWS = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.google.com/schemas/sitemap-news/0.9}"
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def tree(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"].startswith("application/"), address
    return etree.fromstring(response.getvalue())


def locations(client, address: str) -> list[str]:
    """The paths that a sitemap or an index names; each must have the host in front."""
    found = [element.text for element in tree(client, address).iter(f"{SITEMAP}loc")]
    assert all(address.startswith("http://testserver/") for address in found)
    return [address.removeprefix("http://testserver") for address in found]


@pytest.fixture
def archive():
    gaza = make_place("Gaza Strip", kind="territory")
    make_article("Talks on Rafah", about=[make_place("Rafah", parent=gaza), make_person("Ada Moreau")])
    make_article("A quiet harbour", about=[make_topic("weather")])
    make_article("Not out yet", about=[make_person("Bo Lund")], status="draft")
    link(make_article("Perhaps"), make_person("Cy Marsh"), status="suggested")
    make_place("Nowhere")


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(sections, "PORTION", 3)


# Sitemaps


def test_the_index_names_a_sitemap_for_each_section(client, archive):
    found = locations(client, "/sitemap.xml")
    names = ("lists", "articles", "people", "places", "topics")
    assert found == [f"/sitemaps/{name}-1.xml" for name in names]


def test_sitemaps_name_every_page_that_has_something_to_read(client, archive):
    assert locations(client, "/sitemaps/lists-1.xml") == ["/", "/articles/", "/people/", "/places/", "/topics/"]
    articles = ["/articles/talks-on-rafah/", "/articles/a-quiet-harbour/", "/articles/perhaps/"]
    assert locations(client, "/sitemaps/articles-1.xml") == articles
    assert locations(client, "/sitemaps/people-1.xml") == ["/people/ada-moreau/"]
    assert set(locations(client, "/sitemaps/places-1.xml")) == {"/places/rafah/", "/places/gaza-strip/"}
    assert locations(client, "/sitemaps/topics-1.xml") == ["/topics/weather/"]


def test_every_page_in_a_sitemap_is_there(client, archive):
    for sitemap in locations(client, "/sitemap.xml"):
        for path in locations(client, sitemap):
            assert client.get(path).status_code == 200, path


def test_a_sitemap_that_is_sent_while_it_is_read_is_compressed_once(client, archive):
    (address,) = [each for each in locations(client, "/sitemap.xml") if "articles" in each]
    sent = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (sent.streaming, sent.headers["Content-Encoding"]) == (True, "gzip")
    assert gzip.decompress(sent.getvalue()) == client.get(address).getvalue()


def test_sitemaps_say_when_an_article_last_changed(client, archive):
    changed = datetime.datetime(2025, 2, 3, 4, 5, 6, 789, tzinfo=datetime.UTC)
    Article.objects.filter(slug="talks-on-rafah").update(updated_at=changed)
    urls = tree(client, "/sitemaps/articles-1.xml").findall(f"{SITEMAP}url")
    assert urls[0].findtext(f"{SITEMAP}lastmod") == "2025-02-03T04:05:06+00:00"
    assert [child.tag for child in urls[0]] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"]


def test_many_articles_are_spread_over_sitemaps(client, small_portions):
    articles = [make_article(f"Story {number}") for number in range(10)]
    sitemaps = [path for path in locations(client, "/sitemap.xml") if "articles" in path]
    found = [locations(client, path) for path in sitemaps]
    assert all(len(paths) <= 3 for paths in found)
    assert list(chain(*found)) == [article.get_absolute_url() for article in articles]


def test_a_portion_without_articles_is_not_named(client, small_portions):
    articles = [make_article(f"Story {number}") for number in range(12)]
    hidden = {(article.pk - 1) // 3 for article in articles[4:9]}
    Article.objects.filter(pk__in=[each.pk for each in articles if (each.pk - 1) // 3 in hidden]).update(status="draft")
    for path in locations(client, "/sitemap.xml"):
        assert locations(client, path), path
    assert client.get(f"/sitemaps/articles-{min(hidden) + 1}.xml").status_code == 404


def test_an_article_keeps_its_sitemap_when_others_come_and_go(client, small_portions):
    articles = [make_article(f"Story {number}") for number in range(9)]
    last = locations(client, "/sitemap.xml")[-1]
    before = locations(client, last)
    articles[0].delete()
    make_article("Another")
    assert set(before) <= set(locations(client, last))


def test_many_people_are_spread_over_sitemaps(client, small_portions):
    people = [make_person(f"Person {number}") for number in range(7)]
    make_article("Story", about=people)
    sitemaps = [path for path in locations(client, "/sitemap.xml") if "people" in path]
    assert len(sitemaps) > 1
    found = chain(*(locations(client, path) for path in sitemaps))
    assert list(found) == [person.get_absolute_url() for person in people]


@pytest.mark.parametrize(
    "path", ["articles-0", "articles-2", "articles-99999999999999999999", "people-7", "lists-x", "sources-1", "x"]
)
def test_other_sitemaps_are_not_there(client, archive, path):
    assert client.get(f"/sitemaps/{path}.xml").status_code == 404


def test_an_empty_archive_has_a_sitemap_all_the_same(client):
    assert locations(client, "/sitemap.xml") == ["/sitemaps/lists-1.xml"]


def test_queries_of_a_sitemap_do_not_grow_with_its_pages(client, archive):
    def count(address: str) -> int:
        client.get(address).getvalue()
        with CaptureQueriesContext(connection) as queries:
            client.get(address).getvalue()
        return len(queries)

    addresses = ["/sitemap.xml", "/sitemaps/articles-1.xml", "/sitemaps/people-1.xml"]
    few = [count(address) for address in addresses]
    for number in range(20):
        make_article(f"Story {number}", about=[make_person(f"Person {number}")])
    assert [count(address) for address in addresses] == few


def test_an_unknown_host_gets_no_addresses(client, archive, settings):
    settings.ALLOWED_HOSTS = ["archive.example"]
    for path in ("/sitemap.xml", "/robots.txt", "/articles/feed.atom", "/articles/export.ninjs", "/opensearch.xml"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400
        assert client.get(path, headers={"host": "archive.example"}).status_code == 200


# The news of two days


def test_the_news_sitemap_has_the_articles_of_two_days(client):
    now = timezone.now()

    def make(headline, hours, **fields):
        moment = now - datetime.timedelta(hours=hours)
        return make_article(headline, published_at=moment, published_on=moment.date(), **fields)

    make("Fresh & new", 1, source=make_source("The Wire"), language="pt-BR")
    make("Of the day before yesterday", HOURS - 1)
    make("Too old", HOURS + 1)
    make("Not out yet", 1, status="draft")
    make_article("Undated", published_on=None)
    assert "/sitemaps/news.xml" in locations(client, "/sitemap.xml")
    news = tree(client, "/sitemaps/news.xml")
    titles = [element.text for element in news.iter(f"{NEWS}title")]
    assert titles == ["Fresh & new", "Of the day before yesterday"]
    publications = [
        (each.findtext(f"{NEWS}name"), each.findtext(f"{NEWS}language")) for each in news.iter(f"{NEWS}publication")
    ]
    assert publications == [("The Wire", "pt"), ("Newsroom", "en")]
    for url in news.findall(f"{SITEMAP}url"):
        assert parse_datetime(url.findtext(f"{NEWS}news/{NEWS}publication_date")).tzinfo


def test_a_day_without_a_time_counts_as_its_noon(client):
    today = timezone.now().date()
    make_article("Today", published_on=today)
    make_article("Four days ago", published_on=today - datetime.timedelta(days=4))
    assert locations(client, "/sitemaps/news.xml") == ["/articles/today/"]


def test_titles_that_xml_cannot_hold_are_cleaned(client):
    make_article("Bell\x07 <b>", slug="bell", published_on=timezone.now().date())
    assert tree(client, "/sitemaps/news.xml").find(f".//{NEWS}title").text == "Bell <b>"


# robots.txt


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("/", True),
        ("/articles/", True),
        ("/articles/talks-on-rafah/", True),
        ("/articles/?year=2024", True),
        ("/articles/feed.atom", True),
        ("/people/ada-moreau/", True),
        ("/articles/export.csv", False),
        ("/articles/export.jsonl?year=2024", False),
        ("/articles/values/people/", False),
        ("/articles/?year=2024&people=ada", False),
        ("/articles/?q=talks", False),
        ("/admin/", False),
    ],
)
def test_robots_are_kept_from_what_has_no_end(client, path, is_allowed):
    text = client.get("/robots.txt").content.decode()
    rules = [line.removeprefix("Disallow: ") for line in text.splitlines() if line.startswith("Disallow: ")]
    # As RFC 9309 reads them: an asterisk stands for anything. Python's own parser does not know it.
    matching = [rule for rule in rules if re.match(re.escape(rule).replace(r"\*", ".*"), path)]
    assert (not matching) is is_allowed


def test_robots_txt_leads_to_the_sitemap(client, archive):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(response.content.decode().splitlines())
    assert parser.site_maps() == ["http://testserver/sitemap.xml"]


# OpenSearch


def test_browsers_learn_to_search_here(client, archive):
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in (
        client.get("/").content.decode()
    )
    description = tree(client, "/opensearch.xml")
    assert description.tag == f"{OPEN_SEARCH}OpenSearchDescription"
    assert 0 < len(description.findtext(f"{OPEN_SEARCH}ShortName")) <= 16
    assert 0 < len(description.findtext(f"{OPEN_SEARCH}Description")) <= 1024
    templates = {each.get("type"): each.get("template") for each in description.findall(f"{OPEN_SEARCH}Url")}
    assert templates["text/html"] == "http://testserver/articles/?q={searchTerms}"
    for template in templates.values():
        assert client.get(template.replace("{searchTerms}", "talks")).status_code == 200
