"""Finding the subjects of the archive that records could be, with a handful of queries for many records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from articles.models import SubjectKind
from articles.models.tree import in_parts
from articles.names.folding import fold_name

from .entries import Entry, Run
from .records import PersonRecord, PlaceRecord, SubjectRecord

# So many names are faster looked through here than asked for by hundreds of others.
FEW = 5_000


class KnownSubjects:
    """The entries that some records could be. New ones are added as they come up."""

    def __init__(self, run: Run, records: list[SubjectRecord]) -> None:
        self._run = run
        self._identifiers = records[0].identifiers
        self._entries: dict[int, Entry] = {}
        self._by_identifier: dict[tuple[str, Any], Entry] = {}
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._by_other_name: dict[str, list[Entry]] = defaultdict(list)
        self._load_identified(records)
        self._load_named([record for record in records if not record.is_addition and not self.identified(record)])
        self._load_other_names()

    def identified(self, record: SubjectRecord) -> Entry | None:
        """The entry that has one of the record's identifiers, and no other value of a more telling one."""
        for number, field in enumerate(record.identifiers):
            entry = self.owner(field, getattr(record, field))
            if entry and not any(differs(record, entry, more_telling) for more_telling in record.identifiers[:number]):
                return entry
        return None

    def owner(self, field: str, value: Any) -> Entry | None:
        return self._by_identifier.get((field, value)) if value else None

    def named(self, record: SubjectRecord) -> Iterator[list[Entry]]:
        """Those of the same name; those who have it among their other names; those who have one of the record's."""
        name = fold_name(record.name)
        yield self._by_name.get(name, [])
        yield self._by_other_name.get(name, [])
        yield self._named_otherwise(record)

    def add(self, entry: Entry) -> None:
        """Make a new entry findable for the records behind it."""
        self.claim(entry)
        self._by_name[fold_name(entry.subject.name)].append(entry)

    def claim(self, entry: Entry) -> None:
        """Nobody else can have the identifiers of this entry."""
        for field in self._identifiers:
            if value := getattr(entry.subject, field):
                self._by_identifier[field, value] = entry

    def entries(self) -> list[Entry]:
        return list(self._entries.values())

    def perhaps(self, record: SubjectRecord) -> list[Entry]:
        """People whose name is one of the record's other names, which alone says too little: George Bush. Whom this
        import has met under an id of its own is somebody else: John Kennedy the senator."""
        if not isinstance(record, PersonRecord):
            return []
        return [entry for entry in self._bearers_of_other_names(record) if not (entry.key and record.key)]

    def _named_otherwise(self, record: SubjectRecord) -> list[Entry]:
        """Whose name is one of the record's other names: places of the same country, such as Kyiv, also called Kiev,
        and people who share a second name with the record."""
        found = self._bearers_of_other_names(record)
        if isinstance(record, PersonRecord):
            return [entry for entry in found if len(_names_of(record) & set(map(fold_name, entry.names))) > 1]
        return [
            entry for entry in found if _knows_country(record) and entry.subject.country_code == record.country_code
        ]

    def _bearers_of_other_names(self, record: SubjectRecord) -> list[Entry]:
        found = {id(entry): entry for name in _names_of(record) for entry in self._by_name.get(name, ())}
        return list(found.values())

    def _load_identified(self, records: list[SubjectRecord]) -> None:
        for field in self._identifiers:
            values = {getattr(record, field) for record in records} - {None, ""}
            if values:
                self._load(self._run.kind.model.objects.filter(**{f"{field}__in": values}))

    def _load_named(self, records: list[SubjectRecord]) -> None:
        if not records:
            return
        names = {record.name for record in records}
        names |= {other.name for record in records if _is_found_otherwise(record) for other in record.other_names}
        by_name, by_other_name = find_called(self._run.kind, names, self._possible(records))
        self._load_ids({pk for found in (by_name, by_other_name) for pks in found.values() for pk in pks})
        for found, entries in ((by_name, self._by_name), (by_other_name, self._by_other_name)):
            for name, pks in found.items():
                entries[name] += [self._entries[pk] for pk in sorted(pks)]

    def _possible(self, records: list[SubjectRecord]) -> QuerySet:
        """Where all records have the most telling identifier, only subjects without one could still be theirs."""
        telling = self._identifiers[0]
        subjects = self._run.kind.model.objects.all()
        if all(getattr(record, telling) for record in records):
            empty = self._run.kind.model._meta.get_field(telling).get_default()
            return subjects.filter(**{telling: empty})
        return subjects

    def _load_ids(self, pks: set[int]) -> None:
        for part in in_parts(pks - self._entries.keys()):
            self._load(self._run.kind.model.objects.filter(pk__in=part))

    def _load(self, subjects: QuerySet) -> None:
        for subject in subjects:
            self.claim(self._entries.setdefault(subject.pk, self._run.entry(subject)))

    def _load_other_names(self) -> None:
        for part in in_parts(self._entries):
            rows = self._run.kind.alias.objects.filter(subject__in=part).values_list("subject_id", "name")
            for pk, name in rows:
                self._entries[pk].names.add(name)


def differs(record: SubjectRecord, entry: Entry, field: str) -> bool:
    """Whether both have a value, and not the same."""
    values = (getattr(record, field), getattr(entry.subject, field))
    return all(values) and values[0] != values[1]


def find_called(
    kind: SubjectKind, names: Iterable[str], among: QuerySet | None = None
) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """For each folded name the ids of the subjects that have it as their name, and as one of their other names.

    `names` are as they are spelt.
    """
    names = set(names) - {""}
    subjects = kind.model.objects.all() if among is None else among
    other_names = kind.alias.objects.all() if among is None else kind.alias.objects.filter(subject__in=among)
    return _called(subjects, "pk", names), _called(other_names, "subject_id", names)


def _called(rows: QuerySet, column: str, names: set[str]) -> dict[str, set[int]]:
    rows, found = rows.order_by(), defaultdict(set)
    wanted = {fold_name(name) for name in names}
    are_few = rows[: FEW + 1].count() <= FEW
    for candidates in [rows] if are_few else [_with_name(rows, part) for part in in_parts(names)]:
        for pk, name in candidates.values_list(column, "name"):
            if (folded := fold_name(name)) in wanted:
                found[folded].add(pk)
    return found


def _with_name(rows: QuerySet, names: list[str]) -> QuerySet:
    """What is spelt alike is found, too, however databases fold."""
    return rows.filter(Q(name__in=names) | Q(folded_name__in={fold_name(name) for name in names}))


def _knows_country(record: SubjectRecord) -> bool:
    return isinstance(record, PlaceRecord) and bool(record.country_code)


def _is_found_otherwise(record: SubjectRecord) -> bool:
    return isinstance(record, PersonRecord) or _knows_country(record)


def _names_of(record: SubjectRecord) -> set[str]:
    """Folded; of people only those of several words, as nicknames and surnames are many people's."""
    names = {fold_name(name) for name in (record.name, *(other.name for other in record.other_names))}
    return {name for name in names if " " in name} if isinstance(record, PersonRecord) else names
