"""Saying a range of days: “in 2024”, “in March 2024”, “on 21 March 2024”."""

import calendar
import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

Day = datetime.date | None


def name_of_days(first: Day, last: Day) -> str:
    """The year, the month or the day that the two make up; else both, or the one that is given."""
    if first and last and first == last:
        return _day(first)
    if first and last and _is_month(first, last):
        return date_format(first, "F Y")
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first and last:
        return f"{_day(first)} – {_day(last)}"
    return gettext("from %s") % _day(first) if first else gettext("up to %s") % _day(last) if last else ""


def phrase_of_days(first: Day, last: Day) -> str:
    """The same, as it stands in a sentence."""
    if first and last and first == last:
        return gettext("on %s") % _day(first)
    if first and last and (name := name_of_days(first, last)).count("–") == 0:
        return gettext("in %s") % name
    if first and last:
        return gettext("between %(first)s and %(last)s") % {"first": _day(first), "last": _day(last)}
    return gettext("from %s onwards") % _day(first) if first else gettext("up to %s") % _day(last) if last else ""


def _is_month(first: datetime.date, last: datetime.date) -> bool:
    is_same = (first.year, first.month) == (last.year, last.month)
    return is_same and first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
