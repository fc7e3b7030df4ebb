"""Files that are handed in at the desk: rehearsed, imported, stopped, undone, as the command would do it."""

import pytest
from django.contrib.auth.models import User

from articles.models import Article, ImportBatch, Occasion
from articles.pipeline.options import ImportOptions
from articles.pipeline.reading.files import NamedFile
from articles.pipeline.run import Listeners, import_articles

from .importing import run_command, write_json_lines

pytestmark = pytest.mark.django_db
# Without an id or an address, what it says is what it is known by.
RECORDS = [{"headline": f"Day {number}", "body": f"It rained {number} times."} for number in range(4)]


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
