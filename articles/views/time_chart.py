"""Articles over time as columns, drawn as SVG by a template; every column is a link that narrows."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.search import Period

from .address import Address

HEIGHT = 100
COLUMN_WIDTH = 10
# More years than this are shown as decades: their columns would be too narrow to hit.
MAX_YEARS = 40
# With more columns than this only every second one, or fewer, is labelled, and none has its count below it.
LABELLED_COLUMNS = 14


@dataclass(frozen=True)
class Column:
    """`label` stands below the column, `name` says the period in full."""

    label: str
    name: str
    count: int
    url: str
    x: int
    y: int
    height: int
    is_labelled: bool


@dataclass(frozen=True)
class TimeChart:
    """`outer_url` leads from the months to all years, from the days to the months of the year."""

    columns: list[Column]
    outer_label: str = ""
    outer_url: str = ""

    @property
    def width(self) -> int:
        return len(self.columns) * COLUMN_WIDTH

    @property
    def has_counts(self) -> bool:
        return len(self.columns) <= LABELLED_COLUMNS


@dataclass(frozen=True)
class _Span:
    first: datetime.date
    last: datetime.date
    label: str
    name: str
    address: Address


def build_time_chart(periods: list[Period], address: Address) -> TimeChart | None:
    """All years, months of the year or days of the month, empty ones too; None where no article has a date."""
    if not periods:
        return None
    whole = address.removing("year").removing("from").removing("to")
    first = periods[0]
    if first.first == first.last:
        year = gettext("All of %(year)s") % {"year": first.first.year}
        return _chart(list(_days(first.first, whole)), periods, year, whole.adding("year", str(first.first.year)))
    if first.first.month == first.last.month:
        return _chart(list(_months(first.first.year, whole)), periods, gettext("All years"), whole)
    return _chart(list(_years(periods, whole)), periods)


def _chart(
    spans: list[_Span], periods: list[Period], outer: str = "", outer_address: Address | None = None
) -> TimeChart:
    totals = [sum(each.count for each in periods if span.first <= each.first <= span.last) for span in spans]
    most = max(totals)
    step = -(-len(spans) // LABELLED_COLUMNS)
    columns = []
    for index, (span, total) in enumerate(zip(spans, totals, strict=True)):
        height = max(round(HEIGHT * total / most), 2) if total else 0
        x, y = index * COLUMN_WIDTH, HEIGHT - height
        columns.append(
            Column(span.label, span.name, total, str(span.address), x, y, height, is_labelled=index % step == 0)
        )
    return TimeChart(columns, outer, str(outer_address or ""))


def _years(periods: list[Period], address: Address) -> Iterator[_Span]:
    first, last = periods[0].first.year, periods[-1].first.year
    if last - first < MAX_YEARS:
        for year in range(first, last + 1):
            days = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            yield _Span(*days, str(year), str(year), address.adding("year", str(year)))
        return
    for year in range(first // 10 * 10, last + 1, 10):
        days = datetime.date(max(year, 1), 1, 1), datetime.date(year + 9, 12, 31)
        yield _Span(*days, f"{year}s", f"{year}s", _between(address, *days))


def _months(year: int, address: Address) -> Iterator[_Span]:
    for month in range(1, 13):
        days = datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
        label, name = date_format(days[0], "M"), date_format(days[0], "F Y")
        yield _Span(*days, label, name, _between(address, *days))


def _days(day: datetime.date, address: Address) -> Iterator[_Span]:
    for number in range(1, calendar.monthrange(day.year, day.month)[1] + 1):
        each = day.replace(day=number)
        yield _Span(each, each, str(number), date_format(each, "j F Y"), _between(address, each, each))


def _between(address: Address, first: datetime.date, last: datetime.date) -> Address:
    return address.adding("from", first.isoformat()).adding("to", last.isoformat())
