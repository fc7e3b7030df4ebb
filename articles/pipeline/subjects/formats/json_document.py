"""Formats that are one JSON object, read whole."""

import json
from typing import Any

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem


def read_object(file: InputFile) -> dict[str, Any] | Problem:
    try:
        data = json.loads(file.text())
    except (ValueError, RecursionError) as error:
        reason = f"The file is not valid JSON ({str(error)[:100]})."
        return Problem(Position(file.name), reason, "Check where it breaks off, or get it again.")
    if not isinstance(data, dict):
        return Problem(Position(file.name), "The file is JSON, but not an object.", "Is it the right file?")
    return data


def objects(data: Any) -> list[dict]:
    """The objects of a list; whatever else stands there is none."""
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def text_of(data: Any) -> str:
    return " ".join(data.split()) if isinstance(data, str) else ""
