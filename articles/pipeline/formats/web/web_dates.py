"""Dates as pages and feeds write them: in many languages, with the time before or behind. No day is invented."""

import re

from articles.pipeline.dates import InvalidDate, parse_date
from articles.pipeline.formats.tables.table_dates import DayAndTime, read_table_date
from articles.pipeline.formats.texts.written_dates import read_date

LONGEST_DATE = 200

_LABEL = re.compile(
    r"^(?:(?:first |last )?(?:published|posted|date|updated|on|publié|mis à jour|veröffentlicht|stand|publicado"
    r"|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd)\b:?(?:\s+(?:on|at|le|am|el|il|em|op)\b)?:?\s*)+",
    re.IGNORECASE,
)
_TIME_IN_FRONT = re.compile(r"^\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?,?\s+(?=\S)", re.IGNORECASE)
_SIGN_BEFORE_TIME = re.compile(r"\s+[–—|•·-]\s+(?=\d{1,2}[:.]\d\d)")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,\s+(?=\d)")
_HALF_OF_DAY = re.compile(r"(?<=\d)([ap])$", re.IGNORECASE)
_DAY_OF_ISO = re.compile(r"\d{4}-\d\d-\d\d(?=[T ]\d\d:)")


def read_web_date(text: str) -> DayAndTime:
    """The day as it is written there, and the exact time if it is said with the day; None for what is not."""
    text = text[:LONGEST_DATE]
    bare = _TIME_IN_FRONT.sub("", _LABEL.sub("", " ".join(text.split())))
    bare = _HALF_OF_DAY.sub(r" \1m", _SIGN_BEFORE_TIME.sub(" ", bare))
    for form in dict.fromkeys((text, bare)):
        if (found := read_date(form))[0]:
            return found
    return _in_other_languages(_WEEKDAY.sub("", bare))


def _in_other_languages(text: str) -> DayAndTime:
    """Also the day of a time that has no zone that can be read."""
    try:
        return read_table_date(text)
    except InvalidDate:
        day = _DAY_OF_ISO.match(text)
    try:
        return (parse_date(day[0]), None) if day else (None, None)
    except InvalidDate:
        return None, None
