"""XML documents as agencies send them, which may not be quite well-formed."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from articles.pipeline.markup.xml import InvalidXml, parse_xml
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem

_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^>]*\?>)?")
_LATIN_1 = re.compile(rb"(<\?xml\b[^>]*\bencoding=[\"'])(?:iso-8859-1|latin-?1)(?=[\"'])", re.IGNORECASE)


def read_root(file: InputFile) -> _Element | Problem:
    """The root of the document. Raises FileTooLarge."""
    content = file.text().encode() if file.encoding else file.read()
    problem = None
    for candidate in _readings(content, bool(file.encoding)):
        try:
            return parse_xml(candidate)
        except InvalidXml as error:
            problem = problem or Problem(Position(file.name), str(error), "Ask its source for a well-formed file.")
    return problem


def _readings(content: bytes, is_decoded: bool) -> Iterator[bytes]:
    """The document, then what is tried in its place: with the usual encoding, with the entities of HTML.

    What calls itself Latin-1 is UTF-8 or Windows-1252 in truth, as browsers read it. A document type lets entities
    pass that it alone defines; without one they would be errors.
    """
    if is_decoded:
        content = _DECLARATION.sub(b"", content, count=1)
    if _LATIN_1.match(content):
        yield _LATIN_1.sub(rb"\1utf-8" if _is_utf8(content) else rb"\1windows-1252", content, count=1)
    yield content
    if not _is_utf8(content):
        content = _DECLARATION.sub(b"", content, count=1).decode("cp1252", "replace").encode()
        yield content
    if b"<!DOCTYPE" not in content:
        yield _DECLARATION.sub(rb'\g<0><!DOCTYPE news SYSTEM "news.dtd">', content, count=1)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
