"""The import command, from files to what is in the archive and what it says about it."""

import datetime
import io
import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, ImportBatch, Link, PersonLink, Place, Source
from articles.pipeline import run
from articles.pipeline.reading import files as read
from articles.pipeline.storing import store, store_links
from articles.search import ArticleQuery, FacetChoice, pending_changes, search
from articles.search.files import index_folder

from .factories import link, make_article, make_person, make_place, make_topic
from .meanwhile import act_before, locks_rows_of

pytestmark = pytest.mark.django_db

SEEDS = Path(django_settings.BASE_DIR).parent / "shared" / "seeds"

HOME_MADE = """ date 2024-03-21 Tension over Rafah grew in the Gaza Strip, Israel said. Ada Moreau disagreed.

What Comes Next

Moreau's talks go on in Riverton.

Advertisment

The End Is Open

Nobody knows.

 date 2024-03-19 The U.S. and Israel – Moreau is not named in full here.
"""


def import_files(*paths, **options):
    """What the command says. A CommandError goes through."""
    output = io.StringIO()
    call_command("import_articles", *map(str, paths), stdout=output, stderr=output, **options)
    return output.getvalue()


def failing_import(*paths, **options):
    """What the command says before it ends with an error, and the error."""
    output = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_articles", *map(str, paths), stdout=output, stderr=output, **options)
    return output.getvalue(), str(error.value)


@pytest.fixture
def write(tmp_path):
    """write(name, content): a file of bytes, text, or JSON lines from dictionaries."""

    def write_file(name, *content):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(line) if isinstance(line, dict) else line for line in content]
        path.write_bytes(lines[0] if isinstance(lines[0], bytes) else "\n".join(lines).encode())
        return path

    return write_file


def rows_of_all_tables():
    return {model._meta.label: model.objects.count() for model in apps.get_models(include_auto_created=True)}


def links_of(article):
    """{name: (origin, status)} of everything that the article is linked to."""
    return {
        row.subject.name: (row.origin, row.status)
        for kind in ("person_links", "place_links", "topic_links")
        for row in getattr(article, kind).all()
    }


def headlines():
    return sorted(Article.objects.values_list("headline", flat=True))


def make_known_subjects():
    """Those whom the seeds name."""
    middle_east = make_place("Middle East")
    strip = make_place("Gaza Strip", aliases=["Gaza"], parent=middle_east)
    make_place("Rafah", parent=strip)
    make_place("Israel", parent=middle_east)
    make_place("Egypt")
    make_place("Washington")
    make_place("United States", aliases=["U.S.", "US"])
    make_person("Benjamin Netanyahu")
    make_person("Joe Biden")
    make_person("Sean Spicer")


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"The two seed articles are not in {SEEDS}.")
class TestSeeds:
    @pytest.fixture(autouse=True)
    def imported(self):
        make_known_subjects()
        assert "2 created, 0 updated, 0 unchanged, 0 rejected" in import_files(SEEDS)
        self.first, self.second = Article.objects.order_by("-published_on")

    def test_both_have_their_date_headings_and_lead(self):
        assert self.first.published_on == datetime.date(2024, 3, 21)
        assert self.second.published_on == datetime.date(2024, 3, 19)
        assert [line for line in self.first.body.split("\n\n") if line.startswith("## ")] == [
            "## Strategic Importance of Rafah",
            "## Diplomatic Stalemate and Humanitarian Concerns",
            "## Global Response and the Path Forward",
        ]
        assert [line for line in self.second.body.split("\n\n") if line.startswith("## ")] == [
            "## Escalating Conflict and Diplomatic Strain",
            "## U.S.-Israel Relations at a Crossroads",
            "## The Broader Implications",
        ]
        assert self.first.summary.startswith("Amid the escalating conflict in the Gaza Strip")
        assert self.first.headline_is_derived

    def test_no_advertising_is_left(self):
        assert not [article for article in (self.first, self.second) if "dvertis" in article.body]

    def test_the_people_and_places_of_each_are_found(self):
        accepted = ("match", "accepted")
        in_both = {"Benjamin Netanyahu", "Rafah", "Gaza Strip", "Israel", "United States"}
        assert links_of(self.first) == dict.fromkeys(in_both | {"Egypt", "Washington"}, accepted)
        assert links_of(self.second) == dict.fromkeys(in_both | {"Joe Biden", "Sean Spicer"}, accepted)

    def test_a_surname_and_a_possessive_count_as_mentions(self):
        assert self.second.person_links.get(subject__name="Benjamin Netanyahu").mentions == 7
        assert self.second.person_links.get(subject__name="Joe Biden").mentions == 5

    def test_importing_them_again_changes_nothing(self):
        before = list(Article.objects.values())
        said = import_files(SEEDS)
        assert "0 created, 0 updated, 2 unchanged, 0 rejected; 0 links made." in said
        assert "Nothing has changed." in said
        assert list(Article.objects.values()) == before


