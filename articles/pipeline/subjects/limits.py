"""What the archive can hold. Every record passes here, so that formats need not care."""

from collections.abc import Iterator
from dataclasses import replace

from articles.pipeline.records import Note, Problem, clean_text

from .records import OtherName, PlaceRecord, SubjectRecord, TopicRecord

LONGEST_NAME = 200
LONGEST_CODE = {"wikidata_id": 20, "iptc_code": 40}
LONGEST_LANGUAGE = 35
MOST_NAMES = 1_000


def within_limits(record: SubjectRecord) -> Iterator[SubjectRecord | Problem | Note]:
    """The record with clean texts, or a Problem; and a Note, where something of it had to be left out."""
    name = _line(record.name)
    if problem := _too_much(record, name):
        yield problem
        return
    other_names = _other_names(record, name)
    kept = [other for other in other_names if len(other.name) <= LONGEST_NAME][:MOST_NAMES]
    if left_out := len(other_names) - len(kept):
        text = f"{left_out} other names of {name} were left out: of more than {LONGEST_NAME} characters, or too many."
        yield Note(record.position, text)
    description = clean_text(record.description).strip()
    yield replace(record, name=name, other_names=tuple(kept), description=description)


def _too_much(record: SubjectRecord, name: str) -> Problem | None:
    """What cannot be stored, and must not be cut, because it would name something else then."""
    if not name and not record.is_addition:
        return Problem(record.position, "There is no name.", "Give one.")
    if len(name) > LONGEST_NAME:
        return Problem(record.position, f"The name has {len(name)} characters.", f"Shorten it to {LONGEST_NAME}.")
    for field, longest in LONGEST_CODE.items():
        if len(getattr(record, field, "")) > longest:
            reason = f"The field '{field}' is longer than {longest} characters."
            return Problem(record.position, reason, "Is it the right identifier?")
    if isinstance(record, PlaceRecord) and (record.latitude is None) != (record.longitude is None):
        return Problem(record.position, f"{name} has one coordinate only.", "Give both of them, or neither.")
    return None


def _other_names(record: SubjectRecord, name: str) -> list[OtherName]:
    """Each other name once. Topics are found in any case, so there names differ by more than that."""
    names = {}
    for other in record.other_names:
        text = _line(other.name)
        key = text.casefold() if isinstance(record, TopicRecord) else text
        if text and text != name:
            names.setdefault(key, OtherName(text, _line(other.language)[:LONGEST_LANGUAGE]))
    return list(names.values())


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())
