"""A NewsML-G2 news item as a record: its metadata, and the text that it carries."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element

from articles.markdown import escape_markdown
from articles.pipeline.formats.base import Parsed
from articles.pipeline.markup.html import text_from_element
from articles.pipeline.records import ArticleRecord, Note, Position, Problem

from .byline_in_text import parted_byline
from .elements import XML_LANG, attribute, find, find_all, first_text, texts
from .news_item import (
    NATURES,
    OTHER_ITEMS,
    completed,
    first_moment,
    is_address,
    is_withdrawn,
    last_word,
    not_before,
    number_of,
    objection,
    with_dateline,
    without_headline,
)
from .newsml_content import Content, read_content
from .newsml_subjects import tags_of

DATES = (
    "itemMeta/versionCreated",
    "itemMeta/firstCreated",
    "contentMeta/contentModified",
    "contentMeta/contentCreated",
)
SUMMARY_ROLES = ("summary", "abstract", "intro", "lead", "")


def read_item(item: _Element, position: Position) -> Iterator[Parsed]:
    """The record, or what the item is instead; before it notes on what could not be read."""
    content = read_content(item, position)
    moment, notes = first_moment((first_text(item, path) for path in DATES), position)
    embargo, more_notes = first_moment([first_text(item, "itemMeta/embargoed")], position)
    yield from (*notes, *more_notes)
    day, time = not_before(moment, embargo)
    record = replace(_described(item, content, position), published_on=day, published_at=time)
    if problem := _objection(record, item, content):
        yield problem
        return
    if content.address and not content.record.body:
        yield Note(position, f"Its text stands elsewhere ({content.address[:200]}) and is not fetched.")
    yield completed(record, record.external_id)


def _described(item: _Element, content: Content, position: Position) -> ArticleRecord:
    inner = content.record
    headline = _headline(item) or inner.headline or _title(item)
    language = attribute(item, "contentMeta/language", "tag") or item.get(XML_LANG, "") or inner.language
    summary = _summary(item) or inner.summary
    byline = first_text(item, "contentMeta/by") or inner.byline or _creators(item)
    byline, body = parted_byline(byline, without_headline(inner.body, headline))
    body = with_dateline(body, first_text(item, "contentMeta/dateline"))
    return ArticleRecord(
        position,
        headline=headline,
        summary=summary,
        body=body if headline or body else escape_markdown(summary),
        byline=byline,
        language=language,
        source=_source(item) or inner.source,
        url=content.url,
        external_id=item.get("guid", "") or inner.external_id,
        rights=_rights(item) or inner.rights,
        version=number_of(item.get("version", "")),
        is_withdrawn=is_withdrawn(_coded(find(item, "itemMeta/pubStatus"))),
        tags=(*tags_of(item, language), *inner.tags),
    )


def _objection(record: ArticleRecord, item: _Element, content: Content) -> Problem | None:
    nature = last_word(_coded(find(item, "itemMeta/itemClass"))).lower()
    if content.vocabulary and not content.record.body:
        what = NATURES.get(nature, "a news item")
        return Problem(record.position, f"This is {what} that carries <{content.vocabulary}>, not a text.", OTHER_ITEMS)
    return objection(nature, record, bool(content.record.body))


def _headline(item: _Element) -> str:
    """The first that is no headline below another one."""
    headlines = sorted(find_all(item, "contentMeta/headline"), key=lambda part: "sub" in part.get("role", "").lower())
    return next(filter(None, map(text_from_element, headlines)), "")


def _title(item: _Element) -> str:
    return first_text(item, "itemMeta/title") or first_text(item, "contentMeta/slugline")


def _summary(item: _Element) -> str:
    """The description that sums up; the caption of a picture and the script of a video do not."""
    parts = reversed(find_all(item, "contentMeta/description"))
    described = {last_word(part.get("role", "")): text_from_element(part) for part in parts}
    return next((described[role] for role in SUMMARY_ROLES if described.get(role)), "")


def _creators(item: _Element) -> str:
    """The names of those who wrote it; those by which they log in are none."""
    names = texts(item, "contentMeta/creator/name")
    return ", ".join(name for name in names if " " in name or not re.search(r"[.@_]", name))


def _source(item: _Element) -> str:
    """The name of the provider or his code; else the holder of the rights; else the provider's address."""
    provider, holder = find(item, "itemMeta/provider"), find(item, "rightsInfo/copyrightHolder")
    named = [first_text(provider, "name"), last_word(attribute(provider, "", "qcode")), first_text(holder, "name")]
    written = [attribute(provider, "", "literal"), attribute(holder, "", "literal"), attribute(provider, "", "uri")]
    return next(filter(None, [*named, *sorted(written, key=is_address)]), "")


def _rights(item: _Element) -> str:
    notices = [*texts(item, "rightsInfo/copyrightNotice"), *texts(item, "rightsInfo/usageTerms")]
    return "\n".join(notices) or _holder(item)


def _holder(item: _Element) -> str:
    holder = find(item, "rightsInfo/copyrightHolder")
    return first_text(holder, "name") or attribute(holder, "", "literal")


def _coded(element: _Element | None) -> str:
    """The code by which an element refers to something."""
    return "" if element is None else next(filter(None, map(element.get, ("qcode", "uri", "literal"))), "")
