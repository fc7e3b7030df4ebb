"""Articles about several subjects over time, as lines on one axis and as the table of the same numbers."""

from dataclasses import dataclass

from articles.search import Period

from .address import Address
from .time_chart import COLUMN_WIDTH, HEIGHT, Column, TimeChart, build_time_chart


@dataclass(frozen=True)
class Point:
    """A period of one line. `url` leads to its articles."""

    x: int
    y: int
    count: int
    period: str
    url: str


@dataclass(frozen=True)
class Line:
    points: list[Point]

    @property
    def path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


@dataclass(frozen=True)
class Row:
    """A line of the table: a period, and the point of each line of the chart in it."""

    period: str
    url: str
    points: list[Point]


@dataclass(frozen=True)
class LineChart:
    """`axis` are the columns that all lines have in common; `most` is the highest point."""

    axis: TimeChart
    lines: list[Line]
    most: int

    @property
    def rows(self) -> list[Row]:
        columns = zip(*(line.points for line in self.lines), strict=True)
        return [
            Row(column.name, column.url, list(points))
            for column, points in zip(self.axis.columns, columns, strict=True)
        ]


def build_line_chart(series: list[tuple[list[Period], Address]], address: Address) -> LineChart | None:
    """A line for each series: its periods, and the address of its articles. `address` is that of the chart itself.

    None where no article has a date.
    """
    axis = build_time_chart(_merge([periods for periods, _ in series]), address)
    if axis is None:
        return None
    counts = [[_count_in(column, periods) for column in axis.columns] for periods, _ in series]
    most = max(max(row) for row in counts)
    lines = [
        Line([_point(*each, whole, most) for each in zip(axis.columns, row, range(len(row)), strict=True)])
        for row, (_, whole) in zip(counts, series, strict=True)
    ]
    return LineChart(axis, lines, most)


def _merge(series: list[list[Period]]) -> list[Period]:
    """The periods of all series together."""
    merged: dict = {}
    for period in (period for periods in series for period in periods):
        before = merged.get(period.first)
        merged[period.first] = Period(period.first, period.last, period.count + (before.count if before else 0))
    return [merged[first] for first in sorted(merged)]


def _count_in(column: Column, periods: list[Period]) -> int:
    return sum(period.count for period in periods if column.first <= period.first.isoformat() <= column.last)


def _point(column: Column, count: int, index: int, whole: Address, most: int) -> Point:
    url = whole.removing("year").replacing("from", column.first).replacing("to", column.last) if count else ""
    x, y = index * COLUMN_WIDTH + COLUMN_WIDTH // 2, HEIGHT - round(HEIGHT * count / most)
    return Point(x, y, count, column.name, str(url))
