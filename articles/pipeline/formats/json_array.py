"""JSON in one piece: a list of objects, or an object with such a list or with one article."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Self

from articles.pipeline.formats.tables.field_objects import names_in, read_objects
from articles.pipeline.formats.tables.json_elements import is_wrapped, read_elements
from articles.pipeline.reading.files import InputFile

from .base import Parsed

_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")


class JsonArray:
    name = "json_array"
    label = "JSON: a list of objects, or one object"

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self._fields = fields or {}

    def with_fields(self, fields: Mapping[str, str]) -> Self:
        return type(self)(fields)

    def recognises(self, file: InputFile) -> bool:
        head = file.head_text().lstrip()
        if _LIST_OF_OBJECTS.match(head):
            return True
        return head.startswith("{") and (_is_broken_into_lines(head) or is_wrapped(head))

    def columns(self, file: InputFile) -> list[str]:
        return names_in(_first_objects(file))

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        first = _first_objects(file) if self._fields else []
        yield from read_objects(read_elements(file.pieces(), file.name), first, self._fields, file.name)


def _first_objects(file: InputFile) -> list[dict]:
    seen = read_elements(iter([file.head_text()]), file.name)
    return [data for _, data in (item for item in seen if isinstance(item, tuple))]


def _is_broken_into_lines(head: str) -> bool:
    """Whether the first line is only the beginning of an object."""
    line, _, rest = head.partition("\n")
    if not rest.strip() or rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return True
    return False
