"""What pages say to machines: JSON-LD, canonical addresses, Open Graph, and what is not for search engines."""

import datetime
import html
import json
import re
from urllib.parse import urljoin

import pytest
from django.utils.dateparse import parse_datetime

from articles.linked_data.script import as_script
from articles.sharing.bylines import authors_of

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
EVIL = '</script><script>alert("x")</script><!-- & \u2028 ü'


class Head:
    """The data block, the meta elements and the links of a page."""

    def __init__(self, client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 200, address
        self.html = response.content.decode()
        (block,) = BLOCK.findall(self.html)
        self.data = json.loads(block)
        self.meta: dict[str, list[str]] = {}
        for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', self.html):
            self.meta.setdefault(name, []).append(html.unescape(content))
        self.links = [
            {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', element)}
            for element in re.findall(r"<link ([^>]*)>", self.html)
        ]

    def link(self, rel: str) -> str:
        (href,) = [each["href"] for each in self.links if each["rel"] == rel]
        return href

    def feeds(self) -> list[str]:
        return [each["href"] for each in self.links if each["rel"] == "alternate"]

    def node(self, kind: str) -> dict:
        (node,) = [node for node in self.data.get("@graph", [self.data]) if node["@type"] == kind]
        return node

    @property
    def is_for_search_engines(self) -> bool:
        return "noindex" not in self.meta.get("robots", [])


@pytest.fixture
def archive():
    asia = make_place("Asia", kind="continent")
    gaza = make_place("Gaza Strip", kind="territory", parent=asia, wikidata_id="Q39760", country_code="PS")
    rafah = make_place(
        "Rafah",
        kind="city",
        parent=gaza,
        geonames_id=281102,
        latitude="31.28706",
        longitude="34.25237",
        aliases=["Rafaḩ"],
    )
    ada = make_person("Ada Moreau", aliases=["A. Moreau"], description="A diplomat.", wikidata_id="Q1")
    politics = make_topic("politics", iptc_code="medtop:11000000")
    diplomacy = make_topic("diplomacy", parent=politics, iptc_code="medtop:20000065")
    make_article(
        "Talks on Rafah",
        about=[rafah, ada, diplomacy],
        summary="Talks began.",
        byline="By Bo Lund and Reuters",
        source=make_source(url="https://daily.example"),
        url="https://daily.example/talks",
        language="en",
        rights="© The Daily Test",
        published_at=datetime.datetime(2024, 3, 21, 16, 30, tzinfo=datetime.UTC),
    )
    make_article("A quiet harbour", about=[ada], published_on=datetime.date(2023, 1, 5))


# Articles


def test_an_article_is_a_news_article(client, archive):
    data = Head(client, "/articles/talks-on-rafah/").data
    url = "http://testserver/articles/talks-on-rafah/"
    assert (data["@context"], data["@type"]) == ("https://schema.org", "NewsArticle")
    assert (data["headline"], data["description"], data["inLanguage"]) == ("Talks on Rafah", "Talks began.", "en")
    assert data["url"] == data["mainEntityOfPage"] == url
    assert data["datePublished"] == "2024-03-21T16:30:00+00:00"
    assert parse_datetime(data["dateModified"]).tzinfo
    assert data["publisher"] == {
        "@type": "NewsMediaOrganization",
        "name": "The Daily Test",
        "url": "https://daily.example",
    }
    assert (data["isBasedOn"], data["copyrightNotice"]) == ("https://daily.example/talks", "© The Daily Test")
    assert data["isPartOf"]["@id"] == "http://testserver/#website"


def test_an_article_is_about_its_topics_and_mentions_people_and_places(client, archive):
    data = Head(client, "/articles/talks-on-rafah/").data
    assert [(each["@type"], each["name"], each["sameAs"]) for each in data["about"]] == [
        ("DefinedTerm", "diplomacy", ["http://cv.iptc.org/newscodes/mediatopic/20000065"])
    ]
    assert [(each["@type"], each["name"], each["sameAs"]) for each in data["mentions"]] == [
        ("Person", "Ada Moreau", ["https://www.wikidata.org/wiki/Q1"]),
        ("City", "Rafah", ["https://www.geonames.org/281102"]),
    ]
    assert data["mentions"][0]["url"] == "http://testserver/people/ada-moreau/"


def test_what_is_not_known_is_not_said(client):
    data = Head(client, make_article("Story", body="", published_on=None).get_absolute_url()).data
    names = {"@context", "@type", "@id", "url", "mainEntityOfPage", "headline", "dateModified", "isPartOf"}
    assert data.keys() == names


def test_a_day_without_a_time_stays_a_day(client, archive):
    head = Head(client, "/articles/a-quiet-harbour/")
    assert head.data["datePublished"] == "2023-01-05"
    assert head.meta["article:published_time"] == ["2023-01-05"]


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_links_that_are_not_accepted_are_not_said(client, status):
    article = make_article("Story")
    link(article, make_person("Ada Moreau"), status=status)
    assert "Ada Moreau" not in Head(client, article.get_absolute_url()).html


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Bo Lund", ["Bo Lund"]),
        ("Bo Lund, Ada Moreau and Jo van der Berg", ["Bo Lund", "Ada Moreau", "Jo van der Berg"]),
        ("Von Änne Ülker und Bo Lund", ["Änne Ülker", "Bo Lund"]),
        ("Reuters", ["Reuters"]),
        ("By Bo Lund, our correspondent in Cairo", ["Bo Lund, our correspondent in Cairo"]),
        ("Byron Lord", ["Byron Lord"]),
    ],
)
def test_authors_are_read_from_the_byline(byline, names):
    assert authors_of(byline) == names


