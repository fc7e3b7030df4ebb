"""An archivist's way in a real browser: a file is handed in, rehearsed, imported, watched, and taken back."""

import gzip

import pytest
from django.contrib.auth.models import Group, User

from articles.editing import upload_watch
from articles.models import Article, ImportBatch, Upload
from articles.pipeline import run as pipeline

from .barriers import OPTIONS, assert_accessible
from .browsing import PASSWORD, browser_tests
from .uploading import NEW, address, work_off

pytestmark = [*browser_tests, pytest.mark.usefixtures("uploads_of_its_own", "started")]
TABLE = (
    "title,text,mood\n" + "".join(f"Day {number},It rained {number} times.,wet\n" for number in range(6)) + "broken\n"
)


@pytest.fixture
def archivist(transactional_db) -> User:
    user = User.objects.create_user("archivist", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Archivist"))
    return user


@pytest.fixture
def desk(log_in, archivist):
    return lambda page=None: log_in(page, archivist)


def hand_in(page, content: str | bytes = TABLE, name="days.csv") -> Upload:
    page.goto(NEW)
    content = content.encode() if isinstance(content, str) else content
    page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Hand in and rehearse").click()
    page.get_by_text("Waiting for its turn").wait_for()
    return Upload.objects.first()


def look(page) -> None:
    """What the script does by itself."""
    if page.get_by_role("link", name="Leave it still").is_visible():
        page.reload()


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_file_is_handed_in_rehearsed_imported_and_taken_back(open_page, desk, has_script):
    page = desk(open_page(java_script_enabled=has_script))
    page.goto("/admin/")
    page.get_by_role("link", name="Import a file…").click()
    hand_in(page)
    work_off()
    look(page)
    page.get_by_text("What the rehearsal found").wait_for()
    assert page.get_by_text("“title” is read as headline").is_visible()
    assert page.get_by_text("days.csv:8").first.is_visible()
    assert not Article.objects.exists()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Waiting for its turn").wait_for()
    work_off()
    look(page)
    page.get_by_text("What came of the import").wait_for()
    assert Article.objects.count() == 6
    page.get_by_role("link", name="Its articles").click()
    page.locator("#result_list tbody tr").nth(5).wait_for()
    page.go_back()
    page.get_by_role("link", name="Take it back…").click()
    assert page.get_by_text("will be removed: 6").is_visible()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Waiting for its turn").wait_for()
    work_off()
    look(page)
    page.get_by_text("Articles removed: 6").wait_for()
    assert not Article.objects.exists()


def test_another_column_is_chosen_and_it_is_rehearsed_again(desk):
    page = desk()
    hand_in(page)
    work_off()
    page.get_by_text("Change how it is read").click()
    page.get_by_label("headline", exact=True).select_option("mood")
    page.get_by_role("button", name="Rehearse again").click()
    page.get_by_text("Waiting for its turn").wait_for()
    work_off()
    page.get_by_text("new wet").first.wait_for()
    assert Upload.objects.get().options["fields"] == {"headline": "mood"}


def test_the_page_shows_how_far_it_is_and_stops_it(desk, monkeypatch):
    """The work is done here between two looks at the page."""
    monkeypatch.setattr(pipeline, "BATCH", 2)
    monkeypatch.setattr(upload_watch, "EVERY", 0)
    page = desk()
    upload = hand_in(page)
    work_off()
    page.get_by_role("button", name="Import", exact=True).click()
    # Of 8 that were read, one is the problem, one the note.
    tell, seen = upload_watch.Watch.tell, []

    def look_and_stop(watch):
        tell(watch)
        page.get_by_text(f"{watch.done} of 8 records").wait_for()
        seen.append((page.locator("progress").get_attribute("value"), page.locator("progress").get_attribute("max")))
        if watch.done == 4:
            page.get_by_role("button", name="Stop").click()
            page.get_by_text("Being stopped").wait_for()

    monkeypatch.setattr(upload_watch.Watch, "tell", look_and_stop)
    page.get_by_text("Waiting for its turn").wait_for()
    work_off()
    page.get_by_text("Stopped").wait_for()
    assert seen[:2] == [("2", "8"), ("4", "8")]
    assert Article.objects.count() == 5
    monkeypatch.setattr(upload_watch.Watch, "tell", tell)
    page.get_by_role("button", name="Import again").click()
    page.get_by_text("Waiting for its turn").wait_for()
    work_off()
    page.get_by_text("What came of the import").wait_for()
    assert Article.objects.count() == 6
    assert ImportBatch.objects.count() == 2
    upload.refresh_from_db()
    assert upload.state == "finished"


def test_all_of_it_goes_by_keyboard(desk):
    page = desk()
    page.goto(NEW)
    page.set_input_files("#id_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.locator("#id_file").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    page.get_by_text("Waiting for its turn").wait_for()


def test_a_compressed_table_of_some_size_comes_in_by_its_own_process(desk, tmp_path):
    """More than is kept in memory of other uploads."""
    lines = "".join(f"Day {number},{'It rained. ' * 400},wet\n" for number in range(1_000))
    page = desk()
    upload = hand_in(page, gzip.compress(f"title,text,mood\n{lines}".encode(), 0), "days.csv.gz")
    assert upload.size > 4_000_000
    work_off()
    page.get_by_text("What the rehearsal found").wait_for()
    assert page.get_by_text("1,000 new").is_visible()


def test_the_pages_are_accessible_and_fit_the_screen(browser, live_server, desk):
    page = desk(browser.new_page(base_url=live_server.url, **OPTIONS))
    page.goto(NEW)
    assert_accessible(page)
    page.set_input_files("#id_file", {"name": "x", "mimeType": "text/csv", "buffer": b"a"})
    page.fill("#id_encoding", "klingon")
    page.get_by_role("button", name="Hand in and rehearse").click()
    page.get_by_text("There is no such encoding.").wait_for()
    assert_accessible(page)
    upload = hand_in(page, TABLE, f"{'long' * 40}.csv")
    assert_accessible(page)
    work_off()
    page.get_by_text("Change how it is read").click()
    assert_accessible(page)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Waiting for its turn").wait_for()
    work_off()
    page.get_by_text("What came of the import").wait_for()
    assert_accessible(page)
    batch = ImportBatch.objects.get()
    for each in ("uploads", "upload_report", "upload_delete", "import_undo"):
        args = {"uploads": [], "import_undo": [batch.pk]}.get(each, [upload.pk])
        page.goto(address(each, *args))
        assert_accessible(page)
    page.close()
