"""What holds for all public pages: no dead links, no queries that grow with the rows, no inline code."""

import datetime
import re
from urllib.parse import urljoin, urlsplit

import pytest

from articles.models import Person, Place, Topic

from .factories import make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries, read

pytestmark = pytest.mark.django_db

MOST_PAGES = 250
# Data for machines is no code, and the one script is a file.
INLINE_CODE = r'<script(?! type="application/ld\+json"| type="module" src="/)|<style|\sstyle=|\son\w+=|javascript:'
LIST_PAGES = ["/", "/articles/", "/articles/values/people/", "/people/", "/places/", "/topics/", "/people/?sort=count"]


def make_archive(size: int) -> None:
    """`size` articles, each about people, places and topics of its own and about common ones."""
    everybody, world, root = make_person("Everybody"), make_place("World", kind="continent"), make_topic("everything")
    country = make_place("Country", kind="country", country_code="EG", parent=world)
    paper = make_source()
    for number in range(size):
        about = [
            everybody,
            make_person(f"Person {number}", aliases=[f"Nickname {number}"]),
            make_place(f"Place {number}", kind="city", country_code="EG", parent=country),
            make_topic(f"topic {number}", parent=root),
        ]
        day = datetime.date(2020 + number % 5, 1 + number % 12, 1)
        make_article(f"Story {number}", about=about, source=paper, language="en", published_on=day, summary="Short.")


def make_long_article(headline: str, subjects: int):
    about = []
    for number in range(subjects):
        about += [
            make_person(f"{headline} guest {number}", aliases=[f"Friend {number}"]),
            make_place(f"{headline} spot {number}", aliases=[f"Corner {number}"]),
            make_topic(f"{headline} matter {number}"),
        ]
    return make_article(headline, about=about)


@pytest.mark.parametrize("address", LIST_PAGES)
def test_queries_of_a_list_do_not_grow_with_its_rows(client, address):
    make_archive(2)
    for number in range(6):  # enough of one day for everything that the front page can show
        make_article(f"Early {number}", about=[make_person(), make_place(), make_topic()])
    few = count_queries(client, address)
    for number in range(20):
        make_article(f"More {number}", about=[make_person(f"More {number}"), make_topic(f"more {number}")])
    assert count_queries(client, address) == few


def test_queries_of_a_filtered_list_do_not_grow_with_what_is_chosen(client):
    make_archive(10)
    few = count_queries(client, "/articles/?people=person-1&q=nothing")
    many = "&".join(f"people=person-{number}" for number in range(10))
    assert count_queries(client, f"/articles/?{many}&q=nothing") == few


def test_queries_of_an_article_do_not_grow_with_its_subjects(client):
    short, long = make_long_article("Short story", subjects=2), make_long_article("Long story", subjects=30)
    assert count_queries(client, long.get_absolute_url()) == count_queries(client, short.get_absolute_url())


@pytest.mark.parametrize("address", ["/people/everybody/", "/places/country/", "/topics/everything/"])
def test_queries_of_a_subject_do_not_grow_with_its_articles(client, address):
    make_archive(2)
    few = count_queries(client, address)
    everybody = Person.objects.get(name="Everybody")
    country, root = Place.objects.get(name="Country"), Topic.objects.get(name="everything")
    for number in range(30):
        part, matter = make_place(f"Part {number}", parent=country), make_topic(f"matter {number}", parent=root)
        make_article(f"More {number}", about=[everybody, part, matter])
    assert count_queries(client, address) == few


def test_every_internal_link_leads_somewhere(client):
    make_archive(3)
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        page = read(client, address)
        assert page.status == 200, address
        for target in page.addresses:
            absolute = urljoin(address, target).split("#")[0]
            if not urlsplit(absolute).netloc and absolute not in seen:
                seen.add(absolute)
                waiting.append(absolute)
    assert len(seen) > 40


def test_pages_carry_no_inline_code_and_forbid_it(client):
    make_archive(2)
    for address in (*LIST_PAGES, "/articles/story-1/", "/people/everybody/", "/places/country/", "/articles/?page=7"):
        response = client.get(address)
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        html = response.content.decode()
        assert not re.search(INLINE_CODE, html), address


def test_every_page_has_one_first_heading_a_title_and_a_language(client):
    make_archive(2)
    for address in (*LIST_PAGES, "/articles/story-1/", "/people/everybody/", "/articles/?sort=x", "/nowhere/"):
        html = client.get(address).content.decode()
        assert html.count("<h1") == 1, address
        assert '<html lang="en"' in html, address
        assert re.search(r"<title>\S.* – Newsroom</title>", html), address


def test_no_id_stands_twice_on_a_page(client):
    make_archive(2)
    for address in (*LIST_PAGES, "/articles/story-1/", "/people/everybody/"):
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).content.decode())
        assert len(ids) == len(set(ids)), address
