"""What the entry of a feed becomes."""

import datetime
from collections.abc import Iterator

from feedparser import FeedParserDict

from articles.markdown import plain_text
from articles.pipeline.formats.base import Parsed
from articles.pipeline.markup.html import markdown_from_html, text_from_html
from articles.pipeline.markup.paragraphs import markdown_from_text
from articles.pipeline.records import ArticleRecord, Note, Position, Problem, Tag

from .page_furniture import without_furniture
from .web_dates import read_web_date
from .wordpress_post import html_of_post, is_post, name_of_author, unpublished_status

HTML_TYPES = {"text/html", "application/xhtml+xml"}
TEXT_TYPES = HTML_TYPES | {"text/plain", "text", ""}


def read_entry(entry: FeedParserDict, feed: FeedParserDict, number: int, position: Position) -> Iterator[Parsed]:
    headline, (summary, body) = _text(entry.get("title_detail")), _summary_and_body(entry)
    if not headline and not body:
        reason = f"Entry {number} of the feed has neither a title nor a text."
        yield Problem(position, reason, "Give it at least one of them.")
        return
    if status := unpublished_status(entry):
        reason = f"Entry {number} of the export, “{headline[:60]}”, has the status “{status}”."
        yield Problem(position, reason, "Publish it in WordPress and export it again.")
        return
    day, time, unread = _dates(entry)
    if unread:
        yield Note(position, f"The date “{unread[:40]}” of entry {number} names no day; it goes in without one.")
    yield ArticleRecord(
        position,
        headline=headline,
        summary=summary,
        body=body,
        byline=_byline(entry, feed),
        published_on=day,
        published_at=time,
        language=_language(entry, feed),
        source=_title(entry.get("source", {})) or _title(feed),
        url=entry.get("feedburner_origlink") or entry.get("link") or "",
        external_id=entry.get("id") or "",
        rights=_text(entry.get("rights_detail")) or _text(feed.get("rights_detail")),
        tags=tuple(_tags(entry)),
    )


def _summary_and_body(entry: FeedParserDict) -> tuple[str, str]:
    """A feed may give the text beside its summary, or but one of them, whatever it calls it."""
    contents = [detail for detail in entry.get("content", ()) if detail.get("type", "") in TEXT_TYPES]
    body = max((_markdown(detail, is_post(entry)) for detail in contents), key=len, default="")
    described = entry.get("summary_detail") or {}
    if is_post(entry):
        return text_from_html(entry.get("excerpt_encoded") or ""), body
    if not body:
        return "", _markdown(described)
    # feedparser fills a summary that is missing with the content.
    is_copy = any(described.get("value") == detail.get("value") for detail in contents)
    return "" if is_copy else " ".join(plain_text(_markdown(described)).split()), body


def _markdown(detail: dict, is_post: bool = False) -> str:
    """Without what feeds add to a text, such as the way to the rest of it."""
    value = detail.get("value") or ""
    if is_post:
        return without_furniture(markdown_from_html(html_of_post(value)))
    convert = markdown_from_html if detail.get("type") in HTML_TYPES else markdown_from_text
    return without_furniture(convert(value))


def _text(detail: dict | None) -> str:
    value = (detail or {}).get("value") or ""
    return text_from_html(value) if (detail or {}).get("type") in HTML_TYPES else " ".join(value.split())


def _title(feed: dict) -> str:
    return _text(feed.get("title_detail")) or " ".join((feed.get("title") or "").split())


def _dates(entry: FeedParserDict) -> tuple[datetime.date | None, datetime.datetime | None, str]:
    """The day as it is written there, which feedparser would shift to that of Greenwich, the time, and what could
    not be read."""
    # Without `dict` feedparser would answer for another key.
    written = [text for key in ("published", "updated", "created") if (text := dict.get(entry, key))]
    for text in written:
        day, time = read_web_date(text)
        if day:
            # WordPress exports times of Greenwich, and beside them the day at the place of the site.
            own_day, _ = read_web_date(entry.get("wp_post_date") or "")
            return own_day or day, time, ""
    return None, None, written[0] if written else ""


def _byline(entry: FeedParserDict, feed: FeedParserDict) -> str:
    names = [author.get("name") or author.get("email") or "" for author in entry.get("authors", ())]
    names = [name_of_author(name, feed) for name in names]
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _language(entry: FeedParserDict, feed: FeedParserDict) -> str:
    details = [*entry.get("content", ()), entry.get("title_detail") or {}, feed]
    return next((language for detail in details if (language := detail.get("language"))), "")


def _tags(entry: FeedParserDict) -> Iterator[Tag]:
    for tag in entry.get("tags", ()):
        yield Tag("topic", " ".join((tag.get("label") or tag.get("term") or "").split()))