class TestHomeMadeText:
    """The same as the seeds, with a file that is always there."""

    @pytest.fixture(autouse=True)
    def imported(self, write):
        make_known_subjects()
        make_person("Ada Moreau")
        make_place("Riverton")
        self.path = write("news.txt", HOME_MADE)
        self.said = import_files(self.path)
        self.first, self.second = Article.objects.order_by("-published_on")

    def test_both_articles_are_there(self):
        assert "2 created, 0 updated, 0 unchanged, 0 rejected; 7 links made." in self.said
        assert self.first.published_on == datetime.date(2024, 3, 21)
        assert self.first.headline == "Tension over Rafah grew in the Gaza Strip, Israel said"
        assert self.first.body.split("\n\n")[1:] == [
            "## What Comes Next",
            "Moreau's talks go on in Riverton.",
            "## The End Is Open",
            "Nobody knows.",
        ]
        assert self.second.published_on == datetime.date(2024, 3, 19)

    def test_they_are_linked_to_those_they_name(self):
        assert links_of(self.first).keys() == {"Rafah", "Gaza Strip", "Israel", "Ada Moreau", "Riverton"}
        assert links_of(self.second).keys() == {"United States", "Israel"}
        assert self.first.person_links.get().mentions == 2

    def test_they_are_found_at_once_by_words_and_by_the_place_above(self):
        assert search(ArticleQuery(words="tension")).ids == [self.first.pk]
        assert search(ArticleQuery(words="riverton moreau")).total == 1
        above = Place.objects.get(name="Middle East")
        choice = FacetChoice((above.pk,))
        assert search(ArticleQuery().with_choice("places", choice)).ids == [self.first.pk, self.second.pk]

    def test_importing_again_changes_nothing(self):
        before = list(Article.objects.values())
        assert "0 created, 0 updated, 2 unchanged" in import_files(self.path)
        assert list(Article.objects.values()) == before


class TestReport:
    def test_the_batch_keeps_what_was_done(self, write):
        path = write("a.jsonl", {"headline": "One"}, {"headline": "Two"})
        import_files(path, source="The Daily Test")
        batch = ImportBatch.objects.get()
        assert (batch.created, batch.rejected, batch.status) == (2, 0, "finished")
        assert (batch.paths, batch.source_name) == ([str(path)], "The Daily Test")
        assert batch.finished_at
        assert batch.articles.count() == 2

    def test_problems_are_told_stored_and_end_with_an_error(self, write):
        path = write("a.jsonl", {"headline": "One"}, "oops", {"url": "x"}, {"headline": "Two"})
        said, error = failing_import(path)
        assert f"{path}:2: The line is not valid JSON" in said
        assert f"{path}:3: The fields 'headline' and 'body' are both missing. Give at least one of them." in said
        assert "2 created, 0 updated, 0 unchanged, 2 rejected" in said
        assert error == "2 could not be read; each is named above. The rest is in."
        assert headlines() == ["One", "Two"]
        batch = ImportBatch.objects.get()
        assert (batch.rejected, batch.status) == (2, "finished")
        problems = list(batch.problems.all())
        assert [(problem.file, problem.line) for problem in problems] == [(str(path), 2), (str(path), 3)]
        assert problems[1].advice == "Give at least one of them."

    def test_unknown_tags_are_counted(self, write):
        make_person("Ada Moreau")
        said = import_files(
            write("a.jsonl", {"headline": "One", "people": ["Ada Moreau", "Bo Li"], "topics": ["x"]}),
            unknown_subjects="ignore",
        )
        assert "2 tags of the source name nobody and nothing that the archive knows." in said

    def test_an_import_that_fails_in_the_middle_is_marked_as_interrupted(self, write, monkeypatch):
        monkeypatch.setattr(run, "BATCH", 2)
        real, calls = run.Store.write, []

        def fail_the_second_time(*args):
            calls.append(args)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*args)

        monkeypatch.setattr(run.Store, "write", fail_the_second_time)
        path = write("a.jsonl", *({"headline": f"Day {number}"} for number in range(5)))
        with pytest.raises(KeyboardInterrupt):
            import_files(path)
        batch = ImportBatch.objects.get()
        assert (batch.status, batch.created) == ("interrupted", 2)
        monkeypatch.undo()
        assert "3 created, 0 updated, 2 unchanged" in import_files(path)

    def test_a_batch_that_cannot_be_stored_leaves_nothing_behind(self, write, monkeypatch):
        make_person("Ada Moreau")

        def fail(*args):
            raise RuntimeError

        monkeypatch.setattr("articles.pipeline.storing.store.add_links", fail)
        with pytest.raises(RuntimeError):
            import_files(write("a.jsonl", {"headline": "Ada Moreau", "source": "The Daily Test"}))
        assert not Article.objects.exists()
        assert not Source.objects.exists()


