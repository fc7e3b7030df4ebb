"""The text of a NewsML-G2 news item: the first of its renditions that has one, markup before plain text."""

import base64
import binascii
from dataclasses import dataclass, replace

from lxml.etree import _Element

from articles.pipeline.markup import markdown_from_elements, markdown_from_html
from articles.pipeline.paragraphs import markdown_from_text
from articles.pipeline.records import ArticleRecord, Position
from articles.pipeline.xml import local_name

from .elements import XML_LANG, find_all
from .nitf_document import read_undated

XHTML = {
    "html", "body", "main", "article", "section", "div", "p", "span", "blockquote", "ul", "ol", "table", "pre", "h1",
    "h2", "h3", "body.content", "block",
}  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What the renditions hold: `record` has the text, and what NITF says of it beside the item.

    `vocabulary` is the first element of markup that is no text; `address` where a text stands that is not here;
    `url` the page of the item in the web.
    """

    record: ArticleRecord
    vocabulary: str = ""
    address: str = ""
    url: str = ""


def read_content(item: _Element, position: Position) -> Content:
    """`item` is a news item, or a content set without one."""
    content_set = [item] if local_name(item) == "contentSet" else find_all(item, "contentSet")
    renditions = [part for contents in content_set for part in contents]
    content = _remote_text(renditions, Content(ArticleRecord(position)))
    marked_up = [part for part in renditions if local_name(part) == "inlineXML"]
    plain = [part for part in renditions if local_name(part) == "inlineData"]
    for read, parts in ((_inline_xml, marked_up), (_inline_data, sorted(plain, key=_is_plain))):
        for part in parts:
            found = read(part, position)
            if found.record.body:
                return replace(found, url=content.url)
            content = replace(content, vocabulary=content.vocabulary or found.vocabulary)
    return content


def _inline_xml(rendition: _Element, position: Position) -> Content:
    """NITF, wherever it stands in other markup, or XHTML."""
    language = rendition.get(XML_LANG, "")
    if not len(rendition):
        return Content(ArticleRecord(position, body=_text(rendition), language=language))
    nitf = next(rendition.iter("{*}nitf"), None)
    if nitf is not None:
        return Content(read_undated(nitf, position))
    names = [local_name(part) for part in rendition]
    if not XHTML.intersection(names):
        return Content(ArticleRecord(position), vocabulary=next(filter(None, names), ""))
    return Content(ArticleRecord(position, body=markdown_from_elements(rendition), language=language))


def _inline_data(rendition: _Element, position: Position) -> Content:
    return Content(ArticleRecord(position, body=_text(rendition), language=rendition.get(XML_LANG, "")))


def _text(rendition: _Element) -> str:
    """Text without elements, plain or markup that was escaped."""
    text = "".join(rendition.itertext())
    if rendition.get("encoding", "").lower().endswith("base64"):
        text = _decoded(text)
    is_markup = "html" in rendition.get("contenttype", "") or "</" in text or "<br" in text
    return markdown_from_html(text) if is_markup else markdown_from_text(text)


def _decoded(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _is_plain(rendition: _Element) -> bool:
    return "html" not in rendition.get("contenttype", "")


def _remote_text(renditions: list[_Element], content: Content) -> Content:
    """Where the text stands, if it is not here. A page in the web is the address of the article, too."""
    for part in renditions:
        kind, address = part.get("contenttype", ""), part.get("href", "")
        if local_name(part) == "remoteContent" and address and kind.startswith(("text/", "application/x")):
            is_page = "html" in kind and address.startswith(("http://", "https://"))
            return replace(content, address=address, url=address if is_page else "")
    return content
