"""How a table is written: what parts its cells, and what quotation marks mean. Found by what fits its first rows."""

import csv
import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .field_names import EXPORT_COLUMNS, meaning_of

# So many rows are looked at.
_ROWS = 100
# An export puts an apostrophe before what a spreadsheet could take for a formula.
_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")
# A first line by which Excel is told what parts the cells.
_EXCEL_SIGN = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """`delimiter` parts the cells. `escape` goes before quotation marks inside of cells; else they are doubled."""

    delimiter: str
    has_quotes: bool = True
    escape: str | None = None

    def reader(self, lines) -> Any:
        quoting = csv.QUOTE_MINIMAL if self.has_quotes else csv.QUOTE_NONE
        return csv.reader(
            lines, delimiter=self.delimiter, quoting=quoting, escapechar=self.escape, doublequote=not self.escape,
            skipinitialspace=True, strict=True,
        )  # fmt: skip


# Of equals the first wins.
_DIALECTS = (
    *(Dialect(sign) for sign in ",;\t|"),
    *(Dialect(sign, escape="\\") for sign in ",;\t|"),
    *(Dialect(sign, has_quotes=False) for sign in "\t|"),
)


def find_dialect(head: str) -> Dialect:
    """The dialect in which the first rows are even. `head` may end inside of a row."""
    if sign := excel_sign(head):
        return Dialect(sign)
    lines = head.split("\n")
    if EXPORT_COLUMNS.issubset(lines[0].strip("\ufeff\r").split(",")):
        return Dialect(",")
    lines = [f"{line}\n" for line in (lines[:-1] if len(lines) > 2 else lines)]
    possible = [dialect for dialect in _DIALECTS if not dialect.escape or f'{dialect.escape}"' in head]
    return max(possible, key=lambda dialect: _fit(lines, dialect))


def excel_sign(head: str) -> str:
    """What the first line says parts the cells; "" if it is an ordinary line."""
    found = _EXCEL_SIGN.match(head.partition("\n")[0])
    return found[1] if found else ""


def known_names(cells: list[str]) -> set[str]:
    """The fields of the archive that a row names, if it is a header."""
    return {meaning_of(cell) for cell in cells if len(cell) < 60} - {""}


def without_guard(cell: str) -> str:
    """The cell of an export as it was before it was made safe for spreadsheets."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _fit(lines: list[str], dialect: Dialect) -> tuple[int, float, int]:
    """How many names of fields the first row has, how many rows are as wide as it, and how wide it is."""
    rows, errors = _rows(lines, dialect)
    width = len(rows[0]) if rows else 0
    if width < 2:
        return 0, 0, width
    even = sum(len(row) == width for row in rows) / (len(rows) + errors)
    return len(known_names(rows[0])), round(even, 1), width


def _rows(lines: list[str], dialect: Dialect) -> tuple[list[list[str]], int]:
    rows, errors = [], 0
    reader = dialect.reader(iter(lines))
    while len(rows) < _ROWS:
        try:
            rows += filter(None, islice(reader, _ROWS - len(rows)))
        except csv.Error:
            errors += 1
        else:
            break
    return rows, errors