class TestRepeating:
    def test_a_changed_record_is_found_by_its_id(self, write):
        old = {"external_id": 7, "source": "Test", "headline": "Old", "body": "Text.", "byline": "By Bo"}
        import_files(write("a.jsonl", old))
        article = Article.objects.get()
        said = import_files(write("a.jsonl", old | {"headline": "New", "published_on": "2024-03-21"}))
        assert "0 created, 1 updated, 0 unchanged" in said
        changed = Article.objects.get()
        assert (changed.pk, changed.slug) == (article.pk, article.slug)
        assert (changed.headline, changed.body, changed.byline) == ("New", "Text.", "By Bo")
        assert changed.published_on == datetime.date(2024, 3, 21)

    def test_a_changed_record_is_found_by_its_address(self, write):
        import_files(write("a.jsonl", {"url": "https://example.org/1", "headline": "Old"}))
        assert "1 updated" in import_files(write("b.jsonl", {"url": "https://example.org/1", "headline": "New"}))
        assert headlines() == ["New"]

    def test_the_same_id_at_two_sources_is_two_articles(self, write):
        path = write("a.jsonl", {"external_id": 1, "headline": "One"})
        import_files(path, source="North")
        assert "1 created" in import_files(path, source="South")
        assert sorted(Article.objects.values_list("source__name", flat=True)) == ["North", "South"]

    def test_what_an_editor_changed_is_kept_and_said(self, write):
        record = {"external_id": 1, "headline": "From the wire", "body": "Old."}
        import_files(write("a.jsonl", record))
        Article.objects.update(headline="By hand", edited_fields=["headline"])
        said = import_files(write("a.jsonl", record | {"headline": "Wire again", "body": "New."}))
        assert "1 fields were edited here since and were kept." in said
        article = Article.objects.get()
        assert (article.headline, article.body) == ("By hand", "New.")

    def test_a_withdrawn_article_stays_withdrawn(self, write):
        import_files(write("a.jsonl", {"external_id": 1, "headline": "Old"}))
        Article.objects.update(status="withdrawn")
        import_files(write("a.jsonl", {"external_id": 1, "headline": "New"}))
        assert Article.objects.get().status == "withdrawn"

    def test_the_same_record_twice_in_a_file_is_one_article(self, write):
        path = write("a.jsonl", {"headline": "One", "body": "Text."}, {"headline": "One", "body": "Text."})
        assert "1 created, 0 updated, 1 unchanged" in import_files(path)
        assert "0 created, 0 updated, 2 unchanged" in import_files(path)

    def test_of_two_versions_in_a_file_the_last_one_counts(self, write):
        path = write("a.jsonl", {"external_id": 1, "headline": "First"}, {"external_id": 1, "headline": "Second"})
        import_files(path)
        assert headlines() == ["Second"]
        again = import_files(path)
        assert "0 created, 0 updated, 1 unchanged" in again
        assert "1 were older versions of others and were left out." in again

    def test_the_same_record_in_two_batches_is_one_article(self, write, monkeypatch):
        monkeypatch.setattr(run, "BATCH", 1)
        path = write("a.jsonl", {"headline": "One"}, {"headline": "One"}, {"headline": "One"})
        assert "1 created, 0 updated, 2 unchanged" in import_files(path)


