"""JSON lines: an article as a JSON object on each line, with the fields named as in the archive."""

import datetime
import json
from collections.abc import Iterator

from articles.pipeline.dates import InvalidDate, has_time, parse_date, parse_time
from articles.pipeline.read import InputFile
from articles.pipeline.records import ArticleRecord, Position, Problem, Tag, clean_text

# The fields that hold text, with the longest value the archive takes (None: any).
TEXT_FIELDS = {
    "headline": 300,
    "summary": None,
    "body": None,
    "byline": 300,
    "language": 35,
    "source": 200,
    "url": 1000,
    "external_id": 300,
}
TAG_FIELDS = {"people": "person", "places": "place", "topics": "topic"}
LONGEST_TAG = 200


class InvalidField(Exception):
    """A field holds what it cannot. The arguments are the reason and the advice."""


class JsonLines:
    name = "json_lines"
    label = "JSON lines: one object a line"

    def recognises(self, file: InputFile) -> bool:
        return file.head_text().lstrip().startswith("{")

    def parse(self, file: InputFile) -> Iterator[ArticleRecord | Problem]:
        for number, line in file.lines():
            if line.strip():
                yield _parse_line(line, Position(file.name, number))


def _parse_line(line: str, position: Position) -> ArticleRecord | Problem:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = f"The line is not valid JSON ({str(error)[:100]})."
        return Problem(position, reason, "Write one JSON object on each line.")
    if not isinstance(data, dict):
        return Problem(position, "The line is JSON, but not an object.", 'It should look like {"headline": "…"}.')
    try:
        return _record(data, position)
    except InvalidField as error:
        return Problem(position, *error.args)


def _record(data: dict, position: Position) -> ArticleRecord:
    texts = {name: _text(data, name, longest) for name, longest in TEXT_FIELDS.items()}
    if not texts["headline"] and not texts["body"]:
        raise InvalidField("The fields 'headline' and 'body' are both missing.", "Give at least one of them.")
    if texts["url"] and not texts["url"].startswith(("http://", "https://")):
        raise InvalidField("The field 'url' is not a web address.", "It should begin with https:// or http://.")
    day, time = _dates(data)
    tags = tuple(Tag(kind, name) for field, kind in TAG_FIELDS.items() for name in _names(data, field))
    return ArticleRecord(position, **texts, published_on=day, published_at=time, tags=tags)


def _text(data: dict, name: str, longest: int | None) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InvalidField(f"The field '{name}' is not a text.", "Write it as a JSON string.")
    text = clean_text(str(value)).strip()
    if longest and len(text) > longest:
        raise InvalidField(f"The field '{name}' has {len(text)} characters.", f"Shorten it to {longest}.")
    return text


def _dates(data: dict) -> tuple[datetime.date | None, datetime.datetime | None]:
    """The day and the exact time. Each can stand for the other; the day is the one written in the text."""
    day_text, time_text = (_text(data, name, 100) for name in ("published_on", "published_at"))
    if not time_text and has_time(day_text):
        time_text = day_text
    try:
        day = parse_date(day_text or time_text) if day_text or time_text else None
        time = parse_time(time_text) if has_time(time_text) else None
    except InvalidDate as error:
        raise InvalidField(
            str(error), "Write 2024-03-21, or a time with its zone: 2024-03-21T18:30:00+02:00."
        ) from None
    return day, time


def _names(data: dict, field: str) -> list[str]:
    value = data.get(field) or []
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise InvalidField(f"The field '{field}' is not a list of names.", f'Write it as {{"{field}": ["…", "…"]}}.')
    cleaned = [clean_text(name).strip() for name in names]
    if any(len(name) > LONGEST_TAG for name in cleaned):
        advice = f"Shorten it to {LONGEST_TAG}, or write the names as a list."
        raise InvalidField(f"The field '{field}' has a name of more than {LONGEST_TAG} characters.", advice)
    return list(dict.fromkeys(name for name in cleaned if name))
