"""Tables: CSV, TSV and the like, with the names of the columns in the first line."""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Self

from articles.pipeline.formats.tables.field_records import make_record
from articles.pipeline.formats.tables.fields import (
    check_mapping,
    columns_asked_for,
    in_quotes,
    make_plan,
    missing_column,
    note_on,
)
from articles.pipeline.formats.tables.table_dialects import excel_sign, find_dialect, known_names, without_guard
from articles.pipeline.formats.tables.table_rows import TableRows
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem

from .base import Parsed

MOST_COLUMNS = 1_000
SUFFIXES = (".csv", ".tsv", ".tab", ".psv")

_BETWEEN_NAMES = re.compile(r'"?[,;\t|]"?')


class Delimited:
    name = "csv"
    label = "tables: CSV, TSV and the like, with the names of the columns in the first line"

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self._fields = fields or {}

    def with_fields(self, fields: Mapping[str, str]) -> Self:
        return type(self)(fields)

    def recognises(self, file: InputFile) -> bool:
        head = file.head_text()
        if file.suffix in SUFFIXES:
            return bool(head.strip())
        if len(known_names(_BETWEEN_NAMES.split(head.partition("\n")[0][:5_000]))) < 2:
            return False
        rows = TableRows(enumerate(head.split("\n"), 1), find_dialect(head))
        first = [cells for _, cells, _ in itertools.islice(rows, 2)]
        return len(first) == 2 and _is_header(first[0]) and len(first[0]) == len(first[1])

    def columns(self, file: InputFile) -> list[str]:
        head = file.head_text()
        lines = enumerate(head.split("\n"), 1)
        rows = TableRows(itertools.islice(lines, 1 if excel_sign(head) else 0, None), find_dialect(head))
        _, cells, _ = next(iter(rows), (1, [], ""))
        return _unique(cells)

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        if problem := check_mapping(self._fields, file.name):
            yield problem
            return
        dialect = find_dialect(file.head_text())
        rows = TableRows(_lines(file), dialect)
        number, cells, error = next(iter(rows), (1, [], "there is none"))
        if error or len(cells) > MOST_COLUMNS:
            what = error or f"it has {len(cells):,} cells"
            reason = f"The first row should name the columns, but {what}."
            yield Problem(Position(file.name, number), reason, f"Is it a table? There can be {MOST_COLUMNS:,} columns.")
            return
        columns = self._columns(cells, rows)
        problems = self._problems(columns, Position(file.name, number))
        yield from problems
        if not problems:
            yield from self._records(rows, columns, dialect.delimiter, file.name)

    def _columns(self, first_row: list[str], rows: TableRows) -> list[str]:
        """The names in the first row; numbers from 1 if the user speaks of the columns so."""
        asked = {reading.column for reading in columns_asked_for(self._fields)}
        if not any(column.isdigit() and column not in first_row for column in asked):
            return _unique(first_row)
        if not _is_header(first_row):
            rows.go_back(lines_kept=0)
        return [str(number) for number in range(1, len(first_row) + 1)]

    def _problems(self, columns: list[str], position: Position) -> list[Problem]:
        asked = columns_asked_for(self._fields)
        if wrong := [reading for reading in asked if reading.column not in columns]:
            return [missing_column(reading, columns, position.file) for reading in wrong]
        if make_plan(columns, self._fields, is_table=True).has_text:
            return []
        reason = f"None of the columns is known as headline or text: {in_quotes(columns)}."
        advice = "Say which is: --field headline=…, or --field headline=1 if the first line has no names."
        return [Problem(position, reason, advice)]

    def _records(self, rows: TableRows, columns: list[str], delimiter: str, name: str) -> Iterator[Parsed]:
        plan = make_plan(columns, self._fields, is_table=True)
        if note := note_on(plan.guessed, plan.unused, name):
            yield note
        for number, cells, error in rows:
            position = Position(name, number)
            if not error and len(cells) == len(columns):
                cells = map(without_guard, cells) if plan.is_export else cells
                yield make_record(dict(zip(columns, cells, strict=True)), plan, position)
                continue
            rows.go_back(lines_kept=1)
            reason = (
                f"The row is broken ({error})." if error else f"The row has {len(cells)} cells, not {len(columns)}."
            )
            yield Problem(position, reason, f"Is a quotation mark missing, or a “{delimiter}” that stands in a cell?")


def _is_header(cells: list[str]) -> bool:
    names = known_names(cells)
    return len(names) > 1 and not names.isdisjoint({"headline", "body"})


def _unique(names: list[str]) -> list[str]:
    """The names without spaces around them; a number tells apart those that are alike, or empty."""
    unique: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        name = name.strip() or f"column {number}"
        unique[name if name not in unique else f"{name} ({number})"] = None
    return list(unique)


def _lines(file: InputFile) -> Iterator[tuple[int, str]]:
    """The lines, without the one that is for Excel; in files of old Macs a carriage return ends a line."""
    head, lines = file.head_text(), file.lines()
    if "\r" in head and "\n" not in head:
        lines = enumerate((part for _, line in lines for part in line.split("\r")), 1)
    return itertools.islice(lines, 1, None) if excel_sign(head) else lines
