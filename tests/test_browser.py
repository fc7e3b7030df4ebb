"""A reader's and an editor's way through the archive, in a real browser."""

import csv
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from articles.models import Article
from tests.browsing import browser_tests
from tests.factories import make_article

pytestmark = browser_tests
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
WIDTHS = [360, 390, 1280]


def test_a_reader_searches_narrows_reads_returns_and_takes_it_away(page, archive):
    heading = page.get_by_role("heading", level=1)
    page.goto("/")
    page.get_by_role("searchbox").fill("talks")
    page.get_by_role("button", name="Search").click()
    expect(heading).to_have_text("2 articles with “talks”")
    page.get_by_role("link", name="Ada Moreau").first.click()
    expect(heading).to_have_text("2 articles with “talks”, about Ada Moreau")
    page.locator(".panel-places").get_by_role("link", name="Gaza Strip", exact=True).click()
    expect(heading).to_contain_text("about Gaza Strip")
    page.get_by_role("link", name="Leave out: Bo Lund").click()
    expect(heading).to_have_text("1 article with “talks”, about Ada Moreau, about Gaza Strip, not about Bo Lund")
    page.get_by_role("link", name="People not: Bo Lund").click()
    page.get_by_role("link", name="2024: 2").click()
    page.get_by_role("link", name="March 2024: 1").click()
    expect(heading).to_contain_text("in March 2024")
    page.get_by_role("link", name="Talks on Rafah").click()
    expect(heading).to_have_text("Talks on Rafah")
    page.get_by_role("link", name="Moreau", exact=True).click()
    expect(heading).to_have_text("Ada Moreau")
    page.go_back()
    page.go_back()
    expect(heading).to_contain_text("in March 2024")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as file:
        assert [row["headline"] for row in csv.DictReader(file)] == ["Talks on Rafah"]


def test_back_leads_through_the_steps_of_a_search(page, archive):
    heading = page.get_by_role("heading", level=1)
    page.goto("/articles/")
    page.get_by_role("link", name="Bo Lund").first.click()
    expect(heading).to_have_text("2 articles about Bo Lund")
    page.get_by_role("link", name="Leave out: Ada Moreau").click()
    expect(heading).to_have_text("1 article about Bo Lund, not about Ada Moreau")
    page.go_back()
    expect(heading).to_have_text("2 articles about Bo Lund")
    page.go_back()
    expect(heading).to_have_text("3 articles")
    page.go_forward()
    expect(heading).to_have_text("2 articles about Bo Lund")


def test_why_a_link_was_made_is_one_click_away(page, archive):
    page.goto("/articles/talks-on-rafah/")
    page.get_by_text("Why these links?").click()
    expect(page.locator("#reasons")).to_contain_text("The name was recognised in the text.")


def test_on_a_narrow_screen_the_facets_unfold(open_page, archive):
    page = open_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page.goto("/articles/")
    facet = page.locator(".panel-people").get_by_role("link", name="Bo Lund", exact=True)
    expect(facet).to_be_hidden()
    page.get_by_text("Narrow down").first.click()
    expect(facet).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(open_page, archive, width):
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    make_article(long, summary=long, body=f"{long}\n\n| a | b |\n|---|---|\n| {long} | {long} |", byline=long)
    page = open_page(viewport={"width": width, "height": 800})
    for address in (
        "/",
        "/articles/",
        "/articles/?q=talks&places=gaza-strip",
        "/articles/?from=2024-03-01&to=2024-03-31",
        "/articles/values/people/",
        "/articles/talks-on-rafah/",
        Article.objects.get(headline=long).get_absolute_url(),
        "/people/ada-moreau/",
        "/places/",
        "/help/searching/",
    ):
        page.goto(address)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, address


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_can_be_read_from_right_to_left(open_page, archive, width):
    page = open_page(viewport={"width": width, "height": 800})
    for address in ("/", "/articles/?q=talks", "/articles/talks-on-rafah/"):
        page.goto(address)
        page.evaluate("document.documentElement.dir = 'rtl'")
        # From right to left, what overflows does so on the left.
        widest = page.evaluate(
            "Math.min(...[...document.querySelectorAll('main *')].map(e => e.getBoundingClientRect().left))"
        )
        assert widest >= 0, address


def test_what_is_printed_is_the_article(open_page, archive):
    page = open_page()
    page.goto("/articles/talks-on-rafah/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Moreau left at night.")).to_be_visible()
    expect(page.get_by_text("Printed from")).to_be_visible()
    expect(page.locator(".article-meta")).to_contain_text("Meridian Wire")
    for hidden in (".sections", ".search-form", ".colophon", ".contents", ".neighbours"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_what_readers_ask_of_their_system_is_respected(open_page, archive):
    page = open_page(reduced_motion="reduce", forced_colors="active")
    page.goto("/articles/?people=ada-moreau")
    chip = page.locator(".chip").first
    assert chip.evaluate("chip => getComputedStyle(chip).transitionDuration") == "0s"
    assert chip.evaluate("chip => getComputedStyle(chip).borderStyle") == "solid"


def test_an_editor_rejects_a_link_and_readers_see_it_at_once(open_page, archive):
    get_user_model().objects.create_superuser("editor", password="a long password")
    article = Article.objects.get(headline="A quiet harbour")
    page = open_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a long password")
    page.get_by_role("button", name="Log in").click()
    page.locator("select[name='person_links-0-status']").select_option("rejected")
    page.get_by_role("button", name="Save", exact=True).click()
    assert article.person_links.get().is_decided
    page.goto("/people/bo-lund/")
    assert page.get_by_role("link", name="A quiet harbour").count() == 0


def test_styles_and_scripts_come_from_here(page, archive):
    page.goto("/articles/")
    sources = page.locator("link[rel=stylesheet], script[src]").evaluate_all(
        "all => all.map(one => one.href || one.src)"
    )
    assert [Path(source).name for source in sources] == ["newsroom.css", "newsroom.js"]
    assert all(source.startswith(page.url.split("/articles/")[0]) for source in sources)
