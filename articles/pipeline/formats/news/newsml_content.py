"""The text of a NewsML-G2 news item: the first of its renditions that has one, markup before plain text."""

from dataclasses import dataclass, replace

from lxml.etree import _Element

from articles.pipeline.markup.xml import local_name
from articles.pipeline.records import ArticleRecord, Position

from .carried_text import read_carried
from .elements import find_all


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
    carried = (part for part in renditions if local_name(part) in ("inlineXML", "inlineData"))
    for part in sorted(carried, key=_is_plain):
        found = read_carried(part, position)
        if found.record.body:
            return replace(content, record=found.record, vocabulary="")
        content = replace(content, vocabulary=content.vocabulary or found.vocabulary)
    return content


def _is_plain(rendition: _Element) -> bool:
    return local_name(rendition) == "inlineData" and "html" not in rendition.get("contenttype", "")


def _remote_text(renditions: list[_Element], content: Content) -> Content:
    """Where the text stands, if it is not here. A page in the web is the address of the article, too."""
    for part in renditions:
        kind, address = part.get("contenttype", ""), part.get("href", "")
        if local_name(part) == "remoteContent" and address and kind.startswith(("text/", "application/x")):
            is_page = "html" in kind and address.startswith(("http://", "https://"))
            return replace(content, address=address, url=address if is_page else "")
    return content
