"""JSON lines: an article as a JSON object on each line."""

import json
from collections.abc import Iterator, Mapping
from typing import Self

from articles.pipeline.formats.tables.field_objects import names_in, read_objects
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem

from .base import Parsed


class JsonLines:
    name = "json_lines"
    label = "JSON lines: one object a line"

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self._fields = fields or {}

    def with_fields(self, fields: Mapping[str, str]) -> Self:
        return type(self)(fields)

    def recognises(self, file: InputFile) -> bool:
        return file.head_text().lstrip().startswith("{")

    def columns(self, file: InputFile) -> list[str]:
        return names_in(_first_objects(file))

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        first = _first_objects(file) if self._fields else []
        yield from read_objects(_objects(file.lines(), file.name), first, self._fields, file.name)


def _first_objects(file: InputFile) -> list[dict]:
    """The last line of the head may be cut off; it is none of the first then."""
    lines = enumerate(file.head_text().split("\n"), 1)
    return [item[1] for item in _objects(lines, file.name) if isinstance(item, tuple)]


def _objects(lines, name: str) -> Iterator[tuple[Position, dict] | Problem]:
    for number, line in lines:
        if not line.strip():
            continue
        position = Position(name, number)
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = f"The line is not valid JSON ({str(error)[:100]})."
            yield Problem(position, reason, "Write one JSON object on each line.")
        else:
            yield (position, data) if isinstance(data, dict) else _no_object(position)


def _no_object(position: Position) -> Problem:
    return Problem(position, "The line is JSON, but not an object.", 'It should look like {"headline": "…"}.')
