"""Choosing names by their language. Codes as in BCP 47: “pt” covers pt-BR, and “pt-BR” only itself."""

from collections.abc import Iterable
from dataclasses import replace

from .records import SubjectRecord

EVERY_LANGUAGE = "all"


def is_among(language: str, wanted: Iterable[str]) -> bool:
    code = language.lower()
    return any(code == each.lower() or code.startswith(f"{each.lower()}-") for each in wanted)


def in_languages(record: SubjectRecord, wanted: tuple[str, ...]) -> SubjectRecord:
    """The record with its other names in these languages, and those whose language nobody knows."""
    if not wanted or EVERY_LANGUAGE in wanted:
        return record
    names = tuple(other for other in record.other_names if not other.language or is_among(other.language, wanted))
    return replace(record, other_names=names)