class TestRehearsal:
    def test_a_rehearsal_writes_nothing_and_says_what_would_be_done(self, write):
        make_person("Ada Moreau")
        stored = write("a.jsonl", {"external_id": 1, "headline": "One"})
        import_files(stored)
        make_article("Not yet indexed")
        before, files = rows_of_all_tables(), sorted(index_folder().rglob("*"))
        changed = write("a.jsonl", {"external_id": 1, "headline": "Uno"}, {"headline": "Ada Moreau", "source": "New"})
        said = import_files(changed, dry_run=True)
        assert f"updated {changed}:1 Uno\n    headline: One → Uno\n" in said
        assert f"created {changed}:2 Ada Moreau\n" in said
        assert "Rehearsal, nothing was written:\n1 created, 1 updated, 0 unchanged, 0 rejected; 1 links" in said
        assert rows_of_all_tables() == before
        assert sorted(index_folder().rglob("*")) == files
        assert headlines() == ["Not yet indexed", "One"]

    def test_a_rehearsal_with_problems_does_not_say_that_the_rest_is_in(self, write):
        before = rows_of_all_tables()
        said, error = failing_import(write("a.jsonl", {"headline": "One"}, "oops"), dry_run=True)
        assert "1 created, 0 updated, 0 unchanged, 1 rejected" in said
        assert error == "1 could not be read; each is named above."
        assert rows_of_all_tables() == before


class TestSource:
    def test_the_given_source_is_for_articles_that_name_none(self, write):
        path = write("a.jsonl", {"headline": "One"}, {"headline": "Two", "source": "Own"})
        import_files(path, source="Given")
        assert dict(Article.objects.values_list("headline", "source__name")) == {"One": "Given", "Two": "Own"}

    def test_a_known_source_is_used_again(self, write):
        import_files(write("a.jsonl", {"headline": "One", "source": "Test"}))
        import_files(write("a.jsonl", {"headline": "Two", "source": "Test"}))
        assert Source.objects.get().articles.count() == 2


