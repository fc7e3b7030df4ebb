"""An editor's way through suggested links and candidates in a real browser, by keys and without a script."""

import pytest
from django.urls import reverse

from articles.models import Candidate, Occasion, Person, PersonLink

from .barriers import OPTIONS, assert_accessible
from .browsing import browser_tests
from .factories import link, make_article, make_person, make_place

pytestmark = browser_tests
REVIEW, CANDIDATES = "/admin/articles/review/", "/admin/articles/candidates/"


@pytest.fixture
def suggestions(transactional_db) -> list[PersonLink]:
    """Fourteen, the newest first, as the page shows them."""
    made = []
    for number in range(14):
        article = make_article(f"Story {number}", body=f"It rained. Person {number} came.")
        made.append(link(article, make_person(f"Person {number}"), status="suggested", confidence=0.9))
    return made[::-1]


def statuses(links: list) -> list[str]:
    found = {each.pk: each.status for each in type(links[0]).objects.all()}
    return [found[each.pk] for each in links]


def saved(page) -> None:
    """Wait until nothing is being saved any more."""
    page.locator("[data-unsent]").wait_for(state="hidden")


def current(page) -> str:
    return page.locator(".is-current h2").inner_text()


def test_ten_suggestions_are_reviewed_from_the_keyboard(log_in, suggestions, editor):
    page = log_in()
    page.goto(REVIEW)
    assert current(page) == "Story 13"
    for key in "aarsarjaara":
        page.keyboard.press(key)
    saved(page)
    expected = ["accepted", "accepted", "rejected", "suggested", "accepted", "rejected", "suggested", "accepted",
                "accepted", "rejected", "accepted"]  # fmt: skip
    assert statuses(suggestions[:11]) == expected
    assert Occasion.objects.filter(user=editor).count() == 9
    # The next cards came by themselves.
    assert current(page) == "Story 2"
    assert page.locator("[data-counter=accepted]").inner_text() == "6"
    assert page.locator("[data-waiting]").inner_text() == "5"


def test_keys_go_back_undo_and_ask_for_help(log_in, suggestions):
    page = log_in()
    page.goto(REVIEW)
    page.keyboard.press("s")
    page.keyboard.press("k")
    assert current(page) == "Story 13"
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.press("u")
    page.locator("[data-status]").get_by_text("Taken back").wait_for()
    assert current(page) == "Story 12"
    saved(page)
    assert statuses(suggestions[:2]) == ["accepted", "suggested"]
    page.keyboard.press("?")
    assert page.get_by_text("undo the last decision").is_visible()
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("a")
    saved(page)
    assert statuses(suggestions[:2]) == ["accepted", "suggested"]


def test_after_a_reload_the_last_decision_can_still_be_taken_back(log_in, suggestions):
    page = log_in()
    page.goto(REVIEW)
    page.keyboard.press("a")
    saved(page)
    page.reload()
    page.keyboard.press("u")
    page.locator(".messagelist").get_by_text("Taken back").wait_for()
    assert statuses(suggestions[:1]) == ["suggested"]


def test_of_an_ambiguous_name_one_is_chosen_by_its_number(log_in):
    article = make_article("Talks", body="She flew to Georgia.")
    country, region = (
        link(article, make_place("Georgia", kind=kind), status="suggested", confidence=0.5)
        for kind in ("country", "region")
    )
    page = log_in()
    page.goto(f"{REVIEW}?kind=place")
    page.keyboard.press("a")
    assert page.get_by_text("Several may be meant").is_visible()
    choices = page.locator(".review-choices li").all_inner_texts()
    page.keyboard.press("1" if "Region" in choices[0] else "2")
    saved(page)
    assert statuses([country, region]) == ["rejected", "accepted"]


def test_what_could_not_be_saved_comes_back_with_the_reason(browser, live_server, log_in, suggestions, editor):
    # The browser counts an answer that says no as an error.
    page = log_in(browser.new_page(base_url=live_server.url))
    page.goto(REVIEW)
    PersonLink.objects.filter(pk=suggestions[0].pk).update(status="rejected", decided_by=editor)
    page.keyboard.press("a")
    page.locator("[data-problem]").get_by_text("Rejected by editor meanwhile").wait_for()
    assert page.locator("[data-counter=accepted]").inner_text() == "0"
    assert current(page) == "Story 12"
    page.close()


def test_without_an_answer_nothing_is_lost(log_in, suggestions):
    page = log_in()
    page.goto(REVIEW)
    page.route("**/decide/", lambda route: route.fulfill(status=200, content_type="text/html", body="Log in"))
    page.keyboard.press("a")
    page.locator("[data-problem]").get_by_text("you are logged out").wait_for()
    page.unroute("**/decide/")
    page.keyboard.press("k")
    assert current(page) == "Story 13"
    page.keyboard.press("a")
    saved(page)
    assert statuses(suggestions[:1]) == ["accepted"]


