"""What a format is: one class in one file, and one line in the table of formats/__init__.py."""

from collections.abc import Iterator
from typing import Protocol

from articles.pipeline.read import InputFile
from articles.pipeline.records import ArticleRecord, Problem


class Format(Protocol):
    """`name` is the word for --format; `label` says in a few words what it reads."""

    name: str
    label: str

    def recognises(self, file: InputFile) -> bool:
        """Whether the beginning of the file looks like this format. Must not read on."""

    def parse(self, file: InputFile) -> Iterator[ArticleRecord | Problem]:
        """The records of the file in their order. A record that cannot be read is a Problem; the rest goes on."""
