"""What the pages gain where JavaScript runs: lists that change in place, dragging on the chart, keys."""

import pytest

from tests.browsing import browser_tests
from tests.factories import make_article, make_person

pytestmark = browser_tests
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture
def page(open_page, archive):
    """A page that tells by `window.isTheSame` whether it was loaded anew."""
    page = open_page(viewport={"width": 1280, "height": 700})
    page.goto("/articles/")
    page.evaluate("window.isTheSame = true")
    return page


@pytest.fixture
def heading(page):
    return page.get_by_role("heading", level=1)


def is_the_same(page) -> bool:
    return page.evaluate("window.isTheSame === true")


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")


def column(page, name: str):
    return page.get_by_role("link", name=name, exact=True)


class TestChangingInPlace:
    def test_a_facet_a_search_and_a_chip_change_the_page_without_loading_it_anew(self, page, heading):
        page.get_by_role("link", name="Ada Moreau").first.click()
        expect(heading).to_have_text("2 articles about Ada Moreau")
        page.get_by_role("searchbox").fill("rafah")
        page.get_by_role("searchbox").press("Enter")
        expect(heading).to_have_text("1 article with “rafah”, about Ada Moreau")
        page.get_by_role("link", name="People: Ada Moreau").click()
        expect(heading).to_have_text("1 article with “rafah”")
        assert page.url.endswith("/articles/?q=rafah")
        assert page.title() == "1 article with “rafah” – Newsroom"
        assert is_the_same(page)

    def test_another_language_leads_to_the_list_that_is_shown(self, page, heading):
        page.get_by_role("link", name="Ada Moreau").first.click()
        expect(heading).to_have_text("2 articles about Ada Moreau")
        page.get_by_role("button", name="العربية").click()
        expect(page.locator("html")).to_have_attribute("lang", "ar")
        assert page.url.endswith("/articles/?people=ada-moreau")

    def test_the_new_total_is_announced(self, page):
        page.get_by_role("link", name="Bo Lund").first.click()
        expect(page.get_by_role("status")).to_have_text("2 articles about Bo Lund")

    def test_focus_stays_on_the_facet_that_was_used(self, page, heading):
        page.get_by_role("link", name="Bo Lund", exact=True).first.focus()
        page.keyboard.press("Enter")
        expect(heading).to_have_text("2 articles about Bo Lund")
        assert focused(page).startswith("Bo Lund")
        page.keyboard.press("Enter")
        expect(heading).to_have_text("3 articles")
        assert focused(page).startswith("Bo Lund")

    def test_what_was_used_stays_where_it_was_on_the_screen(self, page, heading):
        page.set_viewport_size({"width": 1280, "height": 400})
        facet = page.locator(".panel-year .option-choose").first
        facet.scroll_into_view_if_needed()
        before = facet.bounding_box()["y"]
        facet.click()
        expect(heading).to_have_text("2 articles in 2024")
        assert abs(facet.bounding_box()["y"] - before) < 2

    def test_taking_out_a_chip_leads_to_the_next_one(self, page, heading):
        page.get_by_role("link", name="Ada Moreau").first.click()
        expect(heading).to_contain_text("about Ada")
        page.get_by_role("link", name="Leave out: Bo Lund").click()
        expect(heading).to_contain_text("not about Bo")
        page.locator(".chip").first.click()
        expect(heading).to_have_text("1 article not about Bo Lund")
        assert focused(page).startswith("People not: Bo Lund")

    def test_the_next_page_begins_at_its_top(self, page, heading):
        for number in range(30):
            make_article(f"Story {number}")
        page.goto("/articles/")
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_role("link", name="A quiet harbour")).to_be_visible()
        assert page.evaluate("document.activeElement.id") == "results"
        assert abs(page.locator("#results").bounding_box()["y"]) < 5

    def test_back_brings_the_scroll_position_back(self, page, heading):
        for number in range(30):
            make_article(f"Story {number}", about=[make_person(f"Person {number}")])
        page.goto("/articles/")
        page.get_by_role("link", name="Next").scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_role("link", name="A quiet harbour")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("link", name="Story 29", exact=True)).to_be_attached()
        page.wait_for_function(f"Math.abs(scrollY - {before}) < 5")

    def test_the_values_of_a_facet_are_put_in_order_in_place(self, page, heading):
        page.goto("/articles/values/people/")
        page.evaluate("window.isTheSame = true")
        page.get_by_role("link", name="By name").click()
        expect(page.get_by_role("link", name="By name")).to_have_attribute("aria-current", "true")
        assert focused(page) == "By name"
        page.get_by_role("link", name="Ada Moreau", exact=True).click()
        expect(heading).to_have_text("2 articles about Ada Moreau")
        assert not is_the_same(page)

    def test_a_link_opened_in_a_new_tab_is_left_to_the_browser(self, page, heading):
        with page.context.expect_page():
            page.get_by_role("link", name="Bo Lund").first.click(modifiers=["Control"])
        expect(heading).to_have_text("3 articles")

    def test_where_the_answer_is_an_error_the_browser_shows_it(self, browser, live_server, archive):
        page = browser.new_page(base_url=live_server.url)
        page.goto("/articles/")
        page.route("**/articles/?q=*", lambda route: route.fulfill(status=503, body="<h1>Busy</h1>"))
        page.get_by_role("searchbox").fill("talks")
        page.get_by_role("searchbox").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Busy")
        page.close()


