"""What a format is: one class in one file, and one line in the table of formats/__init__.py."""

from collections.abc import Iterator, Mapping
from typing import Protocol, Self, runtime_checkable

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Note, Problem

Parsed = ArticleRecord | Problem | Note


class Format(Protocol):
    """`name` is the word for --format; `label` says in a few words what it reads."""

    name: str
    label: str

    def recognises(self, file: InputFile) -> bool:
        """Whether the beginning of the file (else its name) looks like this format. Must not read on."""

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        """The records of the file in their order. A record that cannot be read is a Problem; the rest goes on."""


@runtime_checkable
class MappedFormat(Format, Protocol):
    """A format whose files have fields of their own names: tables and JSON."""

    def with_fields(self, fields: Mapping[str, str]) -> Self:
        """The format with a mapping from the archive's fields to the file's: {"headline": "title"}."""

    def columns(self, file: InputFile) -> list[str]:
        """What the file calls its fields, as far as its beginning shows. Must not read on."""