# People, places and topics


def test_a_person_has_other_names_and_the_address_of_an_entry_elsewhere(client, archive):
    head = Head(client, "/people/ada-moreau/")
    person = head.node("Person")
    assert (person["name"], person["alternateName"]) == ("Ada Moreau", ["A. Moreau"])
    assert (person["description"], person["sameAs"]) == ("A diplomat.", ["https://www.wikidata.org/wiki/Q1"])
    page = head.node("CollectionPage")
    assert page["about"] == {"@id": person["@id"]}
    assert page["mainEntity"]["numberOfItems"] == 2
    assert [item["name"] for item in page["mainEntity"]["itemListElement"]] == ["Talks on Rafah", "A quiet harbour"]


def test_a_place_says_where_it_is_and_what_contains_it(client, archive):
    head = Head(client, "/places/rafah/")
    place = head.node("City")
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 31.28706, "longitude": 34.25237}
    assert place["containedInPlace"]["name"] == "Gaza Strip"
    assert place["containedInPlace"]["containedInPlace"]["name"] == "Asia"
    steps = head.node("BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps] == ["Newsroom", "Places", "Asia", "Gaza Strip", "Rafah"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4, 5]
    assert steps[3]["item"] == "http://testserver/places/gaza-strip/"


def test_a_topic_is_a_term_of_its_vocabulary(client, archive):
    head = Head(client, "/topics/diplomacy/")
    topic = head.node("DefinedTerm")
    assert topic["termCode"] == "medtop:20000065"
    assert topic["inDefinedTermSet"] == "http://cv.iptc.org/newscodes/mediatopic/"
    assert [step["name"] for step in head.node("BreadcrumbList")["itemListElement"]][-2:] == ["politics", "diplomacy"]


# Lists and the front page


def test_the_front_page_says_how_to_search(client, archive):
    data = Head(client, "/").data
    assert data["@type"] == "WebSite"
    target = data["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/articles/?q={search_term_string}"
    assert client.get(target.replace("{search_term_string}", "talks")).status_code == 200


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/articles/?places=gaza-strip", ["Talks on Rafah"]),
        ("/people/", ["Ada Moreau"]),
        ("/topics/", ["diplomacy", "politics"]),
    ],
)
def test_a_list_says_what_is_on_it(client, archive, address, names):
    page = Head(client, address).node("CollectionPage")
    items = page["mainEntity"]["itemListElement"]
    assert ([item["name"] for item in items], page["mainEntity"]["numberOfItems"]) == (names, len(names))
    assert all(client.get(item["url"]).status_code == 200 for item in items)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/", "/"),
        ("/articles/?sort=oldest", "/articles/"),
        ("/articles/?year=2024&people=ada-moreau&sort=newest", "/articles/?people=ada-moreau&year=2024"),
        ("/articles/?people=ada-moreau&year=2024&from=", "/articles/?people=ada-moreau&year=2024"),
        ("/articles/talks-on-rafah/?from=elsewhere", "/articles/talks-on-rafah/"),
        ("/places/rafah/?x=1", "/places/rafah/"),
        ("/people/?sort=count", "/people/"),
    ],
)
def test_all_addresses_of_a_page_name_one_of_them(client, archive, address, canonical):
    head = Head(client, address)
    assert head.link("canonical") == urljoin("http://testserver/", canonical)
    assert head.meta["og:url"] == [head.link("canonical")]


