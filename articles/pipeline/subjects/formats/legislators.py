"""The members of the US Congress, presidents and vice presidents of the unitedstates project, in YAML.

https://github.com/unitedstates/congress-legislators, in the public domain (CC0)
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem
from articles.pipeline.subjects.everyday import AS_GIVEN
from articles.pipeline.subjects.records import OtherName, PersonRecord
from articles.pipeline.subjects.values import InvalidValue, read_line, read_wikidata_id

from .base import Parsed, ReadingOptions, SubjectFormat

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OFFICES = {"sen": "U.S. senator", "rep": "U.S. representative", "prez": "President", "viceprez": "Vice president"}
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")
# Which of the ids of a record tells it from all others.
_KEYS = ("bioguide", "govtrack", "icpsr_prez", "icpsr")


class Legislators(SubjectFormat):
    name = "legislators"
    label = "US legislators and executives in YAML"
    match_names = AS_GIVEN

    def recognises(self, file: InputFile) -> bool:
        text = file.head_text()
        lines = (line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---")))
        return next(lines, "").startswith("- id:") and "\n  name:" in text

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        for number, text in _blocks(file):
            position = Position(file.name, number)
            try:
                yield from _records(yaml.load(text, _LOADER), position)  # noqa: S506 (a safe loader)
            except (yaml.YAMLError, ValueError, RecursionError) as error:
                reason = f"The entry is not valid YAML ({str(error).splitlines()[0][:100]})."
                yield Problem(position, reason, "Check its indentation and quotation marks.")


def _blocks(file: InputFile) -> Iterator[tuple[int, str]]:
    """(number of the first line, text) of each entry of the list: one that is broken spoils no other."""
    block: list[str] = []
    first = 1
    for number, line in file.lines():
        if line.startswith("- ") and block:
            yield first, "\n".join(block)
            block = []
        if not block:
            first = number
        if line.strip() != "---":
            block.append(line)
    if block:
        yield first, "\n".join(block)


def _records(data: Any, position: Position) -> Iterator[Parsed]:
    for item in data if isinstance(data, list) else []:
        try:
            yield _record(item, position)
        except InvalidValue as error:
            reason, advice = error.args
            yield Problem(position, f"A value {reason}", advice)


def _record(item: Any, position: Position) -> PersonRecord | Problem:
    ids, parts = (_part(item, name) for name in ("id", "name"))
    names = _names(parts, ids)
    if not names:
        return Problem(position, "The entry has no name.", "It should have name: first: … last: ….")
    for former in (item.get("other_names") or []) if isinstance(item.get("other_names"), list) else []:
        names += _names({**parts, **former, "official_full": ""}, {}) if isinstance(former, dict) else []
    key = next((f"{position.file}#{name}:{ids[name]}" for name in _KEYS if ids.get(name)), "")
    return PersonRecord(
        position=position,
        name=names[0],
        other_names=tuple(OtherName(name, "en") for name in dict.fromkeys(names[1:])),
        description=_description(item),
        wikidata_id=read_wikidata_id(ids.get("wikidata")),
        key=key,
    )


def _names(parts: dict[str, Any], ids: dict[str, Any]) -> list[str]:
    """The names that a person goes by, the one that newspapers use first."""
    first, middle, last, suffix, nickname, full = (
        read_line(parts.get(name)) for name in ("first", "middle", "last", "suffix", "nickname", "official_full")
    )
    if not last and not full:
        return []
    initials = " ".join(f"{word[0]}." for word in middle.split() if word[0].isupper())
    forms = [
        _IN_BRACKETS.sub("", read_line(ids.get("wikipedia"))),
        full,
        _joined(nickname, last) if nickname else "",
        _joined(first, initials, last),
        _joined(first, last),
        _joined(first, middle, last),
        _joined(first, middle, last, suffix) if suffix else "",
    ]
    return list(dict.fromkeys(form for form in forms if " " in form))


def _description(item: dict[str, Any]) -> str:
    """The latest office: "U.S. senator, Washington, Democrat"."""
    terms = item.get("terms")
    term = terms[-1] if isinstance(terms, list) and terms and isinstance(terms[-1], dict) else {}
    office = _OFFICES.get(str(term.get("type")), "")
    if term.get("type") in ("prez", "viceprez"):
        office = f"{office} of the United States"
    details = [office, *(read_line(term.get(name)) for name in ("state", "party"))]
    return ", ".join(detail for detail in details if detail)


def _part(item: Any, name: str) -> dict[str, Any]:
    part = item.get(name) if isinstance(item, dict) else None
    return part if isinstance(part, dict) else {}


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
