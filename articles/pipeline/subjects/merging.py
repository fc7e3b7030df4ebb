"""Taking a record's values over into the subject that it means. Values that people gave are kept."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from articles.names.folding import fold_name

from .entries import Entry
from .known import KnownSubjects
from .options import KEEP, UPDATE
from .provenance import Provenance
from .records import OtherName, SubjectRecord, TopicRecord
from .tree import Tree

# What a place is whose kind nobody has said.
UNKNOWN_KIND = "other"

# About a kilometre.
NEAR = Decimal("0.01")

# A field, with the value before and after.
Change = tuple[str, Any, Any]


@dataclass
class Merged:
    """What became of a record: fields with the values before and after, and values that were not taken over."""

    changed: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    added_names: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    makes_a_loop: bool = False
    lacks_parent: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.added_names)


@dataclass
class Merger:
    """Merges records that were loaded together. Without `known` subjects, it can merge parents only."""

    known: KnownSubjects | None
    tree: Tree
    provenance: Provenance
    on_conflict: str = KEEP

    def merge(self, record: SubjectRecord, entry: Entry, parent: int | None) -> Merged:
        merged = Merged()
        self._merge_name(record, entry, merged)
        for name in record.fields:
            self._merge_value(name, getattr(record, name), record, entry, merged)
        self._merge_matching(record, entry, merged)
        self._merge_parent(parent, record, entry, merged)
        self._add_names(record, entry, merged)
        entry.key = entry.key or record.key
        entry.is_open = entry.is_open and record.is_addition
        self.known.claim(entry)
        return merged

    def merge_parent(self, record: SubjectRecord, entry: Entry, parent: int | None) -> Merged:
        merged = Merged()
        self._merge_parent(parent, record, entry, merged)
        merged.lacks_parent = parent is None
        entry.is_open = False
        return merged

    def _merge_name(self, record: SubjectRecord, entry: Entry, merged: Merged) -> None:
        """A subject keeps its name, and the record's becomes another one, unless the file's values are preferred."""
        is_same = not record.name or fold_name(record.name) == fold_name(entry.subject.name)
        if is_same or self.on_conflict != UPDATE or not entry.is_open:
            return
        former = entry.subject.name
        self._change("name", former, record.name, entry, merged)
        entry.names.discard(former)
        self._add_name(OtherName(former), record, entry, merged)

    def _merge_value(self, name: str, value: Any, record: SubjectRecord, entry: Entry, merged: Merged) -> None:
        before = getattr(entry.subject, name)
        if value in (None, "") or value == before:
            return
        owner = self.known.owner(name, value) if name in record.identifiers else None
        if owner and owner is not entry:
            text = f"{value} is the identifier of “{owner.subject}” already: “{entry.subject}” goes without."
            merged.notes.append(text)
        elif _is_unknown(name, before) or self._may_replace(name, record, entry):
            self._change(name, before, value, entry, merged)
        elif not _is_near(name, before, value):
            merged.kept.append((name, before, value))

    def _merge_matching(self, record: SubjectRecord, entry: Entry, merged: Merged) -> None:
        """Whether the name is looked for in texts: a person's decision stays, silently."""
        before, wanted = entry.subject.name_is_matched, record.name_is_matched
        if not entry.is_open or record.is_addition or wanted == before or (wanted is None and before):
            return
        if wanted is None:
            is_due = record.is_worth_looking_for and self.provenance.is_made_from_a_tag(entry.subject)
        else:
            is_due = self.provenance.is_imported(entry.subject, "name_is_matched")
        if is_due:
            self._change("name_is_matched", before, not before, entry, merged)

    def _merge_parent(self, parent: int | None, record: SubjectRecord, entry: Entry, merged: Merged) -> None:
        """A parent that lies in the record's own is more telling, and stays."""
        if parent is None:
            return
        before, pk = entry.subject.parent_id, entry.subject.pk
        if before and self.tree.is_at_or_below(before, parent):
            return
        if before and not self._may_replace("parent", record, entry):
            merged.kept.append(("parent", before, parent))
        elif pk and self.tree.is_at_or_below(parent, pk):
            merged.makes_a_loop = True
        else:
            self._change("parent", before, parent, entry, merged)
            if pk:
                self.tree.move(pk, parent)

    def _add_names(self, record: SubjectRecord, entry: Entry, merged: Merged) -> None:
        # A name that is not looked for must not be found as another name after all.
        own = [OtherName(record.name)] if record.name and record.is_worth_looking_for else []
        for other in (*own, *record.other_names):
            self._add_name(other, record, entry, merged)

    def _add_name(self, other: OtherName, record: SubjectRecord, entry: Entry, merged: Merged) -> None:
        has_it = other.name in entry.names
        if isinstance(record, TopicRecord):
            has_it = fold_name(other.name) in map(fold_name, entry.names)
        is_own = fold_name(other.name) == fold_name(entry.subject.name)
        if has_it or (is_own and (other.name == record.name or not entry.subject.name_is_matched)):
            return
        entry.add_name(other)
        merged.added_names.append(other.name)

    def _may_replace(self, name: str, record: SubjectRecord, entry: Entry) -> bool:
        if record.is_addition or not entry.is_open:
            return False
        return self.on_conflict == UPDATE or self.provenance.is_imported(entry.subject, name)

    def _change(self, name: str, before: Any, after: Any, entry: Entry, merged: Merged) -> None:
        entry.set(name, after)
        merged.changed.append((name, before, after))


def _is_near(name: str, before: Any, value: Any) -> bool:
    """Whether two coordinates differ only in how exactly somebody measured."""
    return name in ("latitude", "longitude") and abs(before - value) < NEAR


def _is_unknown(name: str, value: Any) -> bool:
    return value in (None, "") or (name == "kind" and value == UNKNOWN_KIND)
