"""Importing at the desk: the pages, who may, and files that mean no good."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.admin import upload_handler
from articles.models import Article, ImportBatch, Occasion, Topic, Upload

from .factories import make_article
from .importing import run_command, write_json_lines
from .uploading import LINES, NEW, OPTIONS, RECORDS, address, hand_in, work_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("uploads_of_its_own", "started")]
IMPORTS = "/admin/articles/importbatch/"
EVIL = "<script>alert('x')</script>"


@pytest.fixture
def rehearsed(admin_client):
    """rehearsed(content, name): the upload, when its rehearsal is done."""

    def rehearse(*args, **options) -> Upload:
        hand_in(admin_client, *args, **options)
        work_off()
        return Upload.objects.first()

    return rehearse


@pytest.fixture
def imported(rehearsed, admin_client):
    def run(*args, **options) -> Upload:
        upload = rehearsed(*args, **options)
        admin_client.post(address("upload_run", upload.pk))
        work_off()
        return Upload.objects.get(pk=upload.pk)

    return run


def text_of(response) -> str:
    return response.content.decode()


def page_of(client, upload) -> str:
    return text_of(client.get(address("upload", upload.pk)))


class TestHandingIn:
    def test_the_rehearsal_begins_by_itself(self, admin_client, started):
        answer = hand_in(admin_client)
        upload = Upload.objects.get()
        assert answer.url == address("upload", upload.pk)
        assert [command[1:] for command in started] == [["manage.py", "work_off_tasks"]]
        assert "Waiting for its turn" in page_of(admin_client, upload)
        work_off()
        page = page_of(admin_client, upload)
        assert "<b>4</b>" in page
        assert "Day 3" in page
        assert not Article.objects.exists()

    def test_it_is_kept_under_a_name_that_nobody_chose_and_is_served_nowhere(self, admin_client, settings):
        hand_in(admin_client)
        upload = Upload.objects.get()
        assert (upload.name, upload.size) == ("days.jsonl", len(LINES))
        path = Path(upload.file.path)
        assert path.parent == Path(settings.MEDIA_ROOT, "imports")
        assert "days" not in path.name
        for start in ("/", "/media/", "/static/"):
            assert admin_client.get(start + upload.file.name).status_code == 404

    def test_no_transaction_is_open_while_a_file_comes_in(self, admin_client, monkeypatch):
        from django.db import connection

        seen = []
        receive = upload_handler.LimitedUploadHandler.receive_data_chunk

        def receive_and_look(handler, *args):
            seen.append(connection.in_atomic_block)
            return receive(handler, *args)

        monkeypatch.setattr(upload_handler.LimitedUploadHandler, "receive_data_chunk", receive_and_look)
        hand_in(admin_client)
        assert seen == [False]

    def test_a_file_that_is_too_large_is_refused_with_the_limit(self, admin_client, settings):
        settings.LARGEST_UPLOAD = 100
        page = text_of(hand_in(admin_client))
        assert "The file is larger than 100\xa0bytes." in page
        assert not Upload.objects.exists()
        assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []

    def test_one_whose_size_is_told_in_advance_is_not_even_written(self, admin_client, settings, monkeypatch):
        settings.LARGEST_UPLOAD = 100
        monkeypatch.setattr(upload_handler, "REST_OF_FORM", 0)
        monkeypatch.setattr(upload_handler, "TemporaryUploadedFile", None)
        assert "larger than" in text_of(hand_in(admin_client))

    def test_a_full_disk_is_told_and_leaves_nothing_behind(self, admin_client, monkeypatch):
        class FullDisk(upload_handler.TemporaryUploadedFile):
            def write(self, data):
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(upload_handler, "TemporaryUploadedFile", FullDisk)
        assert "could not be stored (No space left on device)" in text_of(hand_in(admin_client))
        assert not Upload.objects.exists()

    def test_a_form_from_elsewhere_is_refused(self, admin_user):
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        assert hand_in(client).status_code == 403
        assert not Upload.objects.exists()

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"encoding": "klingon"}, "There is no such encoding."),
            ({"fields_text": "title"}, "Line 1 should look like headline=title."),
            ({"fields_text": "mood=title"}, "there is no field “mood”"),
            ({"format": "person.csv"}, "This format is for something else"),
            ({"format": "../../etc"}, "Select a valid choice."),
            ({"what": "secrets"}, "Select a valid choice."),
        ],
    )
    def test_options_that_make_no_sense_are_told(self, admin_client, options, said):
        assert said in text_of(hand_in(admin_client, **options))
        assert not Upload.objects.exists()

    def test_without_a_file_nothing_happens(self, admin_client):
        assert "This field is required." in text_of(admin_client.post(NEW, OPTIONS))

    @pytest.mark.parametrize("name", ["days.jsonl.gz", "days.zip"])
    def test_compressed_files_and_archives_are_taken(self, rehearsed, name):
        content = io.BytesIO()
        if name.endswith("zip"):
            with zipfile.ZipFile(content, "w") as archive:
                archive.writestr("inner/days.jsonl", LINES)
        else:
            content.write(gzip.compress(LINES.encode()))
        assert rehearsed(content.getvalue(), name).counts["rehearsal"]["created"] == 4


class TestRehearsal:
    def test_differences_problems_and_notes_are_shown(self, admin_client, imported, rehearsed):
        table = "id,source,title,text,mood\n1,Wire,{},It rained.,wet\n{}"
        imported(table.format("Rain", ""), "days.csv")
        page = page_of(admin_client, rehearsed(table.format("Hail", "broken\n"), "days.csv"))
        assert "<del>" in page
        assert "Hail" in page
        assert "days.csv:3" in page
        assert "The row has 1 cells, not 5." in page
        assert "“title” is read as headline" in page
        assert "--field" not in page

    def test_columns_are_offered_and_the_choice_counts(self, admin_client, rehearsed):
        upload = rehearsed("title,mood\nA day,wet\n", "days.csv")
        page = page_of(admin_client, upload)
        assert "“title”, by its name" in page
        data = {**OPTIONS, "column_headline": "mood", "column_summary": "title", "fields_text": "rights==Ours"}
        admin_client.post(address("upload_rehearse", upload.pk), data)
        work_off()
        upload.refresh_from_db()
        assert upload.options["fields"] == {"headline": "mood", "summary": "title", "rights": "=Ours"}
        page = page_of(admin_client, upload)
        assert "<b>new</b> wet" in page
        assert '<option value="mood" selected>' in page
        assert "rights==Ours</textarea>" in page

    def test_options_that_make_no_sense_leave_the_rehearsal_as_it_is(self, admin_client, rehearsed):
        upload = rehearsed()
        answer = admin_client.post(address("upload_rehearse", upload.pk), {**OPTIONS, "encoding": "klingon"})
        assert answer.status_code == 400
        assert "There is no such encoding." in text_of(answer)
        upload.refresh_from_db()
        assert upload.state == "rehearsed"

    def test_the_report_is_paged_narrowed_and_downloaded(self, admin_client, rehearsed):
        upload = rehearsed("".join(json.dumps({"headline": f"Day {number}"}) + "\n" for number in range(60)) + "broken")
        report = address("upload_report", upload.pk)
        page = text_of(admin_client.get(report))
        # The line that was rejected stands first.
        assert "Day 48" in page
        assert "Day 49" not in page
        further = page.split('href="?from=')[1].split('"')[0]
        assert "Day 49" in text_of(admin_client.get(report, {"from": further}))
        page = text_of(admin_client.get(report, {"action": "rejected"}))
        assert "not valid JSON" in page
        assert "Day 1" not in page
        csv = admin_client.get(address("upload_download", upload.pk, "csv"))
        assert csv["Content-Disposition"] == 'attachment; filename="days-rehearsal.csv"'
        assert b"".join(csv.streaming_content).decode().count("created") == 60
        lines = b"".join(admin_client.get(address("upload_download", upload.pk, "jsonl")).streaming_content)
        assert json.loads(lines.splitlines()[-1])["headline"] == "Day 59"

    @pytest.mark.parametrize("parameters", ["?from=x", "?from=-5", "?action=drop", "?from=99999999999999999", "?from="])
    def test_parameters_that_somebody_made_up_break_nothing(self, admin_client, rehearsed, parameters):
        assert admin_client.get(address("upload_report", rehearsed().pk) + parameters).status_code == 200

    @pytest.mark.parametrize("form", ["csv", "exe"])
    def test_without_a_report_there_is_nothing_to_download(self, admin_client, form):
        hand_in(admin_client)
        assert admin_client.get(address("upload_download", Upload.objects.get().pk, form)).status_code == 404


class TestImport:
    def test_what_was_rehearsed_is_imported_and_can_be_taken_back(self, admin_client, imported, admin_user):
        upload = imported()
        assert Article.objects.count() == 4
        page = page_of(admin_client, upload)
        assert f'href="{IMPORTS}{upload.batch_id}/change/"' in page
        assert f"?batch={upload.batch_id}" in page
        undo = address("import_undo", upload.batch_id)
        assert undo in page
        assert "will be removed: 4" in text_of(admin_client.get(undo))
        assert Article.objects.count() == 4
        admin_client.post(undo)
        work_off()
        assert not Article.objects.exists()
        assert "Articles removed: 4" in page_of(admin_client, upload)
        assert Occasion.objects.get(what__contains="taken back").user == admin_user

    def test_people_places_and_topics_are_imported_by_the_same_page(self, imported):
        imported("name,description\nrain,wet\n", "topics.csv", what="topic", format="topic.csv")
        assert Topic.objects.get().description == "wet"

    def test_what_is_unknown_waits_by_default(self, imported):
        imported('{"headline": "Rain", "topics": ["floods"]}', unknown_subjects="suggest")
        assert not Topic.objects.exists()

    def test_a_second_job_is_refused_while_one_is_going_on(self, admin_client):
        hand_in(admin_client)
        upload = Upload.objects.get()
        answer = admin_client.post(address("upload_run", upload.pk), follow=True)
        assert "Something is being done with this file already." in text_of(answer)
        upload.refresh_from_db()
        assert upload.state == "rehearsing"

    def test_what_waits_can_be_stopped(self, admin_client):
        hand_in(admin_client)
        upload = Upload.objects.get()
        assert "Stop" in page_of(admin_client, upload)
        admin_client.post(address("upload_stop", upload.pk))
        work_off()
        assert "Stopped" in page_of(admin_client, upload)
        upload.refresh_from_db()
        assert "rehearsal" not in upload.counts
        answer = admin_client.post(address("upload_stop", upload.pk), follow=True)
        assert "There is nothing to stop" in text_of(answer)

    def test_how_far_it_is_is_told_to_the_script(self, admin_client, rehearsed):
        upload = rehearsed()
        began = {"began_at": 1_790_000_000, "began_with": 0}
        Upload.objects.update(state="running", progress=began, done=500, total=2000)
        answer = admin_client.get(address("upload_progress", upload.pk)).json()
        assert (answer["state"], answer["done"], answer["total"]) == ("Running", 500, 2000)
        assert answer["is_going_on"] is True
        assert answer["text"].startswith("500 of 2,000 records · ")

    def test_one_whose_process_is_gone_says_so_and_is_imported_again(self, admin_client, rehearsed):
        upload = rehearsed()
        Upload.objects.update(
            state="running", progress={"began_at": 1_790_000_000, "began_with": 0}, active_at="2026-01-01T00Z"
        )
        page = page_of(admin_client, upload)
        assert "Interrupted" in page
        assert "The process that worked on it is gone." in page
        admin_client.post(address("upload_run", upload.pk))
        work_off()
        assert Article.objects.count() == 4


class TestTakingBack:
    def test_imports_of_the_command_line_are_taken_back_from_their_page(self, admin_client, tmp_path):
        run_command("import_articles", write_json_lines(tmp_path / "days.jsonl", *RECORDS))
        batch = ImportBatch.objects.get()
        undo = address("import_undo", batch.pk)
        assert undo in text_of(admin_client.get(f"{IMPORTS}{batch.pk}/change/"))
        answer = admin_client.post(undo)
        assert "Waiting for its turn" in text_of(admin_client.get(answer.url))
        assert admin_client.get(undo).url == answer.url
        work_off()
        assert "Articles removed: 4" in text_of(admin_client.get(answer.url))
        assert not Article.objects.exists()
        assert undo not in text_of(admin_client.get(f"{IMPORTS}{batch.pk}/change/"))
        assert admin_client.post(undo).url == f"{IMPORTS}{batch.pk}/change/"

    def test_what_people_changed_is_named_before_and_stays(self, admin_client, imported):
        upload = imported()
        Article.objects.filter(headline="Day 2").update(edited_fields=["headline"])
        sentence = "“Day 2” was edited here and stays."
        assert sentence in text_of(admin_client.get(address("import_undo", upload.batch_id)))
        admin_client.post(address("import_undo", upload.batch_id))
        work_off()
        assert sentence in page_of(admin_client, upload)
        assert Article.objects.get().headline == "Day 2"

    def test_one_that_is_running_is_left_alone(self, admin_client):
        batch = ImportBatch.objects.create(paths=["a.csv"], status="running")
        assert admin_client.post(address("import_undo", batch.pk)).url == f"{IMPORTS}{batch.pk}/change/"
        assert not Upload.objects.exists()


class TestDeleting:
    def test_the_file_goes_and_what_was_imported_stays(self, admin_client, imported, settings):
        upload = imported()
        delete = address("upload_delete", upload.pk)
        assert "deleted for good" in text_of(admin_client.get(delete))
        admin_client.post(delete)
        assert not Upload.objects.exists()
        assert list(Path(settings.MEDIA_ROOT, "imports").iterdir()) == []
        assert Article.objects.count() == 4
        assert address("import_undo", upload.batch_id) in text_of(
            admin_client.get(f"{IMPORTS}{upload.batch_id}/change/")
        )

    def test_nothing_is_deleted_while_it_is_worked_on(self, admin_client):
        hand_in(admin_client)
        admin_client.post(address("upload_delete", Upload.objects.get().pk))
        assert Upload.objects.exists()


class TestWhoMay:
    def pages(self, upload, batch):
        names = ("upload", "upload_progress", "upload_report", "upload_rehearse", "upload_run", "upload_stop")
        found = [NEW, address("uploads"), address("import_undo", batch.pk), address("upload_delete", upload.pk)]
        return found + [address(name, upload.pk) for name in names] + [address("upload_download", upload.pk, "csv")]

    @pytest.fixture
    def log_in(self, client):
        def as_role(role: str):
            user = User.objects.create_user(role, is_staff=True)
            user.groups.add(Group.objects.get_or_create(name=role)[0])
            client.force_login(user)
            return user

        return as_role

    @pytest.mark.parametrize("role", ["Editor", "Contributor", "Viewer"])
    def test_others_see_no_button_and_no_page(self, client, log_in, role):
        from articles.roles import renew_roles

        renew_roles()
        batch = ImportBatch.objects.create(paths=["a.csv"], status="finished")
        upload = Upload.objects.create(name="a.csv", file="imports/x")
        log_in(role)
        for page in self.pages(upload, batch):
            for answer in (client.get(page), client.post(page, OPTIONS)):
                assert answer.status_code in (403, 405), page
        for page in (reverse("admin:index"), IMPORTS, f"{IMPORTS}{batch.pk}/change/"):
            text = text_of(client.get(page))
            assert "Import a file" not in text
            assert "Take back…" not in text

    def test_archivists_may_in_a_new_installation_and_by_renewing(self, client, log_in):
        from articles.roles import renew_roles

        renew_roles()
        log_in("Archivist")
        batch = ImportBatch.objects.create(paths=["a.csv"], status="finished")
        for page in (reverse("admin:index"), IMPORTS):
            assert "Import a file…" in text_of(client.get(page))
        assert "Take back…" in text_of(client.get(f"{IMPORTS}{batch.pk}/change/"))
        assert hand_in(client).status_code == 302

    def test_it_is_one_permission(self, client, log_in):
        user = log_in("Night shift")
        assert client.get(NEW).status_code == 403
        user.user_permissions.add(Permission.objects.get(codename="add_importbatch"))
        assert client.get(NEW).status_code == 200

    def test_nobody_else_gets_as_far_as_sending_a_file(self, client, log_in, monkeypatch):
        monkeypatch.setattr(upload_handler, "TemporaryUploadedFile", None)
        log_in("Night shift")
        assert hand_in(client).status_code == 403
        client.logout()
        assert hand_in(client).status_code == 302


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("../../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("/etc/cron.d/x", "x"),
            ("a\x00b\nc.csv", "abc.csv"),
            ("Überschwemmung 雨.csv", "Überschwemmung 雨.csv"),
            ("-", "-"),
            (EVIL.replace("/", "") + ".csv", EVIL.replace("/", "") + ".csv"),
        ],
    )
    def test_names_lead_nowhere(self, admin_client, settings, name, kept):
        content = b"title,text\nA day,It rained.\n"
        file = SimpleUploadedFile("x", content)
        file._name = name
        admin_client.post(NEW, {**OPTIONS, "file": file, "format": "articles.csv"})
        upload = Upload.objects.get()
        assert upload.name == kept
        assert Path(upload.file.path).parent == Path(settings.MEDIA_ROOT, "imports")
        work_off()
        assert "<script>" not in page_of(admin_client, upload).replace("<script src", "")
        upload.refresh_from_db()
        assert upload.counts["rehearsal"]["created"] == 1
        assert json.loads(Path(upload.report.path).read_text().splitlines()[0])["file"] == kept

    @pytest.mark.parametrize("name", ["x" * 800 + ".csv", "x." + "y" * 800, "雨" * 280 + ".csv"])
    def test_names_without_end_are_cut(self, admin_client, name):
        file = SimpleUploadedFile("x", b"title,text\nA day,It rained.\n")
        file._name = name
        answer = admin_client.post(NEW, {**OPTIONS, "file": file})
        assert answer.status_code == 302
        assert len(Upload.objects.get().name) <= 255

    def test_markup_in_a_file_stays_text_on_every_page(self, admin_client, rehearsed):
        table = f'title,text,tags,{EVIL}\n"{EVIL}","{EVIL} rain","{EVIL}",x\n{EVIL}\n'
        upload = rehearsed(table, "days.csv")
        admin_client.post(address("upload_run", upload.pk))
        work_off()
        batch = Upload.objects.get().batch_id
        pages = [address("uploads"), address("upload", upload.pk), address("upload_report", upload.pk)]
        pages += [address("import_undo", batch), f"{IMPORTS}{batch}/change/"]
        for page in pages:
            assert EVIL not in text_of(admin_client.get(page)), page

    def test_what_is_no_text_is_a_problem_with_a_way_out(self, admin_client, rehearsed):
        upload = rehearsed(bytes(range(256)) * 40, "holiday.raw")
        page = page_of(admin_client, upload)
        assert "No format recognises this file." in page
        assert "--format" not in page

    def test_a_bomb_is_named_and_does_no_harm(self, admin_client, rehearsed):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("days.txt", "w") as file:
            for _ in range(120):
                file.write(b"\0" * 1_000_000)
        page = page_of(admin_client, rehearsed(content.getvalue(), "days.zip"))
        assert "It would expand to 120,000,000 bytes, more than 250 times its size." in page

    def test_an_empty_file_is_refused(self, admin_client):
        assert "The submitted file is empty." in text_of(hand_in(admin_client, b""))


def test_query_counts_do_not_grow_with_what_was_handed_in(admin_client, rehearsed, django_assert_max_num_queries):
    upload = rehearsed()
    for number in range(30):
        Upload.objects.create(name=f"{number}.csv", file="imports/x", asked_by=upload.asked_by)
        make_article(f"Story {number}")
    with django_assert_max_num_queries(6):
        admin_client.get(address("uploads"))
    with django_assert_max_num_queries(6):
        admin_client.get(address("upload", upload.pk))


def test_the_list_of_what_was_handed_in_goes_on(admin_client):
    Upload.objects.bulk_create(Upload(name=f"{number}.csv", file="imports/x") for number in range(60))
    page = text_of(admin_client.get(address("uploads")))
    assert ">59.csv<" in page
    assert ">9.csv<" not in page
    older = page.split("?before=")[1].split('"')[0]
    page = text_of(admin_client.get(address("uploads"), {"before": older}))
    assert ">9.csv<" in page
    assert ">0.csv<" in page
