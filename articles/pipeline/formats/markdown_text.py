"""Markdown: one article a file, as site generators and note-takers keep them, with YAML above the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.markdown import plain_text
from articles.pipeline.formats.texts.embedded_html import without_html
from articles.pipeline.formats.texts.front_matter import InvalidFrontMatter, read_front_matter, split_front_matter
from articles.pipeline.formats.texts.front_matter_fields import KNOWN_KEYS, FrontMatterFields, is_draft, read_fields
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Note, Position, Problem, clean_text

from .base import Parsed

SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
DATA_SUFFIXES = {".yaml", ".yml"}
MOST_KEYS_NAMED = 10

_KNOWN_KEY = re.compile(rf"^(?:{'|'.join(sorted(KNOWN_KEYS))})[ \t]*:", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"\s*(?:#[ \t]+(?P<marked>[^\n]*?)[ \t]*#*|(?P<underlined>\S[^\n]*)\n=+)[ \t]*(?:\n|\Z)")


class MarkdownText:
    name = "markdown_text"
    label = "Markdown, with or without YAML above it"

    def recognises(self, file: InputFile) -> bool:
        text = clean_text(file.head_text())
        if "\0" in file.head_text() or file.suffix in DATA_SUFFIXES:
            return False
        return file.suffix in SUFFIXES or bool(_KNOWN_KEY.search(split_front_matter(text).front or ""))

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        position = Position(file.name)
        try:
            document = _read(clean_text(file.text()))
        except InvalidFrontMatter as error:
            advice = "Correct it, or remove what stands between the two lines of “---”."
            yield Problem(Position(file.name, error.line), str(error), advice)
            return
        if is_draft(document.front):
            yield Problem(position, "The article is marked as a draft.", "Remove the mark when it may be published.")
            return
        fields = read_fields(document.front)
        yield from _notes(fields, position)
        headline, body = _headline_and_body(fields.values["headline"], document.text)
        yield ArticleRecord(position, **fields.values | {"headline": headline, "body": body}, tags=fields.tags)


@dataclass(frozen=True)
class _Document:
    front: dict
    text: str


def _read(text: str) -> _Document:
    """Raises InvalidFrontMatter. Ornaments that only look like front matter are part of the text."""
    parts = split_front_matter(text)
    front = read_front_matter(parts.front) if parts.front is not None else None
    return _Document({}, text) if front is None else _Document(front, parts.text)


def _notes(fields: FrontMatterFields, position: Position) -> Iterator[Note]:
    if fields.unread_date:
        date = fields.unread_date[:40]
        yield Note(position, f"The date “{date}” names no day; the article goes in without one.")
    if fields.unread_keys:
        named = ", ".join(key[:40] for key in fields.unread_keys[:MOST_KEYS_NAMED])
        more = len(fields.unread_keys) - MOST_KEYS_NAMED
        yield Note(position, f"These keys are not read: {named}{f' and {more} more' if more > 0 else ''}.")


def _headline_and_body(headline: str, text: str) -> tuple[str, str]:
    """The first heading is the headline if there is no other, and does not stand above the text a second time."""
    text = without_html(text)
    heading = _HEADING.match(text)
    if not heading:
        return headline, text
    title = plain_text(heading["marked"] or heading["underlined"] or "")
    if headline and headline.casefold() != title.casefold():
        return headline, text
    return headline or title, text[heading.end() :].lstrip("\n")
