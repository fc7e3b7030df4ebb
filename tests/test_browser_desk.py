"""What editors do at the desk in a real browser, step by step, and what readers then see."""

import pytest
from django.contrib.auth.models import User

from .browsing import browser_tests
from .factories import link, make_article, make_person

pytestmark = browser_tests
PEOPLE = "/admin/articles/person/"


def see(page, text: str) -> None:
    page.get_by_text(text).first.wait_for()


def headlines(page, address: str) -> list[str]:
    """What a reader finds at this address, which may be an old one."""
    page.goto(address)
    return sorted(page.locator(".entry-headline").all_inner_texts())


def admin_of(row) -> str:
    return f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"


def test_readers_see_what_was_accepted_from_the_keyboard_and_nothing_else(log_in, transactional_db):
    person = make_person("Ada Moreau")
    for number in range(10):
        article = make_article(f"Story {number}", body="Ada Moreau came.")
        link(article, person, status="suggested", confidence=0.9)
    page = log_in()
    page.goto("/admin/articles/review/")
    for key in "aaaraaaraa":
        page.keyboard.press(key)
    page.locator("[data-unsent]").wait_for(state="hidden")
    assert page.locator("[data-waiting]").inner_text() == "0"
    assert headlines(page, "/people/ada-moreau/") == [f"Story {number}" for number in (0, 1, 3, 4, 5, 7, 8, 9)]


def test_three_people_are_merged_and_told_apart_again(log_in, transactional_db):
    ada = make_person("Ada Moreau", description="runner")
    moro, initial = make_person("Ada Moro", description="minister"), make_person("A. Moreau")
    for person, headlines_of in ((ada, "ABC"), (moro, "D"), (initial, "E")):
        for letter in headlines_of:
            make_article(f"Story {letter}", about=[person])
    page = log_in()
    page.goto(PEOPLE)
    for person in (ada, moro, initial):
        page.locator(f"input.action-select[value='{person.pk}']").check()
    page.get_by_label("Action:").select_option("merge_selected")
    page.get_by_role("button", name="Go", exact=True).click()
    see(page, "This one stays")
    page.get_by_role("radio", name="minister").check()
    page.get_by_label("Why").fill("one person")
    page.keyboard.press("Enter")
    see(page, "2 links went over")
    assert page.get_by_label("Description").input_value() == "minister"
    assert headlines(page, "/people/ada-moro/") == [f"Story {letter}" for letter in "ABCDE"]
    assert page.url.endswith("/people/ada-moreau/")
    page.goto(admin_of(ada))
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    see(page, "were taken back")
    assert headlines(page, "/people/ada-moro/") == ["Story D"]
    assert page.url.endswith("/people/ada-moro/")
    assert headlines(page, "/people/ada-moreau/") == ["Story A", "Story B", "Story C"]


def test_one_person_is_split_and_put_together_again(log_in, transactional_db):
    ada, colleague = make_person("Ada Moreau", description="runner"), make_person("Cy Tan")
    for letter in "AB":
        make_article(f"Race {letter}", about=[ada])
    for letter in "CD":
        make_article(f"Session {letter}", about=[ada, colleague])
    page = log_in()
    page.goto(admin_of(ada))
    page.get_by_role("link", name="Split").click()
    page.get_by_role("checkbox", name="Session C").check()
    page.get_by_role("checkbox", name="Session D").check()
    page.get_by_label("Description").fill("minister")
    page.get_by_role("button", name="Split").click()
    see(page, "2 articles went over")
    minister = page.url
    page.get_by_role("link", name="View on site").click()
    public = page.url
    assert headlines(page, public) == ["Session C", "Session D"]
    assert headlines(page, "/people/ada-moreau/") == ["Race A", "Race B"]
    page.goto(minister)
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    see(page, "were taken back")
    assert len(headlines(page, "/people/ada-moreau/")) == 4
    assert page.request.get(public).status == 404


def test_a_field_goes_back_to_what_it_was_and_the_other_stays(log_in, transactional_db):
    article = make_article("Flood in Riverton", summary="Water rose.", slug="flood")
    page = log_in()
    page.goto(admin_of(article))
    page.get_by_label("Headline:", exact=True).fill("Fire in Riverton")
    page.get_by_label("Summary").fill("Everything burned.")
    page.get_by_role("button", name="Save and continue editing").click()
    see(page, "was changed successfully")
    page.get_by_role("link", name="History").last.click()
    page.get_by_role("link", name="Go back to the Headline before").first.click()
    see(page, "This is what will change:")
    page.get_by_role("button", name="Go back").click()
    see(page, "It is again what it was before this change.")
    page.goto("/articles/flood/")
    assert page.locator("h1").inner_text() == "Flood in Riverton"
    see(page, "Everything burned.")


@pytest.mark.parametrize(("choice", "expected"), [("Keep mine", "Mine"), ("Take what bea wrote", "Hers")])
def test_two_editors_on_one_article_lose_nothing(open_page, log_in, editor, choice, expected):
    bea = User.objects.create_superuser("bea", password="a long password")
    article = make_article("Old", summary="old", slug="story")
    pages = log_in(), log_in(open_page(), bea)
    for page in pages:
        page.goto(admin_of(article))
    mine, hers = pages
    hers.get_by_label("Headline:", exact=True).fill("Hers")
    hers.get_by_label("Summary").fill("By Bea.")
    hers.get_by_role("button", name="Save", exact=True).click()
    see(hers, "was changed successfully")
    mine.get_by_label("Headline:", exact=True).fill("Mine")
    mine.get_by_role("button", name="Save", exact=True).click()
    see(mine, "Somebody else changed this")
    mine.get_by_role("radio", name=choice).check()
    mine.get_by_role("button", name="Save", exact=True).click()
    see(mine, "“Summary” is as bea saved it while you had the page open.")
    mine.goto("/articles/story/")
    assert mine.locator("h1").inner_text() == expected
    see(mine, "By Bea.")
