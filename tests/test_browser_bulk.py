"""Ten thousand articles are tagged by a filter in a real browser, watched, and are as before after the undo."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles import background
from articles.admin import bulk_work
from articles.editing import bulk_edits
from articles.models import Article, BulkEdit, TopicLink

from .barriers import OPTIONS, assert_accessible
from .browsing import browser_tests
from .factories import link, make_article, make_source, make_topic

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
pytestmark = browser_tests

MANY = 10_000
PASSWORD = "a long password"
ARTICLES = "/admin/articles/article/"


@pytest.fixture
def desk(open_page, transactional_db, monkeypatch):
    """Call it for a page on which an editor is logged in. No process is started: the test does the work itself."""
    monkeypatch.setattr(background.subprocess, "Popen", lambda command, **options: None)
    User.objects.create_superuser("editor", password=PASSWORD)

    def opened(**options):
        page = open_page(**options)
        page.goto(reverse("admin:login"))
        page.fill("#id_username", "editor")
        page.fill("#id_password", PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    return opened


@pytest.fixture
def wire(transactional_db):
    """The source of 10,000 articles; another one has three."""
    wire, other = make_source("Wire"), make_source("Other")
    rows = [Article(headline=f"Story {number}", slug=f"story-{number}", source=wire) for number in range(MANY)]
    Article.objects.bulk_create(rows, batch_size=1_000)
    for number in range(3):
        make_article(f"Other {number}", source=other)
    return wire


def work_while_watched(page, monkeypatch, expected: str) -> None:
    """Does the work that waits, and rests now and then until the page shows how far it is: there with this text.

    While the work is in the middle of a portion the page is given the answer of before: on SQLite the tests and the
    server share one connection.
    """
    edit, seen = BulkEdit.objects.get(), []
    address = reverse("admin:articles_bulk_progress", args=[edit.pk])
    answer = page.request.get(address).text()
    page.route(f"**{address}", lambda route: route.fulfill(content_type="application/json", body=answer))

    def look(edit) -> None:
        nonlocal answer
        if edit.done in (2_500, 5_000):
            answer = page.request.get(address).text()
            shown = page.locator("[data-text]")
            expect(shown).to_contain_text(f"{edit.done:,} of")
            seen.append(shown.inner_text())

    monkeypatch.setattr(bulk_edits, "index_now_and_then", look)
    monkeypatch.setattr("articles.editing.bulk_undo.index_now_and_then", look)
    bulk_work.work_on_bulk_edit.func(edit.pk)
    assert expected in " ".join(seen)
    page.unroute(f"**{address}")


def state_of_links() -> list[tuple]:
    return list(TopicLink.objects.order_by("article").values_list("article", "status", "origin", "decided_by"))


def test_ten_thousand_articles_are_tagged_by_a_filter_watched_and_as_before_after_the_undo(desk, wire, monkeypatch):
    floods = make_topic("floods")
    suggested, linked, rejected = Article.objects.filter(source=wire)[:3]
    link(suggested, floods, status="suggested")
    link(linked, floods)
    link(rejected, floods, status="rejected")
    before = state_of_links()
    page = desk()
    page.goto(f"{ARTICLES}?source={wire.pk}")
    page.get_by_role("link", name="Change all").click()
    page.get_by_role("link", name="Link to a person, place or topic").click()
    page.get_by_label("Topic").fill("floods")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("5,000+ articles would change")).to_be_visible()
    page.get_by_label("Why").fill("An order")
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("[data-state]")).to_have_text("Waiting for its turn")
    work_while_watched(page, monkeypatch, "5,000 of 10,000")
    # The page has seen the end by itself.
    expect(page.get_by_text("9,998 articles were changed.")).to_be_visible()
    assert TopicLink.objects.filter(status="accepted").count() == MANY - 1
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-state]")).to_have_text("Being undone")
    work_while_watched(page, monkeypatch, "5,000 of 9,998")
    expect(page.locator("[data-state]")).to_have_text("Undone")
    assert state_of_links() == before


def test_without_a_script_the_page_loads_itself_until_the_work_is_stopped(desk, wire, monkeypatch):
    page = desk(java_script_enabled=False)
    page.goto(f"{ARTICLES}?source={wire.pk}")
    page.get_by_role("link", name="Change all").click()
    page.get_by_role("link", name="Set the status").click()
    page.get_by_label("Status").select_option("withdrawn")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Do it").click()
    page.get_by_role("link", name="Leave it still").click()
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-state]")).to_have_text("Stopped")


def test_no_page_of_bulk_edits_has_a_barrier(desk):
    make_article(status="draft", source=make_source("Wire"))
    link(make_article("Refused"), make_topic("floods"), status="rejected")
    page = desk(**OPTIONS)
    edit = BulkEdit.objects.create(what="status", values={"status": "review"}, articles={"filter": "", "last": 1})
    for address in [
        reverse("admin:articles_bulk_new", query={"filter": ""}),
        reverse("admin:articles_bulk_new", query={"filter": "", "what": "source"}),
        reverse("admin:articles_bulk_new", query={"filter": "", "what": "add", "topic": "floods"}),
        reverse("admin:articles_bulk_export", query={"filter": ""}),
        reverse("admin:articles_bulk_edits"),
        reverse("admin:articles_bulk_edit", args=[edit.pk]),
    ]:
        page.goto(address)
        assert_accessible(page)
    BulkEdit.objects.update(state="failed", said="The disk is full.")
    page.reload()
    assert_accessible(page)
