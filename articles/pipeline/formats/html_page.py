"""Web pages: one article a page, with what it says about itself in its head and in JSON-LD."""

import re
from collections.abc import Iterator

from articles.pipeline.formats.news.xml_root import root_name
from articles.pipeline.formats.web.above_the_text import without_repetition
from articles.pipeline.formats.web.page_fields import PageFields
from articles.pipeline.formats.web.page_text import InvalidPage
from articles.pipeline.formats.web.web_page import WebPage
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Note, Position, Problem

from .base import Parsed

SUFFIXES = {".html", ".htm", ".xhtml"}
_BEGINNING = re.compile(r"\s*<(?:!doctype\s+html\b|(?:html|head|body|meta|title|article)[\s>])", re.IGNORECASE)


class HtmlPage:
    name = "html_page"
    label = "web pages, one article a page"

    def recognises(self, file: InputFile) -> bool:
        head = file.head_text()
        is_named = file.suffix in SUFFIXES and "<" in head and "\0" not in head
        return is_named or bool(_BEGINNING.match(head)) or root_name(head).lower() == "html"

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        yield from parse_page(file.text(), "", Position(file.name))


def parse_page(text: str, url: str, position: Position) -> Iterator[Parsed]:
    """The article of a page that was found at `url`, if that is known; or a Problem that says what it is instead."""
    try:
        page = WebPage(text, url)
    except InvalidPage as error:
        yield Problem(position, *error.args)
        return
    if reason := page.why_no_article():
        yield Problem(position, reason, "Give the pages of the articles themselves, as they are shown in a browser.")
        return
    fields = page.fields()
    if fields.unread_date and not fields.published_on:
        yield Note(position, f"The date “{fields.unread_date[:40]}” names no day; the article goes in without one.")
    yield _record(page, fields, position)


def _record(page: WebPage, fields: PageFields, position: Position) -> ArticleRecord:
    return ArticleRecord(
        position,
        headline=fields.headline,
        summary=fields.summary,
        body=without_repetition(page.body(), fields.headline, fields.byline, fields.summary),
        byline=fields.byline,
        published_on=fields.published_on,
        published_at=fields.published_at,
        language=fields.language,
        source=fields.source,
        url=page.meta.address() or fields.url,
        rights=fields.rights,
        tags=fields.tags,
    )
