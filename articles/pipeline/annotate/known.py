"""The subjects that the archive knows, by their names and by their codes. Plain values: other processes get a copy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from articles.names import KnownName, NameIndex
from articles.pipeline.records import Tag


@dataclass(frozen=True)
class KnownSubjects:
    """`parents` gives for each kind that is a tree the parent of each id; `codes` the id by (kind, code)."""

    names: list[KnownName]
    parents: Mapping[str, Mapping[int, int | None]]
    codes: Mapping[tuple[str, str], int]

    @cached_property
    def index(self) -> NameIndex:
        """Takes a moment to build, and cannot be sent to another process: see `without_index`."""
        return NameIndex(self.names, self.parents)

    def without_index(self) -> "KnownSubjects":
        return replace(self)

    def lookup(self, tag: Tag) -> tuple[int, ...]:
        """The subjects that a tag means: by its code, else by its name."""
        if (tag.kind, tag.code) in self.codes:
            return (self.codes[tag.kind, tag.code],)
        return self.index.lookup(tag.kind, tag.name) if tag.name else ()
