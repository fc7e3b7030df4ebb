"""The days that have articles, and how many each has: one question, kept until the next commit of the index."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from . import count_values
from .documents import day_number
from .periods import period_of
from .query import NONE


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


def count_days() -> Days:
    """Raises `IndexUnavailable`."""
    counts = count_values("day")
    counts.pop(NONE, None)
    return Days(counts)


def _date(number: int) -> datetime.date:
    return period_of(number, count=0).first
