"""Tables: a line of column names, then one person, place or topic on each line."""

import csv
from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.everyday import AS_GIVEN

from .base import Parsed, ReadingOptions, SubjectFormat
from .columns import SYNONYMS, Columns, plain_name

DELIMITERS = ",;\t|"


class CsvTable(SubjectFormat):
    name = "csv"
    label = "a table with a line of column names: CSV, or with tabs or semicolons"
    match_names = AS_GIVEN
    has_columns = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def recognises(self, file: InputFile) -> bool:
        """By a column that can be the name, in the first line."""
        columns = {plain_name(column) for column in _header(file.head_text())}
        words = [*SYNONYMS[self.kind]["name"], *SYNONYMS[self.kind].get("family_name", ())]
        return bool(columns & set(map(plain_name, words)))

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        columns = Columns(self.kind, options.columns)
        rows = _rows(file)
        try:
            header = [column.strip() for column in next(rows, (1, []))[1]]
            for number, row in rows:
                if any(cell.strip() for cell in row):
                    yield _record(columns, header, row, Position(file.name, number))
        except csv.Error as error:
            yield Problem(Position(file.name), f"The table cannot be read ({error}).", "Check its quotation marks.")
        yield from columns.notes(Position(file.name, 1))


def _record(columns: Columns, header: list[str], row: list[str], position: Position) -> Parsed:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        reason = f"The line has {len(row)} cells and the table {len(header)} columns."
        return Problem(position, reason, "Put values with a delimiter in them between quotation marks.")
    return columns.record(dict(zip(header, row, strict=False)), position)


def _rows(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, cells) of each row: a cell between quotation marks may go over several lines."""
    reader = csv.reader((f"{line}\n" for _, line in file.lines()), delimiter=_delimiter(file.head_text()))
    before = 0
    for row in reader:
        yield before + 1, row
        before = reader.line_num


def _header(text: str) -> list[str]:
    first = text.split("\n", 1)[0].strip("\r")
    try:
        return next(csv.reader([first], delimiter=_delimiter(text)), [])
    except csv.Error:
        return []


def _delimiter(text: str) -> str:
    """The one that the line of column names has most often."""
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)
