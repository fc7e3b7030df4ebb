"""A subject while an import works on it, and the state of a run."""

from dataclasses import dataclass, field
from typing import Any

from articles.models import ImportBatch, Subject, SubjectKind
from articles.pipeline.storing.ledger import json_value

from .options import ImportOptions
from .records import OtherName, SubjectRecord


@dataclass(eq=False)
class Entry:
    """A subject, stored already or about to be, with all its names as they are spelt.

    `key` is that of the record which was found to be this subject, in this run. `is_open` says that no record of this
    run was: the first one has its say, and further ones only complete it.
    """

    subject: Subject
    names: set[str]
    is_new: bool = False
    is_open: bool = True
    key: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    added: list[OtherName] = field(default_factory=list)

    def set(self, name: str, value: Any) -> None:
        """Change a field (a parent by its id), and remember what it was before this import."""
        if not self.is_new:
            self.before.setdefault(name, json_value(self.subject, name))
        setattr(self.subject, self.subject._meta.get_field(name).attname, value)

    def add_name(self, other: OtherName) -> None:
        self.names.add(other.name)
        self.added.append(other)


@dataclass
class Run:
    """What is remembered from one part of an import to the next.

    `codes` maps references to parents to subjects; `found` the subjects that records were found to be to the keys of
    those. `waiting` are subjects whose parent was not there yet, with the records that name it; `completed` those
    that an addition has changed.
    """

    kind: SubjectKind
    batch: ImportBatch
    options: ImportOptions
    codes: dict[str, int] = field(default_factory=dict)
    found: dict[int, str] = field(default_factory=dict)
    waiting: list[tuple[int, SubjectRecord]] = field(default_factory=list)
    completed: set[int] = field(default_factory=set)

    def is_of_this_run(self, subject: Subject) -> bool:
        """Whether this import made the subject: what it does to it further needs no entry in the ledger."""
        return subject.batch_id == self.batch.pk

    def entry(self, subject: Subject) -> Entry:
        is_open = not self.is_of_this_run(subject) and subject.pk not in self.found
        return Entry(subject, {subject.name}, is_open=is_open, key=self.found.get(subject.pk, ""))

    def remember(self, entry: Entry, key: str) -> None:
        if key:
            self.codes[f"key:{key}"] = entry.subject.pk
        if key or not self.is_of_this_run(entry.subject):
            self.found[entry.subject.pk] = key
