"""Records from rows of tables and from objects, as a plan has it."""

import re
from collections.abc import Mapping
from typing import Any

from articles.pipeline.formats.texts.signs_of_html import markdown_from_any
from articles.pipeline.records import ArticleRecord, Position, Problem, Tag

from .field_names import TAG_FIELDS
from .field_values import (
    InvalidField,
    check_address,
    other_date,
    other_names,
    other_text,
    own_date,
    own_names,
    own_text,
    truth,
    whole_number,
)
from .fields import Plan, Reading, in_quotes
from .table_dates import DayAndTime

_KEY = re.compile(r"(?:id|url|text|made):[0-9a-f]{32}")
_SLUG = re.compile(r"(?!none$)[\w-]{1,100}", re.ASCII)


def make_record(data: Mapping[str, Any], plan: Plan, position: Position) -> ArticleRecord | Problem:
    try:
        return _record(data, plan, position)
    except InvalidField as error:
        return Problem(position, *error.args)
    except RecursionError:
        return Problem(position, "The values are nested too deeply.", "No article is as deep as this.")


def value_at(value: Any, path: tuple[str, ...]) -> Any:
    """What is below the keys; None where there is nothing. Of a list, what is there in each of its objects."""
    if not path or value is None:
        return value
    if isinstance(value, list):
        return [found for item in value if (found := value_at(item, path)) is not None] or None
    return value_at(value.get(path[0]), path[1:]) if isinstance(value, Mapping) else None


def _record(data: Mapping[str, Any], plan: Plan, position: Position) -> ArticleRecord:
    texts = {reading.field: _text(data, reading, plan.is_export) for reading in plan.texts}
    if not (texts.get("headline") or texts.get("body")):
        raise InvalidField("The fields 'headline' and 'body' are both missing.", _advice_without_text(plan))
    if plan.has_own_address:
        check_address(texts["url"])
    day, time = _dates(data, plan.dates) if plan.dates else (None, None)
    tags = tuple(tag for reading in plan.tags for tag in _tags(data, reading))
    version = whole_number(_value(data, plan.version)) if plan.version else None
    is_derived = bool(plan.is_derived and texts.get("headline") and truth(_value(data, plan.is_derived)))
    return ArticleRecord(
        position,
        **texts,
        published_on=day,
        published_at=time,
        version=version,
        tags=tags,
        headline_is_derived=is_derived,
        is_complete=plan.is_derived is not None,
        **(_identity(data) if plan.is_export else {}),
    )


def _identity(data: Mapping[str, Any]) -> dict[str, str]:
    """What an export says of its articles. Rows that a person added or changed there may lack it."""
    key, slug = (str(data.get(name) or "").strip() for name in ("import_key", "slug"))
    return {"given_key": key if _KEY.fullmatch(key) else "", "slug": slug if _SLUG.fullmatch(slug) else ""}


def _value(data: Mapping[str, Any], reading: Reading) -> Any:
    path = reading.path
    if len(path) == 1:
        return data.get(path[0])
    return value_at(data, path) if path else reading.constant


def _text(data: Mapping[str, Any], reading: Reading, is_export: bool) -> str:
    value = _value(data, reading)
    if value is None:
        return ""
    if not reading.is_own:
        return other_text(value, reading.field)
    text = own_text(value, reading.field)
    return markdown_from_any(text) if reading.field == "body" and not is_export else text


def _dates(data: Mapping[str, Any], readings: tuple[Reading, ...]) -> DayAndTime:
    """The day and the exact time. Each can stand for the other; the day is the one written in the text."""
    found: dict[str, DayAndTime] = {}
    for reading in readings:
        value = _value(data, reading)
        found[reading.field] = own_date(value, reading.field) if reading.is_own else other_date(value, reading)
    on, at = found.get("published_on", (None, None)), found.get("published_at", (None, None))
    return on[0] or at[0], at[1] or on[1]


def _tags(data: Mapping[str, Any], reading: Reading) -> list[Tag]:
    value = _value(data, reading)
    names = own_names(value, reading.field) if reading.is_own else other_names(value, reading)
    return [Tag(TAG_FIELDS[reading.field], name) for name in names]


def _advice_without_text(plan: Plan) -> str:
    if not plan.unused:
        return "Give at least one of them."
    return f"Give at least one of them, or map another: --field headline=…. There are {in_quotes(plan.unused)}."
