"""What was written on this day of the year, or near it, in earlier years."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.models import Article
from articles.search import ArticleQuery
from articles.search.days import Days
from articles.search.stretches import Position, read_on

SHOWN = 4
# Where this very day has nothing: so many days before and after.
NEAR = 3
# Years ago that people like to be reminded of.
ROUND = (100, 50, 25, 10, 5)


@dataclass(frozen=True)
class OnThisDay:
    label: str
    articles: list[Article]


def find_on_this_day(days: Days, today: datetime.date) -> OnThisDay | None:
    """An article for each of a few years: round anniversaries first, shown from the latest."""
    found = _earlier(days, today, [0])
    label = gettext("On this day, %s") % date_format(today, "j F")
    if not found:
        found = _earlier(days, today, range(-NEAR, NEAR + 1))
        label = gettext("In this week of other years")
    if not found:
        return None
    chosen = sorted(sorted(found, key=lambda day: _roundness(today.year - day.year))[:SHOWN], reverse=True)
    return OnThisDay(label, Article.objects.published().for_list().in_order(_newest_of(day) for day in chosen))


def _newest_of(day: datetime.date) -> int | None:
    return next(iter(read_on(ArticleQuery(first_day=day, last_day=day), Position(), limit=1).ids), None)


def _earlier(days: Days, today: datetime.date, shifts: list[int] | range) -> list[datetime.date]:
    """The days with articles in years before this one, one a year at most, latest first."""
    nearby = [today + datetime.timedelta(shift) for shift in sorted(shifts, key=abs)]
    found = [day for each in nearby for day in days.same_day(each) if day.year < today.year]
    one_a_year = {day.year: day for day in reversed(found)}
    return sorted(one_a_year.values(), reverse=True)


def _roundness(years: int) -> int:
    """0 for whole centuries, more the less round a number is."""
    return next((rank for rank, step in enumerate(ROUND) if years % step == 0), len(ROUND))
