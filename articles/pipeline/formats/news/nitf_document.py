"""An NITF document as a record: what stands in its head, and the text of its body."""

from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element

from articles.pipeline.markup.html import markdown_from_elements, markdown_from_html, text_from_element
from articles.pipeline.markup.paragraphs import markdown_from_text
from articles.pipeline.records import ArticleRecord, Note, Position

from .byline_in_text import parted_byline
from .elements import XML_LANG, attribute, find_all, first_text, has_elements, raw_text, texts
from .news_item import (
    after_embargo,
    completed,
    first_moment,
    is_address,
    is_withdrawn,
    meaningful,
    number_of,
    with_dateline,
    without_headline,
)
from .nitf_tags import tags_of

# Where the day may stand, from the day it was printed to the one in the dateline.
DATES = (
    ("head/pubdata", "date.publication"),
    ("head/docdata/date.issue", "norm"),
    ("head/docdata/date.release", "norm"),
    ("body/body.head/dateline/story.date", "norm"),
)
# How much of a lead has to be the same to be a repetition.
LEAD_LENGTH = 40
SOURCES = (
    ("head/pubdata", "name"),
    ("head/docdata/doc-id", "regsrc"),
    ("head/docdata/doc.copyright", "holder"),
    ("head/docdata/del-list/from-src", "src-name"),
)


def read_document(nitf: _Element, position: Position) -> Iterator[ArticleRecord | Note]:
    """The record, after notes on what of it could not be read."""
    (day, time), notes = first_moment((attribute(nitf, *place) for place in DATES), position)
    if attribute(nitf, "head/docdata", "management-status").lower() == "embargoed":
        end = attribute(nitf, "head/docdata/date.release", "norm")
        (day, time), more_notes = after_embargo((day, time), end, position)
        notes += more_notes
    yield from notes
    yield replace(read_undated(nitf, position), published_on=day, published_at=time)


def read_undated(nitf: _Element, position: Position) -> ArticleRecord:
    """The record but for its date, as NITF inside other formats leaves it to them."""
    identity = attribute(nitf, "head/docdata/doc-id", "id-string") or attribute(nitf, "head/docdata/du-key", "key")
    headline = first_text(nitf, "body/body.head/hedline/hl1") or first_text(nitf, "head/title")
    byline, text = parted_byline(first_text(nitf, "body/body.head/byline"), without_headline(_text(nitf), headline))
    record = ArticleRecord(
        position,
        headline=headline,
        summary=_summary(nitf, headline),
        body=with_dateline(_without_lead_mark(text), _dateline(nitf)),
        byline=byline,
        language=_language(nitf),
        source=_source(nitf),
        url=attribute(nitf, "head/pubdata", "ex-ref"),
        external_id=identity,
        rights=_rights(nitf),
        version=number_of(attribute(nitf, "head/docdata/du-key", "version")),
        is_withdrawn=is_withdrawn(attribute(nitf, "head/docdata", "management-status")),
        tags=meaningful(tags_of(nitf)),
    )
    return completed(record, identity)


def _summary(nitf: _Element, headline: str) -> str:
    """The abstract, or a second headline that says more than the first."""
    subheads = (line for line in find_all(nitf, "body/body.head/hedline/hl2") if "headline" not in _marks(line).lower())
    seconds = (text for text in map(text_from_element, subheads) if text not in ("", headline))
    return first_text(nitf, "body/body.head/abstract") or next(seconds, "")


def _dateline(nitf: _Element) -> str:
    """As it is written, with commas where its elements alone tell the city from the country and the date."""
    written = first_text(nitf, "body/body.head/dateline")
    place = find_all(nitf, "body/body.head/dateline/location")
    parts = [text for part in place for text in (list(texts(part, "*")) or [text_from_element(part)])]
    parts += texts(nitf, "body/body.head/dateline/story.date")
    return ", ".join(filter(None, parts)) if "".join(written.split()) == "".join("".join(parts).split()) else written


def _without_lead_mark(body: str) -> str:
    """The body without the lead that the New York Times of the 1980s set above the text that begins the same."""
    lead, _, rest = body.partition("\n\n")
    if not lead.startswith("LEAD: "):
        return body
    words = lead.removeprefix("LEAD: ")
    return rest if rest.startswith(words[:LEAD_LENGTH]) else body.removeprefix("LEAD: ")


def _text(nitf: _Element) -> str:
    contents = find_all(nitf, "body/body.content")
    if not contents:
        return markdown_from_elements(part for part in find_all(nitf, "body/*") if not _is_head_or_end(part))
    if not any(map(has_elements, contents)):
        return "\n\n".join(_bare_text(raw_text(content)) for content in contents)
    # The New York Times repeats the lead in a block of its own beside the whole text.
    full = [block for content in contents for block in find_all(content, "block") if "full_text" in _marks(block)]
    return markdown_from_elements(full or contents)


def _bare_text(text: str) -> str:
    """Text without elements: plain, or markup inside CDATA."""
    return markdown_from_html(text) if "</" in text or "<br" in text else markdown_from_text(text)


def _is_head_or_end(part: _Element) -> bool:
    return str(part.tag).endswith(("body.head", "body.end"))


def _marks(element: _Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _language(nitf: _Element) -> str:
    metas = (meta for meta in find_all(nitf, "head/meta") if meta.get("name") in ("language", "lang"))
    named = (meta.get("content", "") for meta in metas)
    written = (
        nitf.get(XML_LANG),
        nitf.get("baselang"),
        attribute(nitf, "body", XML_LANG),
        attribute(nitf, "body/body.content", XML_LANG),
    )
    return next(filter(None, (*written, *named)), "")


def _source(nitf: _Element) -> str:
    """The paper, else the distributor, else who registered the document or holds the rights. A name is better than an
    address."""
    paper, *others = (attribute(nitf, *place) for place in SOURCES)
    named = [paper, first_text(nitf, "body/body.head/distributor"), *sorted(others, key=is_address)]
    return next(filter(None, named), "")


def _rights(nitf: _Element) -> str:
    """ "© 2024 The Riverton Times", and what else is said of rights."""
    holder = attribute(nitf, "head/docdata/doc.copyright", "holder")
    year = attribute(nitf, "head/docdata/doc.copyright", "year")
    limits = attribute(nitf, "head/docdata/doc.rights", "limitations")
    notice = " ".join(filter(None, ["©", year, holder])) if holder else ""
    return "\n".join(filter(None, [notice, limits, *texts(nitf, "body/body.head/rights")]))
