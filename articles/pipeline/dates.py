"""Dates and times as files write them. A day is the day at the place of publication: it is never shifted."""

import datetime
import re

from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1400, 2199
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_TIME_BEGINS = re.compile(r"^\d{4}-?\d\d-?\d\d[Tt ]\d")
# Python would read the seconds or milliseconds since 1970 as a day and a time: 1711120151221 as 1711-12-01.
_SECONDS = re.compile(r"^\d{9,}$")


class InvalidDate(Exception):
    """The text is no date the archive can hold. The message is a sentence."""


def parse_date(text: str) -> datetime.date:
    """The day that `2024-03-21`, `20240321` or a full ISO time names, as written there."""
    found = _DAY.match(text)
    try:
        if _SECONDS.match(text):
            raise ValueError
        day = datetime.date(*map(int, found.groups())) if found else datetime.datetime.fromisoformat(text).date()
    except ValueError:
        raise InvalidDate(f"“{text[:40]}” is not a date.") from None
    return _in_range(day)


def parse_time(text: str) -> datetime.datetime:
    """An ISO 8601 time. Without a zone it is read in the archive's own (NEWSROOM_TIME_ZONE)."""
    try:
        time = datetime.datetime.fromisoformat(text)
        _in_range(time.date())
        return time if time.tzinfo else timezone.make_aware(time)
    except (ValueError, OverflowError):
        raise InvalidDate(f"“{text[:40]}” is not a time.") from None


def has_time(text: str) -> bool:
    """Whether an ISO text says more than the day."""
    return bool(_TIME_BEGINS.match(text))


def _in_range(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidDate(f"The year {day.year} is outside {FIRST_YEAR} to {LAST_YEAR}.")
    return day
