"""Dates and times as files write them. A day is the day at the place of publication: it is never shifted."""

import datetime
import re
from email.utils import parsedate_to_datetime

from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1400, 2199
# The day alone, or with the zone that XML allows behind it.
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:Z|[+-]\d\d:\d\d)?$")
_TIME_BEGINS = re.compile(r"^(?:\d{4}-?\d\d-?\d\d[Tt ]\d|.*\d:\d\d)")
# Python would read the seconds or milliseconds since 1970 as a day and a time: 1711120151221 as 1711-12-01.
_SECONDS = re.compile(r"^\d{9,}$")
# As mails and feeds write it: Thu, 21 Mar 2024 18:30:00 +0200.
_MAIL_TIME = re.compile(r"^(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d\d")


class InvalidDate(Exception):
    """The text is no date the archive can hold. The message is a sentence."""


def parse_date(text: str) -> datetime.date:
    """The day that `2024-03-21`, `20240321`, a full ISO time or one of a mail names, as written there."""
    text = text.strip()
    found = _DAY.match(text)
    try:
        day = datetime.date(*map(int, found.groups())) if found else _read(text).date()
    except (ValueError, OverflowError):
        raise InvalidDate(f"“{text[:40]}” is not a date.") from None
    return _in_range(day)


def parse_time(text: str) -> datetime.datetime:
    """An ISO 8601 time or that of a mail. Without a zone it is read in the archive's own (NEWSROOM_TIME_ZONE)."""
    text = text.strip()
    try:
        time = _read(text)
        _in_range(time.date())
        return time if time.tzinfo else timezone.make_aware(time)
    except (ValueError, OverflowError):
        raise InvalidDate(f"“{text[:40]}” is not a time.") from None


def has_time(text: str) -> bool:
    """Whether a text that names a day says more than the day."""
    return bool(_TIME_BEGINS.match(text.strip())) and not _DAY.match(text.strip())


def parse_day_and_time(text: str) -> tuple[datetime.date, datetime.datetime | None]:
    """The day and, where it is given, the exact time. Midnight without a zone stands for the day alone."""
    day = parse_date(text)
    if not has_time(text) or _read(text.strip()) == datetime.datetime.combine(day, datetime.time()):
        return day, None
    return day, parse_time(text)


def _read(text: str) -> datetime.datetime:
    """Raises ValueError, or OverflowError for a zone that no clock shows."""
    if _SECONDS.match(text):
        raise ValueError
    return parsedate_to_datetime(text) if _MAIL_TIME.match(text) else datetime.datetime.fromisoformat(text.upper())


def _in_range(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidDate(f"The year {day.year} is outside {FIRST_YEAR} to {LAST_YEAR}.")
    return day