@pytest.mark.parametrize(
    ("parameters", "is_for_search_engines"),
    [
        ("", True),
        ("?year=2024", True),
        ("?year=2024&people=ada-moreau", False),
        ("?people=ada-moreau&not_topics=diplomacy", False),
        ("?q=talks", False),
        ("?page=2", False),
    ],
)
def test_lists_without_end_are_not_for_search_engines(client, archive, parameters, is_for_search_engines):
    for number in range(25):
        make_article(f"Story {number}")
    assert Head(client, f"/articles/{parameters}").is_for_search_engines is is_for_search_engines


# For those who share links


def test_an_article_shows_well_where_links_are_shared(client, archive):
    head = Head(client, "/articles/talks-on-rafah/")
    shown = {name: values for name, values in head.meta.items() if name.startswith(("og:", "article:", "twitter:"))}
    assert parse_datetime(shown.pop("article:modified_time")[0])
    assert shown == {
        "og:site_name": ["Newsroom"],
        "og:type": ["article"],
        "og:title": ["Talks on Rafah"],
        "og:url": ["http://testserver/articles/talks-on-rafah/"],
        "og:description": ["Talks began."],
        "twitter:card": ["summary"],
        "article:published_time": ["2024-03-21T16:30:00+00:00"],
        "article:tag": ["Ada Moreau", "Rafah", "diplomacy"],
    }


def test_pages_lead_to_their_feeds(client, archive):
    everything = ["/articles/feed.atom", "/articles/feed.rss"]
    assert Head(client, "/").feeds() == everything
    assert Head(client, "/articles/").feeds() == everything
    narrowed = ["/articles/feed.atom?people=ada-moreau", "/articles/feed.rss?people=ada-moreau"]
    assert Head(client, "/articles/?people=ada-moreau&sort=oldest").feeds() == narrowed + everything
    own = ["/people/ada-moreau/feed.atom", "/people/ada-moreau/feed.rss"]
    assert Head(client, "/people/ada-moreau/").feeds() == own + everything
    for address in narrowed + own + everything:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("/articles/?year=2024", ["/articles/feed.atom?year=2024", "/articles/export.csv?year=2024"]),
        ("/people/ada-moreau/", ["/people/ada-moreau/feed.rss", "/articles/export.jsonl?people=ada-moreau"]),
        ("/articles/?sort=oldest", ["/articles/feed.rss", "/articles/export.ninjs?sort=oldest"]),
    ],
)
def test_readers_find_feeds_and_files(client, archive, address, ways):
    links = re.findall(r'<a href="([^"]+)"', client.get(address).content.decode())
    for way in ways:
        assert way in links
        assert client.get(way).status_code == 200


# Safety


def test_nothing_in_the_data_ends_the_block(client):
    ada = make_person(EVIL, slug="ada", description=EVIL)
    article = make_article(
        EVIL, slug="evil", summary=EVIL, byline=EVIL, rights=EVIL, about=[ada], source=make_source(EVIL)
    )
    for address in ("/articles/evil/", "/articles/", "/people/ada/", "/people/"):
        head = Head(client, address)
        assert "<script>alert" not in head.html, address
        assert EVIL in json.dumps(head.data, ensure_ascii=False).replace('\\"', '"'), address
    assert Head(client, article.get_absolute_url()).data["headline"] == EVIL
    assert Head(client, article.get_absolute_url()).meta["og:title"] == [EVIL]


def test_a_data_block_has_no_sign_that_html_or_older_browsers_could_take_up():
    block = BLOCK.fullmatch(as_script({"name": EVIL}))[1]
    assert not set(block) & set("<>&\u2028ü")
    assert json.loads(block)["name"] == EVIL


@pytest.mark.parametrize("address", ["/people/ada-moreau/", "/articles/"])
def test_the_data_costs_no_queries_that_grow(client, archive, address):
    few = count_queries(client, address)
    ada = make_person("Ada Moreau Junior", slug="junior")
    for number in range(5):
        make_article(f"Story {number}", about=[ada], source=make_source(f"Source {number}"))
    assert count_queries(client, address) == few