class TestFiles:
    def test_standard_input_is_read(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"headline": "Piped"}\noops')))
        said, _ = failing_import("-")
        assert headlines() == ["Piped"]
        assert "standard input:2: The line is not valid JSON" in said

    def test_files_are_read_in_the_order_of_their_names(self, write, tmp_path):
        for name in ("b.jsonl", "a/z.jsonl", "c.jsonl", "a/deep/x.jsonl"):
            write(name, {"headline": name})
        import_files(tmp_path / "files")
        in_order = list(Article.objects.order_by("pk").values_list("headline", flat=True))
        assert in_order == ["a/deep/x.jsonl", "a/z.jsonl", "b.jsonl", "c.jsonl"]

    def test_hidden_files_and_symbolic_links_in_folders_are_passed_over(self, write, tmp_path):
        path = write("a.jsonl", {"headline": "Seen"})
        write(".hidden.jsonl", {"headline": "Hidden"})
        write(".git/config.jsonl", {"headline": "Deep"})
        (path.parent / "link.jsonl").symlink_to(write("../elsewhere.jsonl", {"headline": "Elsewhere"}))
        (path.parent / "loop").symlink_to(path.parent)
        (path.parent / "broken").symlink_to(path.parent / "nowhere")
        import_files(path.parent)
        assert headlines() == ["Seen"]

    def test_a_symbolic_link_that_is_named_is_followed(self, write, tmp_path):
        (tmp_path / "link").symlink_to(write("a.jsonl", {"headline": "Linked"}))
        import_files(tmp_path / "link")
        assert headlines() == ["Linked"]

    def test_a_path_that_is_not_there_is_reported_and_the_rest_goes_on(self, write, tmp_path):
        said, _ = failing_import(tmp_path / "nowhere", write("a.jsonl", {"headline": "One"}))
        assert f"{tmp_path / 'nowhere'}: There is no such file or folder. Check the path." in said
        assert headlines() == ["One"]

    def test_where_nothing_is_there_no_import_begins(self, tmp_path):
        _, error = failing_import(tmp_path / "nowhere")
        assert error.startswith(f"There is no such file or folder: {tmp_path / 'nowhere'}. Nothing was imported.")
        assert not ImportBatch.objects.exists()

    def test_where_nothing_could_be_read_nothing_is_called_in(self, write):
        _, error = failing_import(write("a.jsonl", "{"))
        assert error == "1 could not be read; each is named above."

    def test_a_number_below_nothing_is_refused(self, write):
        with pytest.raises(CommandError, match="“-3” is no number from 0 up"):
            call_command("import_articles", str(write("a.jsonl", {"headline": "One"})), "--processes=-3")

    def test_the_source_is_not_asked_for_where_it_is_given(self, write):
        path = write("a.jsonl", {"id": "7", "title": "One"})
        assert "Ids are told apart by their source: name it with --source." in import_files(path)
        assert "Ids are told apart" not in import_files(path, source="Wikinews")

    def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(self, write, monkeypatch):
        bad, good = write("a.jsonl", {"headline": "Bad"}), write("b.jsonl", {"headline": "Good"})
        real = Path.open
        monkeypatch.setattr(Path, "open", lambda path, *args, **options: _refuse(path, bad, real, *args, **options))
        said, _ = failing_import(good.parent)
        assert f"{bad}: The file cannot be read (Permission denied). Check its permissions." in said
        assert headlines() == ["Good"]

    def test_a_folder_that_cannot_be_read_is_reported_and_the_rest_goes_on(self, write, monkeypatch):
        bad, good = write("a/x.jsonl", {"headline": "Bad"}).parent, write("b.jsonl", {"headline": "Good"})
        real = Path.iterdir
        monkeypatch.setattr(Path, "iterdir", lambda path: _refuse(path, bad, real))
        said, _ = failing_import(good.parent)
        assert f"{bad}: The folder cannot be read (Permission denied). Check its permissions." in said
        assert headlines() == ["Good"]

    def test_a_pipe_that_is_named_is_read(self, tmp_path):
        path = tmp_path / "pipe"
        _write_into_pipe(path, b'{"headline": "From a pipe"}\n')
        import_files(path)
        assert headlines() == ["From a pipe"]

    @pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"", b"\x7fELF\x02\x01\x01\x00"])
    def test_a_file_of_no_known_format_is_reported(self, write, content):
        path = write("a.bin", content)
        said, _ = failing_import(path)
        assert f"{path}: No format recognises this file. Name one with --format (" in said

    def test_a_named_format_is_not_guessed(self, write):
        path = write("a.txt", "\n", {"headline": "Not first"})
        said, _ = failing_import(path, format="dated_text")
        assert f"{path}:3: The text does not begin with a date." in said

    def test_an_unknown_format_is_refused(self, write):
        with pytest.raises(CommandError, match="invalid choice: 'word'"):
            import_files("--format=word", write("a.txt", HOME_MADE))

    def test_a_line_that_is_too_long_ends_its_file_only(self, write, monkeypatch):
        monkeypatch.setattr(read, "LONGEST_LINE", 100)
        bad = write("a.jsonl", {"headline": "One"}, {"headline": "x" * 200})
        good = write("b.jsonl", {"headline": "Two"})
        said, _ = failing_import(bad, good)
        assert f"{bad}:2: The line is longer than" in said
        assert headlines() == ["One", "Two"]

    def test_a_file_name_that_is_no_utf_8_is_no_obstacle(self, write, tmp_path):
        write("caf\udce9.jsonl", {"headline": "One"}, "oops")
        failing_import(tmp_path / "files")
        assert headlines() == ["One"]
        assert ImportBatch.objects.get().problems.get().file.endswith("caf\ufffd.jsonl")


