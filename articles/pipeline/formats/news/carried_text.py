"""The text that an element of NewsML carries: NITF, XHTML, or text that may be markup itself."""

import base64
import binascii
import re
from dataclasses import dataclass
from html import unescape

from lxml.etree import _Element

from articles.pipeline.markup.html import markdown_from_elements, markdown_from_html, text_from_element
from articles.pipeline.markup.paragraphs import markdown_from_text
from articles.pipeline.markup.xml import local_name
from articles.pipeline.records import ArticleRecord, Position

from .elements import XML_LANG, has_elements, raw_text
from .nitf_document import read_undated

# ANSA puts plain text, with its own paragraphs, into one of HTML.
_ONE_PARAGRAPH = re.compile(r"^\s*<p>([^<]*)</p>\s*$", re.IGNORECASE)
_MARKUP = re.compile(r"</\w|<br|<p>", re.IGNORECASE)

XHTML = {
    "html", "body", "main", "article", "section", "div", "p", "span", "blockquote", "ul", "ol", "table", "pre", "h1",
    "h2", "h3", "body.content", "block", "hl2", "br", "em", "strong", "b", "i", "a",
}  # fmt: skip


@dataclass(frozen=True)
class CarriedText:
    """`record` has the text, and of NITF what it says beside it; `vocabulary` is the first element of markup that
    is no text."""

    record: ArticleRecord
    vocabulary: str = ""


def read_carried(element: _Element, position: Position) -> CarriedText:
    language = element.get(XML_LANG, "")
    if not has_elements(element):
        return CarriedText(ArticleRecord(position, body=_bare_text(element), language=language))
    nitf = next(element.iter("{*}nitf"), None)
    if nitf is not None:
        return CarriedText(read_undated(nitf, position))
    content = next(element.iter("{*}body.content"), None)
    if content is not None and not has_elements(content):
        return CarriedText(ArticleRecord(position, body=_bare_text(content), language=language))
    names = [name for name in map(local_name, element) if name]
    if XHTML.isdisjoint(name.lower() for name in names):
        return CarriedText(ArticleRecord(position), vocabulary=names[0])
    _empty_page_header(element)
    byline = text_from_element(next(element.iter("{*}BYLINE"), None))
    return CarriedText(
        ArticleRecord(position, body=markdown_from_elements([element]), byline=byline, language=language)
    )


def _empty_page_header(element: _Element) -> None:
    """What stands in a page above its text, such as the headline, the item says itself."""
    for header in element.iterfind("{*}html/{*}body/{*}header"):
        if header.find(".//{*}h1") is not None:
            header.clear(keep_tail=True)


def _bare_text(element: _Element) -> str:
    text = raw_text(element)
    if element.get("encoding", "").lower().endswith("base64"):
        text = _decoded(text)
    if "html" in element.get("contenttype", ""):
        return markdown_from_html(text)
    text = _ONE_PARAGRAPH.sub(lambda found: unescape(found[1]), text)
    return markdown_from_html(text) if _MARKUP.search(text) else markdown_from_text(text)


def _decoded(text: str) -> str:
    """ "" for what is not what it says."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
