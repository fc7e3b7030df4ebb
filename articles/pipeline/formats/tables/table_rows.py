"""The rows of a table with the lines where they begin. A quotation mark that is never closed costs one row."""

import csv
from collections import deque
from collections.abc import Iterator

from .table_dialects import Dialect

# An article in one cell is a long one. Python's own limit is 131,072, and for the whole process.
LONGEST_CELL = 16_000_000
csv.field_size_limit(LONGEST_CELL)
# What is more is no row of articles, and not worth the memory.
MOST_CELLS, MOST_LINES = 200_000, 100_000
# So many characters of a file are read again to find where rows go on behind broken ones.
MOST_READ_AGAIN = 64_000_000

# The line where it begins, its cells, and if it is broken, how: part of a sentence.
Row = tuple[int, list[str], str]


class TableRows:
    """The rows of numbered lines, without those that are empty."""

    def __init__(self, lines: Iterator[tuple[int, str]], dialect: Dialect) -> None:
        self._lines = lines
        self._dialect = dialect
        self._waiting: deque[tuple[int, str]] = deque()
        self._row: list[tuple[int, str]] = []
        self._left_to_repeat = MOST_READ_AGAIN
        self._reader = self._new_reader()

    def __iter__(self) -> Iterator[Row]:
        while True:
            self._row.clear()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._row[0][0], [], str(error)
            else:
                if any(cells):
                    yield self._row[0][0], cells, ""

    def go_back(self, lines_kept: int) -> None:
        """Read the lines of the last row once more, but for the first ones."""
        again = self._row[lines_kept:]
        self._left_to_repeat -= sum(len(line) + 1 for _, line in again)
        if again and self._left_to_repeat > 0:
            self._waiting.extendleft(reversed(again))
            self._reader = self._new_reader()

    def _new_reader(self) -> Iterator[list[str]]:
        return self._dialect.reader(iter(self._next_line, None))

    def _next_line(self) -> str | None:
        number, line = self._waiting.popleft() if self._waiting else next(self._lines, (0, None))
        if line is None:
            return None
        self._row.append((number, line))
        if len(self._row) > MOST_LINES or line.count(self._dialect.delimiter) > MOST_CELLS:
            raise csv.Error("it is too large for a row")
        return f"{line}\n"
