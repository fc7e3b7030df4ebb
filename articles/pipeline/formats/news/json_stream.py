"""The values of a JSON file one by one: of a list, one on each line, or simply one after another."""

import json
import re
from collections.abc import Iterator

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem

_BETWEEN = re.compile(r"[\s,]*")
_BEGINNING = re.compile(r"[\ufeff\s]*\[?")
# Texts with line breaks in them are no JSON, but everybody knows what they mean.
_DECODER = json.JSONDecoder(strict=False)


def values_of(file: InputFile) -> Iterator[tuple[Position, object]]:
    """Each value with the line where it begins; a Problem in the place of what is no JSON. A file of lines may be of
    any size; of others raises FileTooLarge."""
    return _values_of_lines(file) if _has_one_a_line(file) else _values_of_text(file.text(), file.name)


def _has_one_a_line(file: InputFile) -> bool:
    """Whether the first line is an object by itself, or one so long that its end is not to be seen."""
    line, ended, _ = file.head_text().lstrip().partition("\n")
    if not ended or not line.startswith("{"):
        return line.startswith("{")
    try:
        return isinstance(_DECODER.decode(line), dict)
    except (ValueError, RecursionError):
        return False


def _values_of_lines(file: InputFile) -> Iterator[tuple[Position, object]]:
    for number, line in file.lines():
        position = Position(file.name, number)
        if not line.strip():
            continue
        try:
            yield position, _DECODER.decode(line)
        except (ValueError, RecursionError) as error:
            reason = f"The line is not valid JSON ({str(error)[:100]})."
            yield position, Problem(position, reason, "Write one JSON object on each line.")


def _values_of_text(text: str, name: str) -> Iterator[tuple[Position, object]]:
    """What follows an error is not read: nobody can tell where the next value begins."""
    index, line = _BEGINNING.match(text).end(), 1 + text.count("\n", 0, _BEGINNING.match(text).end())
    while (start := _BETWEEN.match(text, index).end()) < len(text) and text[start] != "]":
        line += text.count("\n", index, start)
        position = Position(name, line)
        try:
            value, index = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            reason = f"The text is not valid JSON from here on ({str(error)[:100]})."
            yield position, Problem(position, reason, "Correct it, or ask its source for a whole file.")
            return
        yield position, value
        line += text.count("\n", start, index)
