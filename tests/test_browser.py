"""A reader's and an editor's way through the archive, in a real browser."""

import os
import shutil
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from articles.models import Article
from tests.factories import make_article, make_person, make_place, make_topic

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make test installs it")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine: apt-get install chromium"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser():
    # Playwright keeps an event loop in this thread; Django would refuse to use the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request, browser, live_server):
    """A page that fails the test on any error in the browser's console: a script, a style, a picture refused."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=request.param == "with JavaScript")
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def archive():
    gaza = make_place("Gaza Strip", kind="territory", aliases=["Gaza"])
    rafah = make_place("Rafah", kind="city", parent=gaza)
    ada, bo = make_person("Ada Moreau"), make_person("Bo Lund")
    diplomacy = make_topic("diplomacy")
    make_article(
        "Talks on Rafah",
        body="Ada Moreau spoke in Rafah.\n\n## A second day\n\nMoreau left at night.",
        about=[ada, rafah, diplomacy],
    )
    make_article("Talks go on", about=[ada, bo, rafah], published_on="2024-04-02")
    make_article("A quiet harbour", about=[bo], published_on="2023-01-05")


def test_a_reader_searches_narrows_excludes_and_reads(page, archive):
    page.goto("/")
    page.get_by_role("searchbox").fill("talks")
    page.get_by_role("button", name="Search").click()
    assert "2 articles with “talks”" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Ada Moreau").first.click()
    page.get_by_role("link", name="Leave out: Bo Lund").click()
    assert "1 article with “talks”, about Ada Moreau, not about Bo Lund" in page.inner_text("h1")
    page.get_by_role("link", name="People not: Bo Lund").click()
    page.get_by_role("link", name="2024: 2").click()
    page.get_by_role("link", name="March 2024: 1").click()
    page.get_by_role("link", name="Talks on Rafah").click()
    assert page.inner_text("h1") == "Talks on Rafah"
    page.get_by_role("link", name="Moreau", exact=True).click()
    assert page.inner_text("h1") == "Ada Moreau"
    page.go_back()
    page.go_back()
    assert "in March 2024" in page.inner_text("h1")


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_no_page_scrolls_sideways(browser, live_server, archive, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    for address in (
        "/",
        "/articles/",
        "/articles/?q=talks&places=gaza-strip",
        "/people/ada-moreau/",
        "/places/",
        "/help/searching/",
    ):
        page.goto(live_server.url + address)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, address
    page.close()


def test_an_editor_rejects_a_link_and_readers_see_it_at_once(browser, live_server, archive):
    get_user_model().objects.create_superuser("editor", password="a long password")
    article = Article.objects.get(headline="A quiet harbour")
    page = browser.new_page(base_url=live_server.url, viewport={"width": 1400, "height": 1000})
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a long password")
    page.get_by_role("button", name="Log in").click()
    page.locator("select[name='person_links-0-status']").select_option("rejected")
    page.get_by_role("button", name="Save", exact=True).click()
    assert article.person_links.get().is_decided
    page.goto("/people/bo-lund/")
    assert page.get_by_role("link", name="A quiet harbour").count() == 0
    page.close()


def test_the_stylesheet_is_the_only_one_and_comes_from_here(page, archive):
    page.goto("/articles/")
    addresses = page.locator("link[rel=stylesheet]").evaluate_all("links => links.map(link => link.href)")
    assert [Path(address).name for address in addresses] == ["newsroom.css"]
