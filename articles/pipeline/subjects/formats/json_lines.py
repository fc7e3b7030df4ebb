"""JSON: one person, place or topic as an object on each line, or a list of such objects."""

import json
from collections.abc import Iterator
from typing import Any

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.everyday import AS_GIVEN

from .base import Parsed, ReadingOptions, SubjectFormat
from .columns import Columns


class JsonLines(SubjectFormat):
    name = "json_lines"
    label = "JSON: one object a line, or a list of objects"
    match_names = AS_GIVEN
    has_columns = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def recognises(self, file: InputFile) -> bool:
        """An object whose line is whole: one that goes over several lines is a document of another kind."""
        text = file.head_text().lstrip()
        first, is_whole, _ = text.partition("\n")
        return text.startswith("[") or (text.startswith("{") and (not is_whole or first.rstrip().endswith("}")))

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        columns = Columns(self.kind, options.columns)
        is_list = file.head_text().lstrip().startswith("[")
        for position, item in _list(file) if is_list else _lines(file):
            if isinstance(item, Problem):
                yield item
            elif isinstance(item, dict):
                yield columns.record(item, position)
            else:
                yield Problem(position, "This is JSON, but not an object.", 'It should look like {"name": "…"}.')
        yield from columns.notes(Position(file.name))


def _lines(file: InputFile) -> Iterator[tuple[Position, Any]]:
    for number, line in file.lines():
        if line.strip():
            position = Position(file.name, number)
            yield position, _load(line, position, "Write one JSON object on each line.")


def _list(file: InputFile) -> Iterator[tuple[Position, Any]]:
    position = Position(file.name)
    items = _load(file.text(), position, "Check where the list breaks off.")
    for item in items if isinstance(items, list) else [items]:
        yield position, item


def _load(text: str, position: Position, advice: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return Problem(position, f"This is not valid JSON ({str(error)[:100]}).", advice)