class TestStored:
    def test_equal_headlines_get_different_addresses(self, write):
        make_article("Quiet day", slug="quiet-day")
        path = write("a.jsonl", *({"headline": "Quiet day", "body": f"Day {number}."} for number in range(3)))
        import_files(path)
        slugs = list(Article.objects.values_list("slug", flat=True))
        assert len(set(slugs)) == 4
        assert all(slug.startswith("quiet-day") for slug in slugs)

    def test_a_headline_without_latin_letters_has_an_address(self, write):
        import_files(write("a.jsonl", {"headline": "北京"}, {"headline": "None"}))
        assert sorted(Article.objects.values_list("slug", flat=True))[0] == "article"
        assert not Article.objects.filter(slug="none").exists()

    @pytest.mark.parametrize("body", [".", "![](https://example.org/x.png)", "***"])
    def test_a_text_without_words_does_not_stop_the_import(self, write, body):
        assert "2 created" in import_files(write("a.jsonl", {"body": body}, {"headline": "Two"}))

    def test_what_no_database_holds_does_not_stop_the_import(self, write):
        path = write("a.jsonl", r'{"headline": "A\u0000B \ud800", "people": ["\ud800\u0000"]}', {"headline": "Two"})
        assert "2 created" in import_files(path)
        assert headlines() == ["AB \ufffd", "Two"]

    def test_imported_articles_are_found_at_once(self, write):
        import_files(write("a.jsonl", {"headline": "Floods", "body": "The Riverton bridge fell."}))
        assert search(ArticleQuery(words="bridge")).ids == [Article.objects.get().pk]
        import_files(write("b.jsonl", {"headline": "Repairs", "body": "The bridge stands."}))
        assert search(ArticleQuery(words="bridge")).total == 2

    def test_the_index_has_followed_before_anybody_searches(self, write):
        make_article("Waiting to be indexed")
        import_files(write("a.jsonl", {"headline": "Floods"}))
        assert pending_changes() == 0


class TestTags:
    def test_a_tag_becomes_a_link_of_the_source(self, write):
        make_person("Ada Moreau", aliases=["A. Moreau"])
        make_topic("weather")
        import_files(write("a.jsonl", {"headline": "Rain", "people": ["A. Moreau"], "topics": ["Weather"]}))
        assert links_of(Article.objects.get()) == {
            "Ada Moreau": ("source", "accepted"),
            "weather": ("source", "accepted"),
        }

    def test_a_tag_that_names_two_is_suggested_for_both(self, write):
        make_person("Ada Moreau")
        make_person("Ada Moreau")
        import_files(write("a.jsonl", {"headline": "Rain", "people": ["Ada Moreau"]}))
        links = Article.objects.get().person_links.all()
        assert [(row.origin, row.status, row.confidence) for row in links] == [("source", "suggested", 0.5)] * 2

    def test_a_tag_in_the_text_too_is_one_link_with_its_mentions(self, write):
        make_place("Riverton")
        import_files(write("a.jsonl", {"headline": "Rain in Riverton", "body": "Riverton!", "places": ["Riverton"]}))
        row = Article.objects.get().place_links.get()
        assert (row.origin, row.status, row.mentions) == ("source", "accepted", 2)


def test_a_former_address_of_another_article_goes_on_leading_there(write, client):
    moved = make_article("Rain")
    moved.slug = "rain-in-may"
    moved.save()
    import_files(write("a.jsonl", {"headline": "Rain"}))
    assert Article.objects.exclude(pk=moved.pk).get().slug.startswith("rain-")
    assert client.get("/articles/rain/").headers["Location"] == "/articles/rain-in-may/"


