"""Versions of a story, copies of a text, and what the report says of each record."""

import csv
import json

import pytest

from articles.models import Article, ImportedChange, TextGroup
from articles.pipeline import run

from .factories import make_person
from .importing import failing_command, run_command, write_json_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def import_records(tmp_path):
    """import_records(record, …): what the command says of a file of these records."""

    def import_all(*records, name="a.jsonl", **options):
        return run_command("import_articles", write_json_lines(tmp_path / name, *records), **options)

    return import_all


def headlines():
    return sorted(Article.objects.values_list("headline", flat=True))


class TestVersions:
    def test_a_later_version_replaces_an_earlier_one_and_never_the_other_way(self, import_records):
        import_records({"external_id": "1", "headline": "Second", "version": 2})
        said = import_records({"external_id": "1", "headline": "First", "version": 1})
        assert "1 were older versions of others and were left out." in said
        assert headlines() == ["Second"]
        assert "1 updated" in import_records({"external_id": "1", "headline": "Third", "version": 3})
        assert (headlines(), Article.objects.get().version) == (["Third"], 3)

    @pytest.mark.parametrize("size", [1, 500])
    def test_the_order_in_the_file_does_not_matter(self, import_records, monkeypatch, size):
        monkeypatch.setattr(run, "BATCH", size)
        import_records(
            *({"external_id": "1", "headline": f"Version {number}", "version": number} for number in (2, 3, 1))
        )
        assert headlines() == ["Version 3"]

    def test_the_same_version_with_another_text_is_an_update(self, import_records):
        import_records({"external_id": "1", "headline": "Old", "version": 2})
        assert "1 updated" in import_records({"external_id": "1", "headline": "New", "version": 2})


class TestConflicts:
    RECORD = {"external_id": "1", "headline": "Wire", "byline": "By Bo"}

    @pytest.fixture(autouse=True)
    def edited(self, import_records):
        import_records(self.RECORD)
        Article.objects.update(headline="By hand", edited_fields=["headline"])

    def test_an_edited_field_is_kept(self, import_records):
        said = import_records(self.RECORD | {"headline": "Wire again"})
        assert "1 fields were edited here since and were kept." in said
        assert headlines() == ["By hand"]

    def test_an_edited_field_can_be_overwritten(self, import_records):
        import_records(self.RECORD | {"headline": "Wire again"}, on_conflict="update")
        article = Article.objects.get()
        assert (article.headline, article.edited_fields) == ("Wire again", [])
        change = ImportedChange.objects.get()
        assert change.fields["headline"] == ["By hand", "Wire again"]
        assert change.fields["edited_fields"] == [["headline"], []]


class TestCopies:
    def test_the_same_text_under_another_id_is_kept_and_grouped(self, import_records):
        import_records({"external_id": "1", "headline": "One", "body": "The same text."})
        said = import_records({"external_id": "2", "headline": "Two", "body": "The same\ntext."})
        assert "1 have a text that the archive had already; they are grouped with it." in said
        assert TextGroup.objects.get().articles.count() == 2
        import_records({"external_id": "3", "headline": "Three", "body": "The same text."})
        assert TextGroup.objects.get().articles.count() == 3

    def test_copies_can_be_left_out(self, import_records):
        records = [{"external_id": str(number), "headline": f"No. {number}", "body": "Same."} for number in range(3)]
        said = import_records(*records, skip_duplicates=True)
        assert "2 have a text that the archive has and were left out." in said
        assert headlines() == ["No. 0"]

    def test_the_same_text_in_two_files_without_ids_is_two_articles_again_and_again(self, tmp_path):
        for name in ("a.txt", "b.txt", "c.txt"):
            path = tmp_path / "files" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("A headline\n\nThe same text in every file, word for word.\n")
        assert "3 created" in run_command("import_articles", tmp_path / "files")
        assert TextGroup.objects.get().articles.count() == 3
        assert "0 created, 0 updated, 3 unchanged" in run_command("import_articles", tmp_path / "files")

    def test_other_texts_are_in_no_group(self, import_records):
        import_records({"headline": "One", "body": "A text."}, {"headline": "Two", "body": "Another text."})
        assert not TextGroup.objects.exists()


class TestReport:
    RECORD = {"external_id": "1", "headline": "Old", "byline": "By Bo"}

    def test_a_line_for_each_record_and_change_as_csv(self, import_records, tmp_path):
        import_records(self.RECORD)
        path = tmp_path / "report.csv"
        changed = self.RECORD | {"headline": "=New", "byline": ""}
        import_records(changed, {"headline": "Two"}, report=str(path))
        with path.open() as file:
            rows = [
                (row["line"], row["action"], row["field"], row["before"], row["after"]) for row in csv.DictReader(file)
            ]
        assert rows == [
            ("2", "created", "", "", ""),
            ("1", "updated", "headline", "Old", "'=New"),
            ("1", "updated", "byline", "By Bo", ""),
        ]

    def test_a_rehearsal_reports_the_same_as_json_lines(self, import_records, tmp_path):
        import_records(self.RECORD)
        Article.objects.update(byline="By hand", edited_fields=["byline"])
        reports = []
        for name, dry_run in (("one.jsonl", True), ("two.jsonl", False)):
            path = tmp_path / name
            import_records(self.RECORD | {"headline": "New"}, report=str(path), dry_run=dry_run)
            reports.append([json.loads(line) for line in path.read_text().splitlines()])
        assert reports[0] == reports[1]
        assert [(row["action"], row["field"], row["before"], row["after"]) for row in reports[0]] == [
            ("updated", "headline", "Old", "New"),
            ("kept", "byline", "By hand", "By Bo"),
        ]

    def test_rejected_records_are_in_it_with_the_reason(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"headline": "One"}\noops\n')
        report = tmp_path / "report.jsonl"
        failing_command("import_articles", path, report=str(report))
        rejected = json.loads(report.read_text().splitlines()[0])
        assert (rejected["action"], rejected["line"]) == ("rejected", 2)
        assert "not valid JSON" in rejected["reason"]

    def test_a_report_that_cannot_be_written_stops_before_anything_is(self, import_records, tmp_path):
        path = write_json_lines(tmp_path / "a.jsonl", self.RECORD)
        _, error = failing_command("import_articles", path, report=str(tmp_path / "nowhere" / "report.csv"))
        assert "cannot be written" in error
        assert not Article.objects.exists()


class TestRehearsal:
    def test_it_foresees_copies_repeated_records_and_new_names(self, import_records, monkeypatch):
        monkeypatch.setattr(run, "BATCH", 1)
        make_person("Ada Moreau")
        records = [
            {"external_id": "1", "headline": "Ada Moreau", "body": "Same.", "topics": ["rail"]},
            {"external_id": "1", "headline": "Ada Moreau", "body": "Same.", "topics": ["rail"]},
            {"external_id": "2", "headline": "Other", "body": "Same.", "topics": ["rail", "road"]},
            {"external_id": "1", "headline": "Changed", "body": "Same."},
        ]
        rehearsed = import_records(*records, dry_run=True)
        real = import_records(*records)
        for sentence in (
            "2 created, 1 updated, 1 unchanged, 0 rejected;",
            "1 have a text that the archive had already; they are grouped with it.",
            "2 people, places or topics that the source names are new.",
        ):
            assert sentence in rehearsed
            assert sentence in real
        assert "    headline: Ada Moreau → Changed" not in real