def test_the_same_goes_without_a_script(open_page, log_in, suggestions):
    page = log_in(open_page(java_script_enabled=False))
    page.goto(REVIEW)
    for number, decision in enumerate(["Accept", "Reject", "Skip", "Accept", "Reject"]):
        card = page.locator(f"#card-person-{suggestions[number].pk}")
        card.get_by_role("link" if decision == "Skip" else "button", name=decision).click()
    assert statuses(suggestions[:5]) == ["accepted", "rejected", "suggested", "accepted", "rejected"]
    page.get_by_text("Your last decisions").click()
    page.locator(".review-decisions li", has_text="Rejected: Story 9").get_by_role("button").click()
    assert statuses(suggestions[4:5]) == ["suggested"]
    page.goto(REVIEW)
    page.get_by_role("link", name="Select all on this page").click()
    page.get_by_role("button", name="Accept selected").click()
    assert statuses(suggestions).count("accepted") == 12


def test_the_pages_are_accessible_and_fit_the_screen(browser, live_server, log_in, suggestions):
    page = log_in(browser.new_page(base_url=live_server.url, **OPTIONS))
    article = make_article("Talks", body="She flew to Georgia.")
    for kind in ("country", "region"):
        link(article, make_place("Georgia", kind=kind, description="Hills."), status="suggested", confidence=0.5)
    for address in (REVIEW, f"{REVIEW}?kind=place", f"{REVIEW}?kind=x"):
        page.goto(address)
        assert_accessible(page)
    page.goto(REVIEW)
    page.keyboard.press("a")
    saved(page)
    page.keyboard.press("?")
    assert_accessible(page)
    page.close()


@pytest.fixture
def candidates(transactional_db) -> list[Candidate]:
    """The most frequent first, as the page shows them."""
    made = []
    for number, name in enumerate(["Bo Li", "Cy Tan", "Our Correspondent", "Di Roy"]):
        candidate = Candidate.objects.create(kind="person", name=name)
        candidate.articles.set([make_article(f"{name} {each}", body=f"{name} came.") for each in range(9 - number)])
        made.append(candidate)
    return made


def test_candidates_are_accepted_rejected_and_taken_back_from_the_keyboard(log_in, candidates):
    make_person("Di Roy")
    page = log_in()
    page.goto(CANDIDATES)
    for key in "aara":
        page.keyboard.press(key)
    assert page.get_by_text("The archive knows one of this name").is_visible()
    page.keyboard.press("1")
    saved(page)
    assert statuses(candidates) == ["accepted", "accepted", "rejected", "accepted"]
    assert Person.objects.get(name="Bo Li").articles.count() == 9
    page.keyboard.press("u")
    page.keyboard.press("u")
    page.locator("[data-status]").get_by_text("Taken back: Rejected: Our Correspondent").wait_for()
    assert statuses(candidates) == ["accepted", "accepted", "open", "open"]


@pytest.mark.parametrize("has_script", [True, False])
def test_a_candidate_becomes_another_name_of_a_known_person(open_page, log_in, candidates, has_script):
    person = make_person("Robert Li", description="skater")
    page = log_in(open_page(java_script_enabled=has_script))
    page.goto(CANDIDATES)
    page.get_by_role("link", name="Bo Li", exact=True).click()
    if has_script:
        page.get_by_label("Another name of").press_sequentially("rob")
        page.get_by_label("Found:").select_option("Robert Li — skater, 0 articles")
    else:
        page.get_by_label("Another name of").fill("robert li")
    page.get_by_role("button", name="It is this one").click()
    page.get_by_text("Accepted: Bo Li is Robert Li").first.wait_for()
    assert person.articles.count() == 9


def test_the_pages_of_candidates_are_accessible(browser, live_server, log_in, candidates):
    page = log_in(browser.new_page(base_url=live_server.url, **OPTIONS))
    make_person("Bo Li", description="skater")
    place = Candidate.objects.create(kind="place", name="Riverton", code="geonames:5")
    place.articles.set([make_article()])
    make_place("Far Away", kind="country")
    for path in ("", "?kind=place", f"{candidates[0].pk}/", f"{place.pk}/"):
        page.goto(CANDIDATES + path)
        assert_accessible(page)
    page.get_by_label("Part of").press_sequentially("far")
    page.locator("#id_new-parent-chosen").wait_for()
    assert_accessible(page)
    page.close()


def test_the_front_page_of_the_desk_is_accessible(browser, live_server, log_in, candidates):
    page = log_in(browser.new_page(base_url=live_server.url, **OPTIONS))
    page.goto(f"{CANDIDATES}?kind=person")
    page.keyboard.press("r")
    saved(page)
    page.goto(reverse("admin:index"))
    assert page.get_by_role("link", name="Rejected: Bo Li", exact=True).is_visible()
    page.get_by_text("As a table").click()
    assert_accessible(page)
    page.close()