class TestDecisions:
    """What a person decided about a link outlives every import."""

    @pytest.fixture(autouse=True)
    def imported(self, write):
        self.person = make_person("Ada Moreau")
        self.record = {"external_id": 1, "headline": "Ada Moreau spoke", "people": ["Ada Moreau"]}
        import_files(write("a.jsonl", self.record))
        self.article = Article.objects.get()
        self.links = self.article.person_links
        self.write = write

    def import_again(self, **changes):
        assert "1 updated" in import_files(self.write("a.jsonl", self.record | changes))

    def test_a_rejected_link_stays_rejected(self):
        self.links.update(status=Link.Status.REJECTED)
        self.import_again(headline="Ada Moreau spoke again")
        assert links_of(self.article) == {"Ada Moreau": ("source", "rejected")}

    def test_a_rejected_link_stays_when_nothing_names_the_person_any_more(self):
        self.links.update(status=Link.Status.REJECTED)
        self.import_again(headline="Silence", people=[])
        assert links_of(self.article) == {"Ada Moreau": ("source", "rejected")}

    def test_a_decided_link_is_left_as_it_is(self, django_user_model):
        row = self.links.get()
        row.decide(django_user_model.objects.create(username="editor"))
        row.save()
        self.import_again(headline="Silence", people=[])
        assert links_of(self.article) == {"Ada Moreau": ("source", "accepted")}

    def test_an_editor_s_link_is_left_as_it_is(self):
        link(self.article, make_person("Bo Li"), origin="editor", mentions=0)
        self.import_again(headline="Ada Moreau and Bo Li, Bo Li")
        row = self.links.get(subject__name="Bo Li")
        assert (row.origin, row.mentions) == ("editor", 0)

    @pytest.mark.parametrize("writes", ["_update", "_remove"])
    def test_a_decision_that_is_made_during_the_import_stands(self, monkeypatch, writes):
        decided = {"status": Link.Status.REJECTED, "decided_at": timezone.now()}
        act_before(monkeypatch, store_links, writes, lambda: self.links.update(**decided))
        self.import_again(headline="Ada Moreau, Ada Moreau" if writes == "_update" else "Silence", people=[])
        assert links_of(self.article) == {"Ada Moreau": ("source", "rejected")}

    def test_an_article_that_somebody_deletes_during_the_import_comes_back(self, monkeypatch):
        act_before(monkeypatch, store.Store, "_find_sources", Article.objects.all().delete)
        said = import_files(self.write("a.jsonl", self.record | {"headline": "Ada Moreau spoke again"}))
        assert "1 created" in said
        assert Article.objects.get().headline == "Ada Moreau spoke again"

    def test_nobody_edits_an_article_or_decides_on_its_links_while_an_import_changes_them(self):
        with locks_rows_of(Article, PersonLink):
            self.import_again(headline="Ada Moreau, Ada Moreau", people=[])

    def test_a_machine_s_link_goes_with_what_it_came_from(self):
        self.import_again(headline="Silence", people=[])
        assert links_of(self.article) == {}

    def test_a_machine_s_link_changes_with_what_it_came_from(self):
        self.import_again(headline="Ada Moreau, Ada Moreau", people=[])
        row = self.links.get()
        assert (row.origin, row.status, row.mentions) == ("match", "accepted", 2)


def queries_of_an_import(path):
    with CaptureQueriesContext(connection) as captured:
        import_files(path)
    return Counter(query["sql"].split(" ", 1)[0] for query in captured)


@pytest.mark.parametrize("change", ["created", "updated", "unchanged"])
def test_the_number_of_queries_does_not_grow_with_the_records(write, change):
    """A statement holds some fifty rows on SQLite: 200 records need a few more of them, never one for each."""
    for name in ("Ada Moreau", "Bo Li"):
        make_person(name)
    make_topic("weather")

    def records(count, day):
        return [
            {"external_id": f"{count}-{number}", "headline": f"Ada Moreau {day}", "topics": ["weather"]}
            for number in range(count)
        ]

    counts = {}
    for count in (5, 200):
        path = write("a.jsonl", *records(count, "Monday"))
        if change != "created":
            import_files(path)
        if change == "updated":
            path = write("a.jsonl", *records(count, "Bo Li"))
        counts[count] = queries_of_an_import(path)
    assert counts[200].total() - counts[5].total() <= 25, (counts[5], counts[200])


def _refuse(path, refused, real, *args, **options):
    if path == refused:
        raise PermissionError(13, "Permission denied")
    return real(path, *args, **options)


def _write_into_pipe(path, data):
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=[data], daemon=True).start()


def test_articles_that_share_only_a_stock_text_stay_apart(tmp_path):
    path = tmp_path / "stock.jsonl"
    path.write_text(
        '{"headline": "Budget passed", "body": "Full text for subscribers only."}\n'
        '{"headline": "Storm coming", "body": "Full text for subscribers only."}\n'
    )
    call_command("import_articles", str(path), stdout=io.StringIO())
    assert set(Article.objects.values_list("headline", flat=True)) == {"Budget passed", "Storm coming"}
    assert Article.objects.values("fingerprint").distinct().count() == 1
