"""The values of fields. The archive's own fields must hold what it asks for; in those of others what can be read is."""

import re
from typing import Any

from articles.pipeline.dates import InvalidDate, has_time, parse_date, parse_time
from articles.pipeline.formats.texts.signs_of_html import has_html
from articles.pipeline.markup.html import markdown_from_html, text_from_html
from articles.pipeline.markup.paragraphs import markdown_from_text

from .field_names import TEXT_FIELDS
from .fields import Reading
from .name_lists import split_names
from .table_dates import AmbiguousDate, DayAndTime, read_table_date

LONGEST_TAG = 200
LONGEST_DATE = 100

# Where an object stands for a text, one of these has it.
_INNER_NAMES = ("rendered", "main", "value", "name", "label", "title", "text", "original")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)


class InvalidField(Exception):
    """A field holds what it cannot. The arguments are the reason and the advice."""


def own_text(value: Any, field: str) -> str:
    if isinstance(value, dict):
        value = _inner_value(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InvalidField(f"The field '{field}' is not a text.", "Write it as a JSON string.")
    text = str(value).strip()
    longest = TEXT_FIELDS[field]
    if longest and len(text) > longest:
        raise InvalidField(f"The field '{field}' has {len(text)} characters.", f"Shorten it to {longest}.")
    return text


def check_address(url: str) -> None:
    if url and not url.startswith(("http://", "https://")):
        raise InvalidField("The field 'url' is not a web address.", "It should begin with https:// or http://.")


def other_text(value: Any, field: str) -> str:
    if field == "body":
        text = "\n\n".join(_texts(value))
        return markdown_from_html(text) if has_html(text) else markdown_from_text(text)
    text = ", ".join(_texts(value))
    return text_from_html(text) if has_html(text) or _REFERENCE.search(text) else text


def own_date(value: Any, field: str) -> DayAndTime:
    text = "" if value is None else str(value).strip()
    if isinstance(value, bool) or not isinstance(value, str | int | None) or len(text) > LONGEST_DATE:
        raise InvalidField(f"The field '{field}' is not a date.", "Write it as a JSON string: 2024-03-21.")
    try:
        return (parse_date(text), parse_time(text) if has_time(text) else None) if text else (None, None)
    except InvalidDate as error:
        advice = "Write 2024-03-21, or a time with its zone: 2024-03-21T18:30:00+02:00."
        raise InvalidField(str(error), advice) from None


def other_date(value: Any, reading: Reading) -> DayAndTime:
    texts = _texts(value)
    ours, theirs = reading.field, reading.column
    try:
        return read_table_date(texts[0][:LONGEST_DATE], reading.form) if texts else (None, None)
    except AmbiguousDate as error:
        advice = f'Say which comes first: --field "{ours}={theirs}:%d/%m/%Y" or "{ours}={theirs}:%m/%d/%Y".'
        raise InvalidField(str(error), advice) from None
    except InvalidDate as error:
        advice = f'Say its form, such as --field "{ours}={theirs}:%d.%m.%y", or leave it out: --field {ours}=-.'
        raise InvalidField(str(error), advice) from None


def own_names(value: Any, field: str) -> list[str]:
    names = value if isinstance(value, list) else [value or ""]
    if not all(isinstance(name, str) for name in names):
        raise InvalidField(f"The field '{field}' is not a list of names.", f'Write it as {{"{field}": ["…", "…"]}}.')
    if any(len(name) > LONGEST_TAG for name in names):
        advice = f"Shorten it to {LONGEST_TAG}, or write the names as a list."
        raise InvalidField(f"The field '{field}' has a name of more than {LONGEST_TAG} characters.", advice)
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def other_names(value: Any, reading: Reading) -> list[str]:
    names = _texts(value)
    if not isinstance(value, list):
        names = [name for text in names for name in split_names(text, reading.field, reading.has_one_name)]
    return list(dict.fromkeys(names))


def whole_number(value: Any) -> int | None:
    texts = _texts(value)
    return int(texts[0]) if texts and re.fullmatch(r"[0-9]{1,9}", texts[0]) else None


def truth(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "1"))


def _texts(value: Any) -> list[str]:
    """The texts in a value of whatever kind."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return _texts(_inner_value(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    return [str(int(value)) if value == value // 1 else str(value)]


def _inner_value(value: dict) -> Any:
    inner = (value.get(name) for name in _INNER_NAMES)
    return next((each for each in inner if each and isinstance(each, str | int | list)), None)
