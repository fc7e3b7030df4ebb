"""Saying a range of days: “in 2024”, “in March 2024”, “on 21 March 2024”, “from 2010 to 2012”."""

import calendar
import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

Day = datetime.date | None


def name_of_days(first: Day, last: Day) -> str:
    """The year, the month or the day that the two make up; else both, or the one that is given."""
    if first and last:
        names = _ends(first, last)
        # Years are short enough to stand without spaces.
        return (" – " if " " in names[0] else "–").join(dict.fromkeys(names))
    return gettext("from %s") % _day(first) if first else gettext("up to %s") % _day(last) if last else ""


def phrase_of_days(first: Day, last: Day) -> str:
    """The same, as it stands in a sentence."""
    if first and last and first == last:
        return gettext("on %s") % _day(first)
    if first and last:
        names = _ends(first, last)
        span = gettext("in %(first)s") if names[0] == names[1] else gettext("from %(first)s to %(last)s")
        return span % {"first": names[0], "last": names[1]}
    return gettext("from %s onwards") % _day(first) if first else gettext("up to %s") % _day(last) if last else ""


def _ends(first: datetime.date, last: datetime.date) -> tuple[str, str]:
    """As years where the two enclose whole years, as months where they enclose whole months, else as days."""
    is_whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if is_whole_months and (first.month, last.month) == (1, 12):
        return str(first.year), str(last.year)
    if is_whole_months:
        return date_format(first, "F Y"), date_format(last, "F Y")
    return _day(first), _day(last)


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
