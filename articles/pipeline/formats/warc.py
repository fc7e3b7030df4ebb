"""Web archives (WARC): the pages that were answered with status 200, read as html_page reads them."""

from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Note, Position, Problem

from .base import Parsed
from .html_page import parse_page

BEGINNING = b"WARC/"


class Warc:
    name = "warc"
    label = "web archives (WARC)"

    def recognises(self, file: InputFile) -> bool:
        return file.head().startswith(BEGINNING)

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        position = Position(file.name)
        try:
            # Few need it: it belongs to the packages that are installed on demand.
            from articles.pipeline.formats.web.warc_pages import DamagedArchive, WarcPages
        except ImportError:
            advice = "Install it: pip install -r requirements-extra.txt"
            yield Problem(position, "Reading web archives needs the package warcio.", advice)
            return
        pages = WarcPages(file.stream)
        try:
            for page in pages:
                yield from parse_page(page.text, page.url, Position(f"{file.name} {page.url}"))
        except DamagedArchive as error:
            advice = "What stands before it is in. Fetch the archive again for the rest."
            yield Problem(position, f"The archive cannot be read beyond record {pages.records} ({error}).", advice)
        else:
            if not pages.records:
                yield Problem(position, "The archive has no records.", "Is it a WARC file?")
        if pages.passed_over:
            listed = ", ".join(f"{what} ({count})" for what, count in pages.passed_over.most_common())
            yield Note(position, f"Passed over: {listed}.")
