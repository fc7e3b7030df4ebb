"""The text of a ninjs item: of its bodies the first that has one, markup before plain text."""

import re
from collections.abc import Iterator

from articles.pipeline.markup.html import markdown_from_html
from articles.pipeline.markup.paragraphs import markdown_from_text
from articles.pipeline.markup.xml import InvalidXml, parse_xml
from articles.pipeline.records import Position

from .json_values import first_text, objects_of, text_of
from .nitf_document import read_undated

# Inside a text it is no longer true.
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_TAG = re.compile(r"</\w|<(?:br|p|div)\b", re.IGNORECASE)


def body_of(item: dict) -> str:
    """`item` has its fields in lower case."""
    for kind, text in sorted(_bodies(item), key=lambda body: _preference(*body)):
        if body := _READERS[_preference(kind, text)](text):
            return body
    return ""


def _bodies(item: dict) -> Iterator[tuple[str, str]]:
    """What each body says of itself, and its text: `bodies` of versions 2 and 3, `body_xhtml` and others of 1."""
    for body in objects_of(item.get("bodies")):
        yield f"{text_of(body.get('role'))} {first_text(body, 'contenttype')}".lower(), text_of(body.get("value"))
    for field, value in item.items():
        if field.startswith("body_") or field == "body":
            yield field, text_of(value)


def _preference(kind: str, text: str) -> int:
    if "nitf" in kind or text.startswith("<?xml"):
        return 1
    if "html" in kind or _TAG.search(text):
        return 0
    return 2


def _from_nitf(text: str) -> str:
    """ "" for what only calls itself so: some agencies have an older format of that name, which is no XML."""
    try:
        root = parse_xml(_DECLARATION.sub("", text).encode("utf-8", "replace"))
    except InvalidXml:
        return ""
    nitf = next(root.iter("{*}nitf"), None)
    return "" if nitf is None else read_undated(nitf, Position("")).body


_READERS = (markdown_from_html, _from_nitf, markdown_from_text)
