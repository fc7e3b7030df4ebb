"""Articles by year as columns, drawn as SVG by a template; every column is a link."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.search import NONE, FacetCount

from .address import Address

HEIGHT = 100
COLUMN_WIDTH = 10
# More years than this are shown as decades: their columns would be too narrow to hit.
MAX_YEARS = 40
# So many columns have room for a label each; of more columns every fifth has one.
MAX_LABELS = 14


@dataclass(frozen=True)
class Column:
    label: str
    count: int
    url: str
    x: int
    y: int
    height: int
    is_labelled: bool


@dataclass(frozen=True)
class YearChart:
    """`width` is that of the drawing, in its own units; its height is HEIGHT."""

    columns: list[Column]

    @property
    def width(self) -> int:
        return len(self.columns) * COLUMN_WIDTH

    @property
    def has_counts(self) -> bool:
        return len(self.columns) <= MAX_LABELS


def build_year_chart(counts: Iterable[FacetCount], address: Address) -> YearChart | None:
    """Every year from the first to the last, empty ones too; None where no article has a date."""
    years = {count.value: count.count for count in counts if count.value != NONE and count.count}
    if not years:
        return None
    step = 1 if max(years) - min(years) < MAX_YEARS else 10
    starts = range(min(years) // step * step, max(years) + 1, step)
    totals = [sum(years.get(year, 0) for year in range(start, start + step)) for start in starts]
    label_every = 1 if len(totals) <= MAX_LABELS else 5
    columns = []
    for index, (start, total) in enumerate(zip(starts, totals, strict=True)):
        label, target = _label_and_target(start, step, address)
        height = max(round(HEIGHT * total / max(totals)), 2) if total else 0
        columns.append(
            Column(label, total, target, index * COLUMN_WIDTH, HEIGHT - height, height, index % label_every == 0)
        )
    return YearChart(columns)


def _label_and_target(start: int, step: int, address: Address) -> tuple[str, str]:
    """What a column is called, and the list of its articles: one year, or the days of a decade."""
    if step == 1:
        return str(start), str(address.adding("year", str(start)))
    decade = address.adding("from", f"{start}-01-01").adding("to", f"{start + step - 1}-12-31")
    return f"{start}s", str(decade)
