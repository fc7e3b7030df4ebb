"""Articles over time as columns, drawn as SVG by a template; every column is a link that narrows."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from articles.search import Period

from .address import Address

HEIGHT = 100
COLUMN_WIDTH = 10
# More years than this are shown as decades: their columns would be too narrow to hit.
MAX_YEARS = 40
# With more columns than this only every second one, or fewer, is labelled, and none has its count below it.
LABELLED_COLUMNS = 14
SHORT = 4


@dataclass(frozen=True)
class Column:
    """`label` stands below the column, `name` says the period in full; `first` and `last` are days, as in addresses."""

    label: str
    name: str
    first: str
    last: str
    count: int
    url: str
    x: int
    y: int
    height: int
    is_labelled: bool


@dataclass(frozen=True)
class TimeChart:
    """`unit` is what a column stands for; `whole_url` is the address without any dates.

    `outer_url` leads from the months to all years, from the days to the months of the year.
    """

    unit: str
    columns: list[Column]
    whole_url: str
    outer_label: str = ""
    outer_url: str = ""

    @property
    def width(self) -> int:
        return len(self.columns) * COLUMN_WIDTH

    @property
    def is_short(self) -> bool:
        """Whether its columns would be as wide as walls."""
        return len(self.columns) <= SHORT

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
    first, last = periods[0].first, periods[-1].first
    if first == periods[0].last:
        outer = gettext("All of %(year)s") % {"year": first.year}, str(whole.adding("year", str(first.year)))
        return TimeChart(gettext("Day"), _columns(list(_days(first, whole)), periods), str(whole), *outer)
    if first.month == periods[0].last.month:
        outer = gettext("All years"), str(whole)
        return TimeChart(gettext("Month"), _columns(list(_months(first.year, whole)), periods), str(whole), *outer)
    if last.year - first.year < MAX_YEARS:
        spans = list(_years(first.year, last.year, whole))
        return TimeChart(gettext("Year"), _columns(spans, periods), str(whole))
    return TimeChart(gettext("Decade"), _columns(list(_decades(first.year, last.year, whole)), periods), str(whole))


def _columns(spans: list[_Span], periods: list[Period]) -> list[Column]:
    totals = [sum(each.count for each in periods if span.first <= each.first <= span.last) for span in spans]
    most = max(totals)
    step = -(-len(spans) // LABELLED_COLUMNS)
    return [
        _column(span, total, index * COLUMN_WIDTH, share=total / most, is_labelled=index % step == 0)
        for index, (span, total) in enumerate(zip(spans, totals, strict=True))
    ]


def _column(span: _Span, total: int, x: int, share: float, is_labelled: bool) -> Column:
    height = max(round(HEIGHT * share), 2) if total else 0
    return Column(
        label=span.label,
        name=span.name,
        first=span.first.isoformat(),
        last=span.last.isoformat(),
        count=total,
        url=str(span.address),
        x=x,
        y=HEIGHT - height,
        height=height,
        is_labelled=is_labelled,
    )


def _decades(first: int, last: int, address: Address) -> Iterator[_Span]:
    for year in range(first // 10 * 10, last + 1, 10):
        days = datetime.date(max(year, 1), 1, 1), datetime.date(year + 9, 12, 31)
        # Side by side the labels explain each other, and a whole word does not fit below a column.
        label, name = pgettext("below a column", "%(year)ss"), gettext("%(year)ss")
        yield _Span(*days, label % {"year": year}, name % {"year": year}, _between(address, *days))


def _years(first: int, last: int, address: Address) -> Iterator[_Span]:
    for year in range(first, last + 1):
        days = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        yield _Span(*days, str(year), str(year), address.adding("year", str(year)))


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
