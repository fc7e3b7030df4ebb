"""The web pages in a WARC file, one after the other. Importing this needs warcio."""

import contextlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from articles.pipeline.reading.encodings import decode_document, detect_encoding, is_known_encoding
from articles.pipeline.records import clean_text

from .page_text import LARGEST_PAGE

# A page of the most characters that are read, each of four bytes.
LARGEST_PAYLOAD = 4 * LARGEST_PAGE
HTML_TYPES = {"text/html", "application/xhtml+xml"}
# With what warcio breaks on files that are damaged or no WARC at all.
BREAKS = (
    ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, EOFError, ValueError, TypeError, AttributeError,
    LookupError,
)  # fmt: skip

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


class DamagedArchive(Exception):
    """The rest of the archive cannot be read. The message says what is wrong, in a few words."""


@dataclass(frozen=True)
class ArchivedPage:
    url: str
    text: str


class WarcPages:
    """Iterate over it once. `records` counts what was read, `passed_over` what was no page, by what it was instead.

    Raises DamagedArchive.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self.records = 0
        self.passed_over: Counter[str] = Counter()
        self._stream = stream

    def __iter__(self) -> Iterator[ArchivedPage]:
        try:
            records = WARCIterator(self._stream)
            while record := _next(records):
                reason = _why_no_page(record)
                page = None if reason else _page(record)
                self.records += 1
                if page:
                    yield page
                else:
                    self.passed_over[reason or "pages that are too large"] += 1
        except BREAKS as error:
            raise DamagedArchive(clean_text(" ".join(str(error).split()))[:100]) from None


def _next(records: WARCIterator) -> ArcWarcRecord | None:
    """The next record. What warcio would write to the terminal about it is no use there."""
    with contextlib.redirect_stderr(io.StringIO()):
        return next(records, None)


def _why_no_page(record: ArcWarcRecord) -> str:
    """What the record is instead of a web page; "" for a page."""
    if record.rec_type != "response":
        return f"records of type {record.rec_type}"
    if record.http_headers is None:
        return "answers without HTTP"
    if record.http_headers.get_statuscode() != "200":
        return f"answers with status {record.http_headers.get_statuscode()}"
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return "" if kind in HTML_TYPES else f"answers of type {kind or 'unknown'}"


def _page(record: ArcWarcRecord) -> ArchivedPage | None:
    """None for a page that is too large."""
    payload = record.content_stream().read(LARGEST_PAYLOAD + 1)
    if len(payload) > LARGEST_PAYLOAD:
        return None
    if record.raw_stream.limit and not record.raw_stream.read(1):
        raise DamagedArchive("a record ends before its length")
    charset = _CHARSET.search(record.http_headers.get_header("Content-Type") or "")
    is_named = bool(charset) and is_known_encoding(charset[1])
    encoding = charset[1] if is_named else detect_encoding(payload[:65_536])
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    return ArchivedPage(url, decode_document(payload, encoding))