class TestTheChart:
    @pytest.fixture(autouse=True)
    def more_years(self, archive):
        for year in range(2010, 2020):
            make_article(f"Year {year}", published_on=f"{year}-06-01")

    @pytest.fixture
    def chart(self, page):
        page.goto("/articles/")
        page.evaluate("window.isTheSame = true")
        return page.locator(".time-chart > svg")

    def drag(self, page, chart, first: float, last: float):
        """From one share of the width to another."""
        box = chart.bounding_box()
        page.mouse.move(box["x"] + box["width"] * first, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (first + last) / 2, box["y"] + 42)
        page.mouse.move(box["x"] + box["width"] * last, box["y"] + 40)

    @pytest.mark.parametrize(("first", "last"), [(0.01, 0.19), (0.19, 0.01)])
    def test_dragging_chooses_a_stretch_of_years(self, page, heading, chart, first, last):
        self.drag(page, chart, first, last)
        expect(page.locator(".time-chart-range")).to_have_text("2010 – 2012: 3")
        page.mouse.up()
        expect(heading).to_have_text("3 articles from 2010 to 2012")
        assert is_the_same(page)

    def test_a_click_opens_one_year(self, page, heading, chart):
        column(page, "2010: 1").click()
        expect(heading).to_have_text("1 article in 2010")

    def test_dragging_keeps_what_else_is_chosen(self, page, heading, chart):
        page.goto("/articles/?q=year&year=2012&year=2011")
        self.drag(page, page.locator(".time-chart > svg"), 0.1, 0.9)
        page.mouse.up()
        expect(heading).to_have_text("2 articles with “year”, from 2011 to 2012")

    def test_dragging_on_the_home_page_opens_the_list(self, page, heading, chart):
        page.goto("/")
        self.drag(page, page.locator(".time-chart > svg"), 0.01, 0.19)
        page.mouse.up()
        expect(heading).to_have_text("3 articles from 2010 to 2012")

    def test_the_tab_key_stops_once_and_arrows_lead_from_column_to_column(self, page, chart):
        assert page.locator("a.time-chart-period[tabindex='0']").count() == 1
        column(page, "2010: 1").focus()
        page.keyboard.press("ArrowRight")
        assert focused(page) == "2011: 1"
        page.keyboard.press("End")
        assert focused(page) == "2024: 2"
        page.keyboard.press("ArrowLeft")
        assert focused(page) == "2023: 1"
        page.keyboard.press("ArrowLeft")
        assert focused(page) == "2019: 1"

    def test_shift_and_arrows_choose_a_stretch_and_say_it(self, page, heading, chart):
        column(page, "2010: 1").focus()
        for _ in range(2):
            page.keyboard.press("Shift+ArrowRight")
        expect(page.get_by_role("status")).to_have_text("2010 – 2012: 3")
        page.keyboard.press("Enter")
        expect(heading).to_have_text("3 articles from 2010 to 2012")

    def test_escape_gives_the_stretch_up(self, page, heading, chart):
        column(page, "2010: 1").focus()
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Escape")
        expect(page.locator(".time-chart-range")).to_be_hidden()
        page.keyboard.press("Enter")
        expect(heading).to_have_text("1 article in 2011")


class TestKeys:
    def test_slash_leads_to_the_search_box_and_escape_out_of_it(self, page):
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search-words"
        assert page.get_by_role("searchbox").input_value() == ""
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.tagName") == "BODY"

    def test_j_and_k_lead_through_the_results_and_show_where(self, page, heading):
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert focused(page) == "Talks on Rafah"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("k")
        assert focused(page) == "Talks go on"
        page.keyboard.press("Enter")
        expect(heading).to_have_text("Talks go on")

    def test_keys_go_on_working_after_a_change_in_place(self, page, heading):
        page.get_by_role("link", name="Ada Moreau").first.click()
        expect(heading).to_contain_text("about Ada")
        page.keyboard.press("j")
        assert focused(page) == "Talks go on"

    def test_typing_is_never_taken_for_a_key(self, page):
        page.get_by_role("searchbox").focus()
        page.keyboard.type("j/k?")
        assert page.get_by_role("searchbox").input_value() == "j/k?"
        expect(page.locator("#shortcuts")).to_be_hidden()

    def test_keys_with_control_are_left_to_the_browser(self, page):
        page.keyboard.press("Control+j")
        assert page.evaluate("document.activeElement.tagName") == "BODY"

    def test_the_question_mark_explains_the_keys_and_escape_closes(self, page):
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("to the search box")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()

    def test_keys_can_be_switched_off_for_good_and_on_again(self, page):
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Single keys do something").uncheck()
        page.get_by_role("button", name="Close").click()
        page.reload()
        page.keyboard.press("/")
        page.keyboard.press("?")
        assert page.evaluate("document.activeElement.tagName") == "BODY"
        expect(page.locator("#shortcuts")).to_be_hidden()
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Single keys do something").check()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search-words"

    def test_without_scripts_nothing_promises_keys(self, open_page):
        page = open_page(java_script_enabled=False)
        page.goto("/help/searching/")
        expect(page.get_by_role("button", name="Keys")).to_be_hidden()
