"""An editor's way through likely duplicates in a real browser, by keys and without a script."""

import pytest

from articles.editing.stored_duplicates import look_for_duplicates
from articles.models import SUBJECT_KINDS, Namesakes, Person

from .barriers import OPTIONS, assert_accessible
from .browsing import browser_tests
from .factories import make_article, make_person

pytestmark = browser_tests
PAGE = "/admin/articles/duplicates/"
NAMES = [("Ada Moreau", "Ada Moreaux"), ("Bo Lundgren", "Bo Lundgreen"), ("Cleo Strand", "Cleo Strandt")]


@pytest.fixture
def pairs(transactional_db) -> list[tuple[Person, Person]]:
    """In the order of the page."""
    made = [tuple(make_person(name, description="runner") for name in names) for names in NAMES]
    make_article("Hers", about=[each for pair in made for each in pair])
    found = look_for_duplicates(SUBJECT_KINDS["person"]).pairs.ids
    return sorted(made, key=lambda pair: found.index((pair[0].pk, pair[1].pk)))


def current(page) -> str:
    return page.locator(".is-current h2").inner_text()


def names_of(pair) -> str:
    return f"{pair[0]} / {pair[1]}"


def test_pairs_are_told_apart_merged_and_taken_back_from_the_keyboard(log_in, pairs):
    page = log_in()
    page.goto(PAGE)
    assert current(page) == names_of(pairs[0])
    page.keyboard.press("r")
    page.keyboard.press("s")
    page.keyboard.press("k")
    assert page.locator("[data-waiting]").inner_text() == "2"
    page.keyboard.press("u")
    page.locator("[data-status]").get_by_text("Taken back").wait_for()
    assert Namesakes.objects.count() == 0
    page.keyboard.press("r")
    page.locator("[data-unsent]").wait_for(state="hidden")
    assert Namesakes.objects.count() == 1
    assert current(page) == names_of(pairs[1])
    page.keyboard.press("a")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.locator(".messagelist").get_by_text("went over").wait_for()
    assert current(page) == names_of(pairs[2])
    page.locator(".messagelist").get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    page.goto(PAGE)
    assert current(page) == names_of(pairs[1])


def test_the_same_goes_without_a_script(open_page, log_in, pairs):
    page = log_in(open_page(java_script_enabled=False))
    page.goto(PAGE)
    page.get_by_role("button", name="Not the same").first.click()
    assert Namesakes.objects.count() == 1
    page.get_by_text("Told apart lately").click()
    page.get_by_role("button", name="They may be the same").click()
    assert Namesakes.objects.count() == 0
    page.get_by_role("link", name="Merge…").first.click()
    page.get_by_role("button", name="They are not the same").click()
    assert Namesakes.objects.count() == 1
    assert page.locator(".review-card h2").all_inner_texts() == [names_of(pair) for pair in pairs[1:]]


def test_the_pages_are_accessible_and_fit_the_screen(browser, live_server, log_in, pairs):
    page = log_in(browser.new_page(base_url=live_server.url, **OPTIONS))
    for path in ("", "?kind=place", "?kind=x"):
        page.goto(PAGE + path)
        assert_accessible(page)
    page.goto(PAGE)
    page.keyboard.press("r")
    page.locator("[data-unsent]").wait_for(state="hidden")
    page.keyboard.press("?")
    assert_accessible(page)
    page.goto(PAGE)
    page.get_by_text("Told apart lately").click()
    assert_accessible(page)
    page.close()
