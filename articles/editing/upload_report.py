"""The report of a rehearsal, page by page and as a file: it may have millions of lines, and is never read whole."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from articles.history.differences import Part, compare_words
from articles.pipeline.report_file import csv_lines

# So many records are on a page, which reads so many bytes at most: behind them one asks for more.
MOST_RECORDS = 50
MOST_BYTES = 8_000_000
# A longer line holds texts of megabytes: it is in the file that can be downloaded.
LONGEST_LINE = 1_000_000
# Of two long texts so many characters are compared, from shortly before the first difference.
MOST_COMPARED, AROUND = 1_500, 80
ACTIONS = ("created", "updated", "kept", "unchanged", "older", "duplicate", "unsure", "rejected")


@dataclass(frozen=True)
class FieldChange:
    """`is_kept`: people wrote `before` here, and the import leaves it."""

    name: str
    before: str
    after: str
    is_kept: bool

    @property
    def parts(self) -> list[Part]:
        if not self.before or not self.after:
            return []
        start = max(0, _first_difference(self.before, self.after) - AROUND)
        return compare_words(*(text[start : start + MOST_COMPARED] for text in (self.before, self.after)))


@dataclass(frozen=True)
class ReportedRecord:
    place: str
    action: str
    headline: str
    slug: str
    reason: str
    changes: list[FieldChange]


@dataclass(frozen=True)
class ReportPage:
    """`next_offset` is None at the end of the report; the bytes there say where the next page begins."""

    records: list[ReportedRecord]
    next_offset: int | None


def read_page(path: Path, offset: int = 0, action: str = "") -> ReportPage:
    """The records from this byte on, of this action if one is named. An offset inside a line gives what follows it."""
    records: list[ReportedRecord] = []
    with path.open("rb") as file:
        _go_to_line(file, min(offset, path.stat().st_size))
        begin = file.tell()
        for here, rows in _records(file):
            if len(records) >= MOST_RECORDS or here - begin > MOST_BYTES:
                return ReportPage(records, here)
            if not action or action in {row["action"] for row in rows}:
                records.append(_record(rows))
    return ReportPage(records, None)


def report_as_csv(path: Path) -> Iterator[str]:
    return csv_lines(_rows(path))


def _go_to_line(file: BinaryIO, offset: int) -> None:
    file.seek(max(0, offset - 1))
    if offset:
        file.readline()


def _records(file: BinaryIO) -> Iterator[tuple[int, list[dict]]]:
    """Where each record begins, and its rows: one for each field."""
    start, rows = file.tell(), []
    while line := file.readline(LONGEST_LINE):
        here, row = file.tell() - len(line), _read_row(line, file)
        if rows and not _goes_on(rows, row):
            yield start, rows
            rows = []
        if row:
            start, rows = (start if rows else here), [*rows, row]
    if rows:
        yield start, rows


def _goes_on(rows: list[dict], row: dict) -> bool:
    names = ("file", "line", "headline", "slug")
    is_same = all(rows[0].get(name) == row.get(name) for name in names)
    return is_same and ("field" in row or rows[-1]["action"] == "kept")


def _read_row(line: bytes, file: BinaryIO) -> dict:
    """An empty row for a line that is too long for a page, or that was not written to its end."""
    if not line.endswith(b"\n"):
        while rest := file.readline(LONGEST_LINE):
            if rest.endswith(b"\n"):
                break
        return {}
    try:
        return json.loads(line)
    except ValueError:
        return {}


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                return


def _record(rows: list[dict]) -> ReportedRecord:
    first = rows[0]
    place = f"{first['file']}:{first['line']}" if first["line"] else first["file"]
    action = next((row["action"] for row in rows if row["action"] != "kept"), "kept")
    changes = [
        FieldChange(row["field"], row["before"], row["after"], is_kept=row["action"] == "kept")
        for row in rows
        if "field" in row
    ]
    return ReportedRecord(place, action, *(first.get(name) or "" for name in ("headline", "slug", "reason")), changes)


def _first_difference(before: str, after: str) -> int:
    shorter = min(len(before), len(after))
    return next((place for place in range(shorter) if before[place] != after[place]), shorter)
