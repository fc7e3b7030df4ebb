"""The days that have articles, and how many each has: counted once for each commit of the index."""

import datetime
import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from . import catch_up_for_reader
from .documents import day_number
from .engine import Answerer
from .files import open_latest
from .periods import period_of
from .query import NONE, ArticleQuery

MOST_DAYS = 1_000_000
KEPT_AS = "days"


@dataclass(frozen=True)
class Days:
    """`counts` maps days, as the index numbers them, to numbers of published articles."""

    counts: dict[int, int]

    @property
    def first(self) -> datetime.date | None:
        return _date(min(self.counts)) if self.counts else None

    @property
    def last(self) -> datetime.date | None:
        return _date(max(self.counts)) if self.counts else None

    def total(self, first: datetime.date, last: datetime.date) -> int:
        numbers = range(day_number(first), day_number(last) + 1)
        return sum(count for number, count in self.counts.items() if number in numbers)

    def same_day(self, day: datetime.date) -> Iterator[datetime.date]:
        """The days of other years with the same month and day, latest first."""
        wanted = day_number(day)
        same = (number for number in self.counts if number % 10_000 == wanted % 10_000 and number != wanted)
        return (_date(number) for number in sorted(same, reverse=True))

    def beginning_of_last(self, articles: int) -> datetime.date | None:
        """The day since which there are at least so many; None where all days together have fewer."""
        found = 0
        for number in heapq.nlargest(articles, self.counts):
            found += self.counts[number]
            if found >= articles:
                return _date(number)
        return None


def count_days() -> Days:
    """Raises `IndexUnavailable`."""
    catch_up_for_reader()
    opened = open_latest()
    if KEPT_AS not in opened.counted:
        counts = Answerer(opened, ArticleQuery()).facets({"day": MOST_DAYS})["day"]
        opened.counted[KEPT_AS] = Days({count.value: count.count for count in counts if count.value != NONE})
    return opened.counted[KEPT_AS]


def _date(number: int) -> datetime.date:
    return period_of(number, count=0).first
