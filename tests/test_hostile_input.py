"""Files made to hurt: they cost themselves only, little memory and little time, and lead nowhere else."""

import io
import itertools
import json
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Article, ImportBatch
from articles.pipeline.formats import find_format
from articles.pipeline.limits import within_limits
from articles.pipeline.markup.xml import InvalidXml, parse_xml
from articles.pipeline.reading.containers import streams
from articles.pipeline.reading.files import HEAD_BYTES, InputFile, LineTooLong, open_files
from articles.pipeline.records import ArticleRecord, Problem

from .hostile_files import HUGE, OUTSIDE, SECRET, write_hostile_files, zip_of
from .importing import failing_command

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    write_hostile_files(place / "files", place / "secret.jsonl")
    return place / "files"


@pytest.fixture(scope="module")
def found(folder):
    """found(name): what came of a file of the folder, all of which were read by one process with little memory."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.read_under_limit", str(folder)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert time.monotonic() - start < 100
    items = [json.loads(line) for line in done.stdout.splitlines()]
    return lambda name: [(kind, text) for file, kind, text in items if file.removeprefix(f"{folder}/") == name]


def kinds(items):
    return [kind for kind, _ in items]


class TestLimits:
    def test_the_ordinary_file_is_read_after_all_the_others(self, found):
        assert found("z_good.jsonl") == [("ArticleRecord", "An ordinary article ")]

    @pytest.mark.parametrize("name", ["line.jsonl", "line.csv", "line.txt", "line_utf16.txt", "huge.tar/huge.jsonl"])
    def test_a_line_of_two_gigabytes_ends_its_file(self, found, name):
        assert kinds(found(name))[-1] == "LineTooLong"

    @pytest.mark.parametrize("name", ["line.xml", "line.html"])
    def test_a_document_of_two_gigabytes_is_too_large(self, found, name):
        assert kinds(found(name)) == ["FileTooLarge"]

    def test_an_article_of_two_gigabytes_ends_its_list(self, found):
        (_, first), (kind, said) = found("line.json")
        assert (first, kind) == ("One ", "Problem")
        assert "(it does not end), and what follows could not be read" in said

    def test_behind_a_member_of_two_gigabytes_the_next_one_is_read(self, found):
        assert kinds(found("huge.tar/good.jsonl")) == ["ArticleRecord"]

    def test_a_table_of_millions_of_columns_is_refused(self, found):
        ((kind, said),) = found("columns.csv")
        assert kind == "Problem"
        assert "The first row should name the columns, but it is too large for a row." in said

    def test_a_row_of_millions_of_cells_costs_itself(self, found):
        assert kinds(found("cells.csv")) == ["Note", "Problem", "ArticleRecord"]

    def test_json_of_any_depth_costs_itself(self, found):
        assert kinds(found("deep.jsonl")) == ["Problem", "ArticleRecord"]
        assert kinds(found("deep.json")) == ["ArticleRecord", "Problem"]
        assert "maximum recursion depth" in found("deep.json")[1][1]

    def test_an_object_of_thousands_of_fields_costs_itself(self, found):
        assert kinds(found("fields.jsonl")) == ["Problem", "ArticleRecord"]

    def test_objects_of_thousands_of_different_fields_are_read(self, found):
        items = found("keys.jsonl")
        assert kinds(items) == ["ArticleRecord"] * 2_000 + ["Note"]
        assert len(items[-1][1]) < 1_000


class TestArchives:
    def test_a_zip_bomb_is_refused_and_the_member_beside_it_is_read(self, found):
        ((kind, said),) = found("bomb.zip/bomb.jsonl")
        assert kind == "Problem"
        assert "It would expand to 150,000,000 bytes, more than 250 times its size." in said
        assert kinds(found("bomb.zip/good.jsonl")) == ["ArticleRecord"]

    def test_a_compressed_bomb_is_left_off_where_it_becomes_one(self, found):
        *records, (kind, said) = found("bomb.jsonl.gz")
        assert set(kinds(records)) == {"ArticleRecord"}
        assert 90 < len(records) < 110
        assert (kind, "it expands to more than 250 times its size" in said) == ("Unreadable", True)

    def test_archives_in_archives_without_end_are_refused(self, found):
        ((kind, said),) = found("nested.zip/good.jsonl/good.jsonl/good.jsonl")
        assert (kind, "to a depth of 3" in said) == ("Problem", True)

    def test_a_file_that_demands_much_memory_gets_none(self, found):
        assert kinds(found("greedy.jsonl.xz")) == ["Problem"]

    def test_members_are_read_under_their_names_wherever_these_lead(self, found, folder):
        for name in ("traversal.zip/escaped.jsonl", "traversal.zip/tmp/escaped.jsonl", "traversal.tar/escaped.jsonl"):
            assert set(kinds(found(name))) == {"ArticleRecord"}
        assert not list(folder.parent.rglob("escaped*"))
        assert not Path(OUTSIDE).exists()

    def test_links_lead_nowhere(self, found):
        assert kinds(found("traversal.tar/link.jsonl")) == ["Note", "Note"]
        assert kinds(found("link.jsonl")) == ["Note"]


class TestXml:
    def test_entities_do_not_multiply(self, found):
        assert sum(len(text) for _, text in found("laughs.xml")) < 2_000

    @pytest.mark.parametrize("name", ["external.xml", "parameter.xml"])
    def test_no_other_file_is_read(self, found, name):
        assert found(name)
        assert not any(SECRET in text for _, text in found(name))

    def test_what_all_xml_is_read_with_is_as_careful(self, folder):
        for name in ("laughs.xml", "external.xml", "parameter.xml"):
            try:
                text = "".join(parse_xml((folder / name).read_bytes()).itertext())
            except InvalidXml:
                continue
            assert SECRET not in text
            assert len(text) < 1_000


class TestTexts:
    @pytest.mark.parametrize("name", ["nul.csv", "nul.txt", "nul.jsonl"])
    def test_nul_bytes_are_left_out(self, found, name):
        texts = [text for kind, text in found(name) if kind == "ArticleRecord"]
        assert [text.strip(" .") for text in texts] == ["AB"]

    def test_lone_surrogates_become_what_can_be_written(self, found):
        ((kind, text),) = found("surrogates.jsonl")
        assert (kind, text) == ("ArticleRecord", "A\ufffdB ")
        assert [text.encode() for kind, text in found("surrogates.csv") if kind == "ArticleRecord"]

    @pytest.mark.parametrize("name", ["years.jsonl", "years.csv"])
    def test_years_that_no_archive_has_are_refused(self, found, name):
        assert [kind for kind, _ in found(name) if kind != "Note"] == ["Problem"] * 5

    def test_in_a_text_too(self, found):
        assert set(kinds(found("years.txt"))) == {"Problem"}

    def test_zones_that_no_clock_shows_are_refused(self, found):
        assert kinds(found("zones.jsonl"))[0] == "Problem"


@pytest.mark.django_db
def test_the_whole_folder_can_be_imported(folder, monkeypatch):
    """The import names what it could not read, and the rest is in the archive."""
    monkeypatch.setattr(streams, "FREE_BYTES", 5 * MEGABYTE)
    said, error = failing_command("import_articles", folder, processes=0)
    assert error.endswith("could not be read; each is named above. The rest is in.")
    assert Article.objects.filter(headline="An ordinary article").exists()
    assert not Article.objects.filter(headline__contains=SECRET).exists()
    assert ImportBatch.objects.get().status == "finished"
    assert "line.jsonl:1: The line is longer than" in said
    assert "it expands to more than 250 times its size" in said


class Endless(io.RawIOBase):
    """A beginning, the same again and again up to a size that no memory has, and an end."""

    def __init__(self, beginning: bytes, again: bytes, end: bytes = b"", size: int = HUGE) -> None:
        self._parts = itertools.chain([beginning], itertools.repeat(again, size // len(again)), [end])
        self._ahead = b""
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while len(self._ahead) < len(buffer) and (part := next(self._parts, None)) is not None:
            self._ahead += part
        size = min(len(buffer), len(self._ahead))
        buffer[:size], self._ahead = self._ahead[:size], self._ahead[size:]
        self.given += size
        return size


def peak_memory(stream, name):
    """(items, bytes at most) of reading a file to its end, without keeping what is read."""
    file = InputFile(name, io.BufferedReader(stream, HEAD_BYTES))
    count = 0
    tracemalloc.start()
    try:
        for item in find_format(file).parse(file):
            assert not isinstance(item, Problem), str(item)
            count += isinstance(item, ArticleRecord) and bool(within_limits(item))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


BODY = b'{"headline": "One", "body": "' + b"word " * 40_000 + b'"}'


@pytest.mark.parametrize(
    ("beginning", "again", "end", "name"),
    [
        (b"", BODY + b"\n", b"", "a.jsonl"),
        (b"[", BODY + b",\n", b"]", "a.json"),
        (b'{"status": "ok", "articles": [', BODY + b",", b'], "next": null}', "a.json"),
        (b"headline,body\n", b'One,"' + b"word " * 40_000 + b'"\n', b"", "a.csv"),
    ],
    ids=["lines", "list", "answer", "table"],
)
def test_a_large_file_takes_no_more_memory_than_its_largest_article(beginning, again, end, name):
    size = 100 * MEGABYTE
    articles, peak = peak_memory(Endless(beginning, again, end, size), name)
    assert articles == size // len(again)
    assert peak < 12 * MEGABYTE


def test_of_an_endless_line_little_is_read():
    stream = Endless(b'{"headline": "', b"x" * 1_000)
    file = InputFile("a.jsonl", io.BufferedReader(stream, HEAD_BYTES))
    with pytest.raises(LineTooLong):
        list(find_format(file).parse(file))
    assert stream.given < 17 * MEGABYTE


def test_a_member_is_never_held_whole(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"a.jsonl": (BODY + b"\n") * 400}))
    tracemalloc.start()
    size = sum(len(item.body) for file in open_files([str(path)]) for item in find_format(file).parse(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 70 * MEGABYTE
    assert peak < 12 * MEGABYTE
