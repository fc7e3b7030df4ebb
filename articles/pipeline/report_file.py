"""The report of an import as a file: a line for each record, or for each field that changes."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from .outcomes import Outcome
from .records import Problem

COLUMNS = ("file", "line", "action", "headline", "slug", "field", "before", "after", "reason")


class Report(Protocol):
    def add(self, item: Outcome | Problem) -> None: ...

    def close(self) -> None: ...


class ReportFile:
    """CSV, or JSON lines where the name ends in .jsonl or .json. Raises OSError if it cannot be written."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("w", encoding="utf-8", newline="")  # noqa: SIM115 - closed by close()
        self._is_json = path.lower().endswith((".jsonl", ".json"))
        self._csv = csv.DictWriter(self._file, COLUMNS)
        if not self._is_json:
            self._csv.writeheader()

    def add(self, item: Outcome | Problem) -> None:
        for row in _rows(item):
            if self._is_json:
                self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
            else:
                self._csv.writerow({name: _harmless(value) for name, value in row.items()})

    def close(self) -> None:
        self._file.close()


def csv_lines(rows: Iterable[dict]) -> Iterator[str]:
    """The lines of a CSV file with these rows of a report."""
    line = io.StringIO(newline="")
    table = csv.DictWriter(line, COLUMNS, extrasaction="ignore")
    table.writeheader()
    for row in rows:
        yield line.getvalue()
        line.seek(0)
        line.truncate()
        table.writerow({name: _harmless(value) for name, value in row.items()})
    yield line.getvalue()


def _rows(item: Outcome | Problem) -> Iterator[dict[str, str | int | None]]:
    place = {"file": item.position.file, "line": item.position.line}
    if isinstance(item, Problem):
        yield {**place, "action": "rejected", "reason": f"{item.reason} {item.advice}".rstrip()}
        return
    row = {**place, "action": str(item.action), "headline": item.headline, "slug": item.slug}
    for name, (before, after) in item.changes.items():
        yield {**row, "field": name, "before": _text(before), "after": _text(after)}
    for name, (ours, theirs) in item.kept.items():
        yield {**row, "action": "kept", "field": name, "before": _text(ours), "after": _text(theirs)}
    if not item.changes:
        yield row


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _harmless(value: object) -> object:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
