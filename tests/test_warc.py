"""Web archives: which records are pages, and what is said when the archive is damaged. No database."""

import gzip
import io
import os
import sys

import pytest

from articles.pipeline.formats import find_format
from articles.pipeline.formats.warc import Warc
from articles.pipeline.formats.web import warc_pages
from articles.pipeline.reading.files import open_files
from articles.pipeline.records import ArticleRecord, Note, Problem

from .test_dated_text import input_file

warcio = pytest.importorskip("warcio", reason="warcio is not installed: pip install -r requirements-extra.txt")

from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

STORY = "<p>The ferry between Riverton and the island ran on time on Thursday, the harbour master of Zürich said.</p>"
HTML = "text/html; charset=utf-8"


def page(number=1, head=""):
    return (
        f"<html><head><title>Ferry {number}</title>{head}</head><body><h1>Ferry {number}</h1>{STORY * 3}</body></html>"
    )


def archive(*answers, is_compressed=False):
    """A WARC of (address, status, type, payload, further headers)."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=is_compressed)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "tests"}))
    for address, status, kind, payload, *more in answers:
        headers = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
        content = payload if isinstance(payload, bytes) else payload.encode()
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(content), http_headers=headers)
        writer.write_record(record)
    return stream.getvalue()


def answer(number=1, payload=None, status="200 OK", kind=HTML, *more):
    return (f"https://example.org/ferry/{number}", status, kind, page(number) if payload is None else payload, *more)


def parse(content, name="crawl.warc"):
    return list(Warc().parse(input_file(content, name)))


def headlines(items):
    return [item.headline for item in items if isinstance(item, ArticleRecord)]


class TestPages:
    def test_each_page_is_an_article_with_its_address(self):
        first, second, _ = parse(archive(answer(1), answer(2)))
        assert (first.headline, first.url) == ("Ferry 1", "https://example.org/ferry/1")
        assert (second.headline, second.url) == ("Ferry 2", "https://example.org/ferry/2")
        assert "Zürich" in first.body
        assert str(first.position) == "crawl.warc https://example.org/ferry/1"

    def test_the_canonical_address_wins(self):
        head = '<link rel="canonical" href="https://example.org/2024/ferry">'
        record, _ = parse(archive(answer(1, page(1, head))))
        assert record.url == "https://example.org/2024/ferry"

    def test_what_is_no_page_is_counted(self):
        content = archive(
            answer(1), answer(2, "gone", "404 Not Found"), answer(3, "", "302 Found"),
            answer(4, b"\x89PNG", kind="image/png"), answer(5, "gone", "404 Not Found"),
        )  # fmt: skip
        *_, note = parse(content)
        assert isinstance(note, Note)
        assert note.text == (
            "Passed over: answers with status 404 (2), records of type warcinfo (1), answers with status 302 (1), "
            "answers of type image/png (1)."
        )

    def test_a_page_that_is_no_article_is_reported_with_its_address(self):
        problem, record, _ = parse(archive(answer(1, "<html></html>"), answer(2)))
        assert str(problem).startswith("crawl.warc https://example.org/ferry/1: The page is empty.")
        assert record.headline == "Ferry 2"

    def test_answers_that_are_compressed_or_chunked_are_read(self):
        packed = answer(1, gzip.compress(page(1).encode()), "200 OK", HTML, ("Content-Encoding", "gzip"))
        content = page(2).encode()
        chunks = f"{len(content):x}\r\n".encode() + content + b"\r\n0\r\n\r\n"
        chunked = answer(2, chunks, "200 OK", HTML, ("Transfer-Encoding", "chunked"))
        assert headlines(parse(archive(packed, chunked))) == ["Ferry 1", "Ferry 2"]

    @pytest.mark.parametrize("kind", ["text/html; charset=windows-1252", "text/html; charset=nonsense", "text/html"])
    def test_the_encoding_is_that_of_the_answer_or_the_page(self, kind):
        payload = page(1, '<meta charset="windows-1252">').encode("windows-1252")
        record, _ = parse(archive(answer(1, payload, "200 OK", kind)))
        assert "Zürich" in record.body

    def test_a_payload_that_is_too_large_is_passed_over(self, monkeypatch):
        monkeypatch.setattr(warc_pages, "LARGEST_PAYLOAD", 2_000)
        bomb = answer(1, gzip.compress(b"<p>x" * 1_000_000), "200 OK", HTML, ("Content-Encoding", "gzip"))
        record, note = parse(archive(bomb, answer(2)))
        assert record.headline == "Ferry 2"
        assert "pages that are too large (1)" in note.text


class TestDamage:
    @pytest.mark.parametrize("missing", [100, 400])
    def test_what_stands_before_a_cut_goes_in(self, missing):
        items = parse(archive(answer(1), answer(2), answer(3))[:-missing])
        assert headlines(items) == ["Ferry 1", "Ferry 2"]
        (problem,) = [item for item in items if isinstance(item, Problem)]
        assert problem.reason.startswith("The archive cannot be read beyond record 3 (")
        assert problem.advice == "What stands before it is in. Fetch the archive again for the rest."

    @pytest.mark.parametrize("content", [b"WARC/1.0\r\nxx", b"WARC/1.1", b"hello", b""])
    def test_what_is_no_archive_is_a_problem_or_a_note(self, content):
        items = parse(content)
        assert items
        assert all(isinstance(item, Problem | Note) for item in items)

    def test_nothing_is_written_to_the_terminal(self, capsys):
        content = archive(answer(1), answer(2)).replace(b"Content-Length: 5", b"Content-Length: 4")
        parse(content)
        assert capsys.readouterr() == ("", "")

    def test_every_damage_is_reported_and_none_breaks_the_parser(self):
        content = archive(answer(1), answer(2))
        for position in range(0, len(content), 97):
            items = parse(content[:position] + b"\xff" + content[position + 3 :])
            assert all(isinstance(item, ArticleRecord | Problem | Note) for item in items)


class TestFiles:
    def test_packed_archives_are_read_as_they_are_unpacked(self, tmp_path):
        path = tmp_path / "crawl.warc.gz"
        path.write_bytes(archive(answer(1), answer(2), is_compressed=True))
        for file in open_files([str(path)]):
            assert find_format(file).name == "warc"
            assert headlines(Warc().parse(file)) == ["Ferry 1", "Ferry 2"]

    def test_a_packed_archive_that_is_cut_off_says_so(self, tmp_path):
        path = tmp_path / "crawl.warc.gz"
        pages = [answer(number, page(number, f"<!-- {os.urandom(100_000).hex()} -->")) for number in (1, 2, 3)]
        path.write_bytes(archive(*pages, is_compressed=True)[:-200])
        for file in open_files([str(path)]):
            items = Warc().parse(file)
            assert [next(items).headline, next(items).headline] == ["Ferry 1", "Ferry 2"]
            with pytest.raises(OSError, match="cut off"):
                list(items)

    def test_other_files_are_not(self):
        assert not Warc().recognises(input_file("WARCRAFT", "x.warc"))
        assert not Warc().recognises(input_file("<html></html>", "x.warc"))

    def test_without_warcio_the_problem_says_how_to_install_it(self, monkeypatch):
        monkeypatch.delitem(sys.modules, "articles.pipeline.formats.web.warc_pages")
        monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
        (problem,) = parse(archive(answer(1)))
        assert str(problem) == (
            "crawl.warc: Reading web archives needs the package warcio. "
            "Install it: pip install -r requirements-extra.txt"
        )
