"""Every kind of page against the rules of WCAG 2.2 AA that a machine can check, in light and dark, narrow and wide."""

from importlib import import_module

import pytest

from articles.search import IndexUnavailable
from tests.barriers import OPTIONS, assert_accessible
from tests.browsing import browser_tests
from tests.factories import make_article, make_person, make_place

pytestmark = browser_tests

PAGES = {
    "home": "/",
    "list": "/articles/",
    "list of a search": "/articles/?q=talks&people=ada-moreau&not_people=bo-lund",
    "list of a month": "/articles/?from=2024-03-01&to=2024-03-31",
    "list with nothing": "/articles/?people=ada-moreau&year=1850",
    "list in several pages": "/articles/?page=2",
    "values": "/articles/values/people/?people=ada-moreau",
    "article": "/articles/talks-on-rafah/",
    "article with odd content": "/articles/odd/",
    "person": "/people/ada-moreau/",
    "place": "/places/gaza-strip/",
    "topic": "/topics/diplomacy/",
    "people": "/people/",
    "places": "/places/",
    "tree": "/tree/places/",
    "map": "/map/",
    "comparison": "/compare/?people=ada-moreau&people=bo-lund",
    "help": "/help/searching/",
    "bad address": "/articles/?sort=size",
    "no such page": "/nowhere/",
}


@pytest.fixture
def full_archive(archive):
    make_article(
        "Odd",
        body="| a | b |\n|---|---|\n| 1 | 2 |\n\n> Quoted\n\n    code\n\n1. one\n\n---\n\n[Elsewhere](https://example.org/)",
        rights="R.",
    )
    for number in range(30):
        make_article(f"Story {number}", about=[make_person(f"Person {number}"), make_place(f"Place {number}")])


@pytest.fixture
def check(browser, live_server):
    """Call it with an address: fails with a report of what is wrong there."""

    def checked(address, prepare=lambda page: None):
        page = browser.new_page(**OPTIONS)
        page.goto(live_server.url + address)
        prepare(page)
        assert_accessible(page)
        page.close()

    return checked


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_accessible(check, full_archive, address):
    check(address)


def test_the_empty_archive_is_accessible(check):
    check("/")


def test_the_help_with_keys_is_accessible(check, archive):
    check("/", prepare=lambda page: page.keyboard.press("?"))


def test_a_stretch_of_the_chart_is_accessible(check, archive):
    def choose(page):
        page.locator("a.time-chart-period").first.focus()
        page.keyboard.press("Shift+ArrowRight")

    check("/articles/", prepare=choose)


@pytest.mark.parametrize("error", [IndexUnavailable("There is no index."), RuntimeError("fault")], ids=["503", "500"])
def test_a_page_of_a_fault_is_accessible(check, archive, monkeypatch, error):
    def failing(*args, **kwargs):
        raise error

    monkeypatch.setattr(import_module("articles.views.article_list"), "search", failing)
    check("/articles/")


def test_a_request_that_is_refused_is_explained_accessibly(check, archive):
    check("/articles/?" + "&".join(f"x{number}=1" for number in range(6000)))
