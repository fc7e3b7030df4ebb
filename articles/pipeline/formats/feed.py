"""RSS 0.9 to 2.0, RSS 1.0 and Atom, well-formed or not, as feedparser reads them."""

import io
import re
from collections import Counter
from collections.abc import Iterator

import feedparser

from articles.pipeline.formats.news.xml_root import root_name
from articles.pipeline.formats.web.feed_entry import read_entry
from articles.pipeline.formats.web.wordpress_post import kind_of_no_post
from articles.pipeline.reading.encodings import undeclared_encoding
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Note, Position, Problem

from .base import Parsed

ROOTS = {"rss", "feed", "channel"}
SUFFIXES = {".rss", ".atom"}
# RDF is a feed if it is of RSS 0.9 or 1.0.
RDF_NAMESPACES = (
    "http://purl.org/rss/1.0",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/",
)
# What feedparser remarks about files that it has read completely.
HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
# feedparser promises to read everything. Where it cannot, such as a place without coordinates, it breaks with these.
BREAKS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError)
# References to characters beyond all there are break it, too.
_NO_CHARACTER = re.compile(rb"&#(?:\d{8,}|x[0-9a-f]{7,});", re.IGNORECASE)


class Feed:
    name = "feed"
    label = "RSS and Atom feeds"

    def recognises(self, file: InputFile) -> bool:
        head = file.head_text()
        root = root_name(head.lstrip("\ufeff")).lower()
        is_rss_in_rdf = root == "rdf" and any(namespace in head for namespace in RDF_NAMESPACES)
        return root in ROOTS or is_rss_in_rdf or (file.suffix in SUFFIXES and "<" in head)

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        position = Position(file.name)
        try:
            document = _read(file.read(), file.encoding)
        except BREAKS as error:
            advice = "Ask its source for a well-formed feed."
            yield Problem(position, f"The feed cannot be read ({str(error)[:100]}).", advice)
            return
        if not document.entries:
            yield _without_entries(document, position)
            return
        if document.bozo and not isinstance(document.bozo_exception, HARMLESS):
            reason = str(document.bozo_exception)[:100]
            yield Note(position, f"The feed is not well-formed ({reason}); it was read as far as possible.")
        for number, entry in enumerate(document.entries, 1):
            if not kind_of_no_post(entry):
                yield from read_entry(entry, document.feed, number, position)
        if kinds := Counter(filter(None, map(kind_of_no_post, document.entries))):
            counted = ", ".join(f"{count} of the type {kind}" for kind, count in sorted(kinds.items()))
            yield Note(position, f"What is no post in this export of WordPress is passed over: {counted}.")


def _read(content: bytes, encoding: str) -> feedparser.FeedParserDict:
    """It gets a stream: what it is given as text or bytes, feedparser tries to open or to fetch. An encoding that the
    user insists on counts as one that a server had named, and so does one that only the content shows."""
    encoding = encoding or undeclared_encoding(content)
    headers = {"content-type": f"application/xml; charset={encoding}"} if encoding else {}
    stream = io.BytesIO(_NO_CHARACTER.sub(b"", content))
    return feedparser.parse(stream, response_headers=headers, sanitize_html=False)


def _without_entries(document: feedparser.FeedParserDict, position: Position) -> Problem:
    if document.get("version"):
        return Problem(position, "The feed has no entries.", "There is nothing in it to import.")
    return Problem(position, "The file is no RSS or Atom feed.", "Name another --format.")
