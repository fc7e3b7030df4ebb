"""Files that are handed in at the desk: rehearsed, imported, stopped, undone, as the command would do it."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.utils import timezone

from articles.editing import upload_watch
from articles.editing.undo_preview import preview_undo
from articles.editing.upload_options import InvalidFields, read_fields
from articles.editing.upload_report import read_page, report_as_csv
from articles.editing.upload_states import (
    State,
    UploadRefused,
    ask,
    begin,
    is_busy,
    is_interrupted,
    label_of_state,
    stop,
)
from articles.editing.upload_tasks import rehearse_upload, run_upload, undo_upload
from articles.models import Article, ImportBatch, Occasion, Person, Place, Topic, Upload
from articles.pipeline.options import ImportOptions
from articles.pipeline.reading.files import NamedFile
from articles.pipeline.run import Listeners, import_articles

from .importing import run_command, write_json_lines
from .uploading import LINES, RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads_of_its_own", "started")]


@pytest.fixture
def handed_in(user):
    """handed_in(content, name): what the desk keeps of a file."""

    def hand_in(content: str | bytes = LINES, name="days.jsonl", **options) -> Upload:
        file = ContentFile(content.encode() if isinstance(content, str) else content, name)
        return Upload.objects.create(file=file, name=name, size=file.size, options=options, asked_by=user)

    return hand_in


def do(task, upload, user, state) -> Upload:
    """Ask for it, and do it here and now."""
    ask(upload.pk, state, task, user)
    task.call(upload.pk)
    return fresh(upload)


def fresh(upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def rehearse(upload) -> Upload:
    return do(rehearse_upload, upload, upload.asked_by, State.REHEARSING)


def run(upload) -> Upload:
    return do(run_upload, upload, upload.asked_by, State.RUNNING)


def undo(upload) -> Upload:
    return do(undo_upload, upload, upload.asked_by, State.UNDOING)


@pytest.fixture
def user():
    return User.objects.create_superuser("ada")


class TestNamedFiles:
    def test_messages_and_formats_know_the_name_that_people_gave(self, tmp_path):
        stored = tmp_path / "6f1e"
        stored.write_text("title;text\nA day;It rained.\nbroken\n")
        heard = []
        file = NamedFile(stored, "my table.csv")
        import_articles([file], ImportOptions(), Listeners(problem=heard.append, note=heard.append))
        assert {item.position.file for item in heard} == {"my table.csv"}
        assert ImportBatch.objects.get().paths == ["my table.csv"]
        assert Article.objects.get().headline == "A day"

    def test_a_file_is_known_again_whatever_name_it_is_kept_under(self, tmp_path):
        path = write_json_lines(tmp_path / "days.jsonl", *RECORDS, RECORDS[0])
        run_command("import_articles", path)
        report = import_articles([NamedFile(path.rename(tmp_path / "6f1e"), "days.jsonl")], ImportOptions())
        assert (report.actions["unchanged"], Article.objects.count()) == (5, 4)

    def test_how_far_it_was_read_is_known(self, tmp_path):
        path = write_json_lines(tmp_path / "6f1e", *RECORDS)
        file = NamedFile(path, "days.jsonl")
        assert file.bytes_read == 0
        seen = []
        import_articles([file], ImportOptions(), Listeners(progress=lambda records: seen.append(file.bytes_read)))
        assert seen == [path.stat().st_size]

    def test_the_history_says_who_imported(self, tmp_path, user):
        path = write_json_lines(tmp_path / "days.jsonl", RECORDS[0])
        import_articles([str(path)], ImportOptions())
        write_json_lines(path, {**RECORDS[0], "summary": "Wet."})
        import_articles([str(path)], ImportOptions(), user=user)
        assert [(done.what, done.user) for done in Occasion.objects.all()] == [
            (f"Import {ImportBatch.objects.first().pk}", user)
        ]


class TestRehearsal:
    def test_it_says_what_would_come_of_it_and_writes_nothing(self, handed_in):
        upload = rehearse(handed_in())
        assert (upload.state, upload.counts["rehearsal"]["created"]) == (State.REHEARSED, 4)
        assert upload.counts["rehearsal"]["records"] == 4
        assert not Article.objects.exists()
        assert not ImportBatch.objects.exists()

    def test_its_report_shows_each_change_from_what_to_what(self, handed_in):
        run(handed_in('{"external_id": "1", "source": "Wire", "headline": "Rain", "summary": "Wet."}'))
        upload = rehearse(handed_in('{"external_id": "1", "source": "Wire", "headline": "Hail", "summary": "Wet."}'))
        page = read_page(Path(upload.report.path))
        [record] = page.records
        assert (record.place, record.action, page.next_offset) == ("days.jsonl:1", "updated", None)
        assert [(each.name, each.before, each.after) for each in record.changes] == [("headline", "Rain", "Hail")]

    def test_problems_and_what_was_guessed_are_kept_with_their_place(self, handed_in):
        upload = rehearse(handed_in("title,text,mood\nA day,It rained.,wet\nbroken\n", "days.csv"))
        found = upload.counts["rehearsal"]
        assert (found["created"], found["rejected"]) == (1, 1)
        assert found["problems"][0][:2] == ["days.csv:3", "The row has 1 cells, not 3."]
        assert "“title” is read as headline" in found["notes_kept"][0][1]
        assert upload.counts["columns"] == {
            "names": ["title", "text", "mood"],
            "guessed": {"headline": "title", "body": "text"},
        }

    @pytest.mark.parametrize(
        ("what", "model"), [("person", Person), ("place", Place), ("topic", Topic)], ids=lambda each: str(each)
    )
    def test_people_places_and_topics_are_rehearsed_and_imported_too(self, handed_in, what, model):
        upload = rehearse(handed_in("name,description\nRain,wet\nHail,hard\n", "names.csv", what=what))
        assert (upload.state, upload.counts["rehearsal"]["created"]) == (State.REHEARSED, 2)
        assert not model.objects.exists()
        assert not ImportBatch.objects.exists()
        upload = run(upload)
        assert (upload.state, upload.batch.kind, model.objects.count()) == (State.FINISHED, what, 2)
        upload = undo(upload)
        assert (upload.state, model.objects.exists()) == (State.UNDONE, False)

    def test_a_second_rehearsal_replaces_the_report_of_the_first(self, handed_in):
        upload = rehearse(handed_in())
        first = Path(upload.report.path)
        upload = rehearse(upload)
        assert not first.exists()
        assert Path(upload.report.path).exists()


class TestReport:
    def rows(self, upload, **options):
        return read_page(Path(upload.report.path), **options)

    def test_it_is_read_page_by_page(self, handed_in):
        records = "".join(json.dumps({"headline": f"Day {number}"}) + "\n" for number in range(120))
        upload = rehearse(handed_in(records))
        headlines, offset, pages = [], 0, 0
        while offset is not None:
            page = self.rows(upload, offset=offset)
            headlines += [record.headline for record in page.records]
            offset, pages = page.next_offset, pages + 1
        assert (len(headlines), len(set(headlines)), pages) == (120, 120, 3)

    def test_it_is_narrowed_to_what_became_of_the_records(self, handed_in):
        run(handed_in('{"external_id": "1", "source": "Wire", "headline": "Rain"}'))
        edited = Article.objects.get()
        edited.headline, edited.edited_fields = "Downpour", ["headline"]
        edited.save()
        lines = ['{"external_id": "1", "source": "Wire", "headline": "Hail"}', '{"headline": "New"}', "broken"]
        upload = rehearse(handed_in("\n".join(lines)))
        for action, headlines in [("created", ["New"]), ("rejected", [""]), ("kept", ["Hail"]), ("updated", ["Hail"])]:
            assert [record.headline for record in self.rows(upload, action=action).records] == headlines
        [kept] = self.rows(upload, action="kept").records[0].changes
        assert (kept.before, kept.after, kept.is_kept) == ("Downpour", "Hail", True)

    @pytest.mark.parametrize("offset", [0, 1, 50, 10_000_000])
    def test_an_offset_that_somebody_made_up_gives_whole_records(self, handed_in, offset):
        assert len(self.rows(rehearse(handed_in()), offset=offset).records) <= 4

    def test_it_stops_reading_where_little_is_found(self, handed_in, monkeypatch):
        from articles.editing import upload_report

        monkeypatch.setattr(upload_report, "MOST_BYTES", 200)
        page = self.rows(rehearse(handed_in()), action="updated")
        assert page.records == []
        assert page.next_offset

    def test_lines_that_are_cut_off_or_endless_are_passed_over(self, tmp_path):
        path = tmp_path / "report"
        line = {"file": "a", "line": 1, "action": "created", "headline": "Rain", "slug": ""}
        long = {**line, "headline": "x" * 1_200_000}
        text = "\n".join(json.dumps(each) for each in (line, long, {**line, "headline": "Hail"}))
        path.write_text(text + '\n{"file": "a", "li')
        assert [record.headline for record in read_page(path).records] == ["Rain", "Hail"]
        assert len(list(report_as_csv(path))) == 4

    def test_no_spreadsheet_takes_a_headline_for_a_formula(self, handed_in):
        upload = rehearse(handed_in('{"headline": "=1+1"}'))
        assert "'=1+1" in "".join(report_as_csv(Path(upload.report.path)))

    def test_of_long_texts_what_is_around_the_difference_is_compared(self, handed_in):
        body = "It rained. " * 5_000
        for text in (body, body + "It stopped."):
            last = handed_in(json.dumps({"external_id": "1", "source": "Wire", "headline": "Rain", "body": text}))
            last = rehearse(last) if Article.objects.exists() else run(last)
        [change] = self.rows(last).records[0].changes
        assert [part.text.strip() for part in change.parts if part.kind == "added"] == ["It stopped."]
        assert sum(len(part.text) for part in change.parts) < 2_000


class TestImport:
    def test_it_does_what_the_command_does(self, handed_in, tmp_path):
        run_command("import_articles", write_json_lines(tmp_path / "days.jsonl", *RECORDS, RECORDS[0]))
        names = ("headline", "body", "slug", "import_key", "import_digest", "fingerprint", "published_on", "status")
        by_command = list(Article.objects.order_by("import_key").values(*names))
        run_command("undo_import", ImportBatch.objects.get().pk)
        content = (tmp_path / "days.jsonl").read_text()
        upload = run(rehearse(handed_in(content)))
        assert list(Article.objects.order_by("import_key").values(*names)) == by_command
        assert (upload.state, upload.batch.created, upload.batch.paths) == (State.FINISHED, 4, ["days.jsonl"])

    def test_what_the_command_imported_is_not_imported_twice(self, handed_in, tmp_path):
        run_command("import_articles", write_json_lines(tmp_path / "days.jsonl", *RECORDS))
        upload = run(handed_in())
        assert (upload.batch.created, upload.batch.unchanged) == (0, 4)

    def test_options_are_those_of_the_command(self, handed_in):
        options = {"source": "The Wire", "fields": {"headline": "mood"}, "format": "csv", "unknown_subjects": "ignore"}
        run(handed_in("title,mood,tags\nA day,wet,rain\n", "days.txt", **options))
        article = Article.objects.get()
        assert (article.headline, article.source.name) == ("wet", "The Wire")
        assert not Topic.objects.exists()

    def test_the_history_says_whose_import_it_was(self, handed_in, user):
        first = '{"external_id": "1", "source": "Wire", "headline": "Rain"}'
        run(handed_in(first))
        run(handed_in(first.replace("Rain", "Hail")))
        assert {done.user for done in Occasion.objects.all()} == {user}

    def test_one_that_breaks_off_says_so_and_can_be_given_again(self, handed_in, monkeypatch):
        from articles.editing import upload_tasks

        def break_off(*args):
            raise DatabaseError("disk full")

        upload = handed_in()
        monkeypatch.setattr(upload_tasks, "import_articles", break_off)
        upload = run(upload)
        assert (upload.state, upload.said) == (State.FAILED, "It broke off: disk full")
        monkeypatch.undo()
        assert run(upload).state == State.FINISHED

    def test_a_fault_of_the_program_leaves_no_upload_that_seems_to_run(self, handed_in, monkeypatch):
        from articles.editing import upload_tasks

        monkeypatch.setattr(upload_tasks, "import_articles", lambda *args: 1 / 0)
        upload = handed_in()
        with pytest.raises(ZeroDivisionError):
            run(upload)
        assert fresh(upload).state == State.FAILED


class TestOneAtATime:
    def test_what_is_asked_meanwhile_is_refused(self, handed_in, user, started):
        upload = ask(handed_in().pk, State.REHEARSING, rehearse_upload, user)
        assert is_busy(upload)
        assert label_of_state(upload) == "Waiting for its turn"
        with pytest.raises(UploadRefused, match="already"):
            ask(upload.pk, State.RUNNING, run_upload, user)

    def test_a_task_that_is_not_wanted_any_more_does_nothing(self, handed_in, user):
        upload = ask(handed_in().pk, State.RUNNING, run_upload, user)
        stop(upload)
        run_upload.call(upload.pk)
        assert (fresh(upload).state, label_of_state(fresh(upload))) == (State.FAILED, "Stopped")
        assert not ImportBatch.objects.exists()

    def test_two_processes_do_not_do_the_same_work(self, handed_in, user):
        upload = ask(handed_in().pk, State.RUNNING, run_upload, user)
        assert begin(upload.pk, State.RUNNING)
        assert begin(upload.pk, State.RUNNING) is None

    def test_work_whose_process_was_killed_is_interrupted_and_can_be_asked_again(self, handed_in, user):
        upload = ask(handed_in().pk, State.RUNNING, run_upload, user)
        begin(upload.pk, State.RUNNING)
        assert is_busy(fresh(upload))
        Upload.objects.update(active_at=timezone.now() - timezone.timedelta(minutes=3))
        upload = fresh(upload)
        assert is_interrupted(upload)
        assert label_of_state(upload) == "Interrupted"
        assert run(upload).state == State.FINISHED
        assert Article.objects.count() == 4

    def test_work_that_waits_long_for_its_turn_is_not_interrupted(self, handed_in, user):
        upload = ask(handed_in().pk, State.RUNNING, run_upload, user)
        Upload.objects.update(active_at=timezone.now() - timezone.timedelta(hours=3))
        assert is_busy(fresh(upload))


class TestStopping:
    @pytest.fixture(autouse=True)
    def telling_always(self, monkeypatch):
        monkeypatch.setattr(upload_watch, "EVERY", 0)

    @pytest.fixture
    def small_portions(self, monkeypatch):
        from articles.pipeline import run as pipeline
        from articles.pipeline.subjects import run as subjects

        monkeypatch.setattr(pipeline, "BATCH", 2)
        monkeypatch.setattr(subjects, "PART", 2)

    def stopped_after_a_portion(self, monkeypatch, work, upload) -> Upload:
        tell = upload_watch.Watch.tell

        def press_stop_and_tell(watch):
            upload_watch.ask_to_stop(watch._upload)
            tell(watch)

        with monkeypatch.context() as patch:
            patch.setattr(upload_watch.Watch, "tell", press_stop_and_tell)
            return work(upload)

    def test_what_is_in_stays_in_and_the_rest_comes_with_the_next_run(self, handed_in, monkeypatch, small_portions):
        upload = self.stopped_after_a_portion(monkeypatch, run, handed_in())
        assert (upload.state, label_of_state(upload), Article.objects.count()) == (State.FAILED, "Stopped", 2)
        assert ImportBatch.objects.get().status == ImportBatch.Status.INTERRUPTED
        upload = run(upload)
        assert (upload.state, Article.objects.count()) == (State.FINISHED, 4)
        assert upload.counts["batches"] == list(ImportBatch.objects.order_by("pk").values_list("pk", flat=True))

    def test_a_rehearsal_that_is_stopped_shows_what_it_has_found(self, handed_in, monkeypatch, small_portions):
        upload = self.stopped_after_a_portion(monkeypatch, rehearse, handed_in())
        found = upload.counts["rehearsal"]
        assert (upload.state, found["created"], found["is_partial"]) == (State.UPLOADED, 2, True)
        assert label_of_state(upload) == "Stopped"

    def test_a_rehearsal_in_one_transaction_can_be_stopped_too(self, handed_in, monkeypatch, small_portions):
        upload = handed_in("name\nRain\nHail\nSnow\n", "topics.csv", what="topic")
        upload = self.stopped_after_a_portion(monkeypatch, rehearse, upload)
        assert (upload.state, upload.counts["rehearsal"]["created"]) == (State.UPLOADED, 2)
        assert list(Path(upload.file.path).parent.glob("*.stop")) == []
        assert rehearse(upload).counts["rehearsal"]["created"] == 3

    def test_how_far_it_is_can_be_seen_while_it_goes_on(self, handed_in, monkeypatch, small_portions):
        upload, seen = handed_in(), []
        tell = upload_watch.Watch.tell

        def tell_and_look(watch):
            tell(watch)
            row = fresh(upload)
            seen.append((row.state, row.done, row.total))

        monkeypatch.setattr(upload_watch.Watch, "tell", tell_and_look)
        run(rehearse(upload))
        assert seen[:2] == [("rehearsing", 2, 2), ("rehearsing", 4, 4)]
        assert seen[2:] == [("running", 2, 4), ("running", 4, 4)]

    def test_one_transaction_tells_by_a_file_how_far_it_is(self, handed_in, user):
        upload = handed_in("name\nRain\n", "topics.csv", what="topic")
        upload = begin(ask(upload.pk, State.REHEARSING, rehearse_upload, user).pk, State.REHEARSING)
        upload_watch.Watch(upload, lambda done: 7)(3)
        Upload.objects.update(active_at=timezone.now() - timezone.timedelta(minutes=3))
        upload = fresh(upload)
        assert is_busy(upload)
        assert (upload.done, upload.total) == (3, 7)


class TestUndo:
    def test_what_the_import_did_is_taken_back_in_the_name_of_who_asked(self, handed_in, user):
        upload = undo(run(handed_in()))
        assert (upload.state, upload.batch.status) == (State.UNDONE, ImportBatch.Status.UNDONE)
        assert not Article.objects.exists()
        assert upload.counts["undo"]["removed"] == 4
        assert Occasion.objects.filter(what__contains="taken back").get().user == user
        assert run(upload).batch.created == 4

    def test_what_people_changed_stays_and_is_named_before_and_after(self, handed_in):
        upload = run(handed_in())
        article = Article.objects.order_by("pk").first()
        article.edited_fields = ["headline"]
        article.save()
        preview = preview_undo(upload.batch)
        sentence = f"“{article}” was edited here and stays."
        assert (preview.articles.number, preview.stay, preview.is_whole) == (4, [sentence], True)
        assert undo(upload).counts["undo"]["left"] == [sentence]
        assert Article.objects.get() == article

    def test_an_import_that_is_taken_back_already_is_refused_with_the_reason(self, handed_in):
        upload = run(handed_in())
        run_command("undo_import", upload.batch.pk)
        upload = undo(upload)
        assert (upload.state, upload.said) == (State.FAILED, f"Import {upload.batch.pk} was taken back already.")


class TestFields:
    def test_lines_are_read_as_the_command_reads_its_arguments(self):
        lines = "headline=title\n\n published_on = date:%d/%m/%Y \nsource==Wire"
        expected = {"headline": "title", "published_on": "date:%d/%m/%Y", "source": "=Wire"}
        assert read_fields(lines, "articles") == expected

    @pytest.mark.parametrize(
        ("line", "said"), [("title", "Line 1 should look like"), ("mood=title", "there is no field “mood”")]
    )
    def test_lines_that_make_no_sense_are_named(self, line, said):
        with pytest.raises(InvalidFields, match=said):
            read_fields(line, "articles")

    def test_people_have_fields_of_their_own(self):
        assert read_fields("given_name=first", "person") == {"given_name": "first"}
