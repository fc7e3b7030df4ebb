"""A ninjs item as a record, of any version of the standard. Its fields come in lower case."""

from collections.abc import Iterator
from dataclasses import replace

from articles.markdown import escape_markdown
from articles.pipeline.formats.base import Parsed
from articles.pipeline.markup.html import text_from_html
from articles.pipeline.records import ArticleRecord, Position, Problem

from .byline_in_text import parted_byline
from .json_values import first_text, objects_of, text_of, texts_of
from .news_item import (
    OTHER_ITEMS,
    completed,
    first_moment,
    is_withdrawn,
    meaningful,
    not_before,
    number_of,
    objection,
    with_dateline,
    without_headline,
)
from .ninjs_body import body_of
from .ninjs_tags import tags_of

DATES = ("versioncreated", "firstcreated", "contentcreated")
# What the standard has beside news, and the fields that tell it whatever the type says.
DECLINED = {"event": "an event that was planned", "planning": "a planning item, news that is still to come"}
TYPE_OF_FIELD = {"eventdetails": "event", "plannedcoverage": "planning"}
# Descriptions that do not sum up the story.
OTHER_ROLES = ("caption", "writer", "creditline", "script", "shotlist")
MOST_ASSOCIATED = 3


def read_item(item: dict, position: Position, depth: int = 0) -> Iterator[Parsed]:
    """The record, or what the item is instead; then the articles that are associated with it."""
    kind = next((kind for field, kind in TYPE_OF_FIELD.items() if field in item), text_of(item.get("type")).lower())
    if kind in DECLINED:
        yield Problem(position, f"This is {DECLINED[kind]}, not an article.", OTHER_ITEMS)
    else:
        yield from _read_news(item, kind, position)
    for associated in _associated(item):
        if depth < MOST_ASSOCIATED and body_of(associated) and text_of(associated.get("type")) in ("text", "composite"):
            yield from read_item(associated, position, depth + 1)


def _read_news(item: dict, kind: str, position: Position) -> Iterator[Parsed]:
    moment, notes = first_moment((text_of(item.get(field)) for field in DATES), position)
    embargo, more_notes = first_moment([first_text(item, "embargoed", "embargoeduntil")], position)
    yield from (*notes, *more_notes)
    day, time = not_before(moment, embargo)
    text = body_of(item)
    record = replace(_described(item, text, position), published_on=day, published_at=time)
    yield objection(kind, record, bool(text)) or completed(record, record.external_id)


def _described(item: dict, text: str, position: Position) -> ArticleRecord:
    headline, summary = _headline(item), _summary(item)
    byline = text_from_html(first_text(item, "byline", "by")) or _names(item, "authors", "bylines")
    byline, body = parted_byline(byline, without_headline(text, headline))
    body = with_dateline(body, text_of(item.get("dateline")))
    return ArticleRecord(
        position,
        headline=headline,
        summary=summary,
        body=body if headline or body else escape_markdown(summary),
        byline=byline,
        language=text_of(item.get("language")),
        source=first_text(item, "source", "provider", "copyrightholder") or _info_source(item),
        url=_page(item),
        external_id=_identity(item),
        rights=_rights(item),
        version=number_of(text_of(item.get("version"))),
        is_withdrawn=is_withdrawn(text_of(item.get("pubstatus"))),
        tags=meaningful(tags_of(item)),
    )


def _identity(item: dict) -> str:
    """The id that stays the same. Where the uri is the address of a request, its parameters differ each time."""
    known = next(objects_of(item.get("altids")), {})
    uri = first_text(item, "uri", "id", "guid")
    return first_text(known, "itemid") or uri if "?" in uri else uri


def _associated(item: dict) -> Iterator[dict]:
    """A list in versions 2 and 3, an object of named items in version 1."""
    associations = item.get("associations")
    return objects_of(list(associations.values()) if isinstance(associations, dict) else associations)


def _headline(item: dict) -> str:
    """The main one of several, or the one that there is."""
    several = [(text_of(part.get("role")), text_of(part.get("value"))) for part in objects_of(item.get("headlines"))]
    others = (text_of(value) for field, value in item.items() if field.startswith("headline_"))
    main = [value for role, value in several if role == "main"] + [value for _, value in several]
    candidates = (*main, text_of(item.get("headline")), *others, first_text(item, "title", "slugline"))
    return next(filter(None, map(text_from_html, candidates)), "")


def _summary(item: dict) -> str:
    """The first description of the story, else any."""
    described = [
        (text_of(part.get("role")), text_of(part.get("value"))) for part in objects_of(item.get("descriptions"))
    ]
    described += [(field, text_of(value)) for field, value in item.items() if field.startswith("description_")]
    described.sort(key=lambda part: any(role in part[0].lower() for role in OTHER_ROLES))
    return next(filter(None, (text_from_html(text) for _, text in described)), "")


def _names(item: dict, *fields: str) -> str:
    """The names in fields that hold texts or objects, with commas between them."""
    values = [value for field in fields for value in (item.get(field) if isinstance(item.get(field), list) else [])]
    return ", ".join(filter(None, map(text_of, values))) or ", ".join(
        filter(None, (first_text(part, "name", "value", "byline") for part in objects_of(values)))
    )


def _info_source(item: dict) -> str:
    """The first source of information that is no person who was asked."""
    sources = (part for field in ("infosources", "infosource") for part in objects_of(item.get(field)))
    named = (first_text(part, "name") for part in sources if first_text(part, "code", "literal") != "interviewee")
    return next(filter(None, named), "")


def _page(item: dict) -> str:
    """The address of the rendition that is a page in the web. The uri is no address: it only looks like one."""
    renditions = item.get("renditions")
    pages = objects_of(list(renditions.values()) if isinstance(renditions, dict) else renditions)
    kinds = ((first_text(page, "contenttype", "mimetype"), first_text(page, "href")) for page in pages)
    return next((address for kind, address in kinds if kind == "text/html"), "")


def _rights(item: dict) -> str:
    """The notice and the terms of use, and where rights are stated; else the holder."""
    stated = (text_of(part.get("linkedrights")) for part in objects_of(item.get("rightsinfo")))
    notices = (notice for field in ("copyrightnotice", "usageterms") for notice in texts_of(item.get(field)))
    return "\n".join(filter(None, [*notices, *stated])) or text_of(item.get("copyrightholder"))
