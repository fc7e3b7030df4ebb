"""Whom a record means: by its identifiers, else by its name where nothing speaks against it."""

from dataclasses import dataclass, field

from .entries import Entry
from .known import KnownSubjects, differs
from .records import COUNTRY_KINDS, PlaceRecord, SubjectRecord
from .tree import Tree

# Cities of the same name that are farther apart than so many degrees are two.
LARGEST_CITY = 0.5


@dataclass
class Match:
    """The entry that a record means, or None for a new one; or several `rivals`, of which none was chosen."""

    entry: Entry | None = None
    rivals: list[Entry] = field(default_factory=list)


def match(record: SubjectRecord, known: KnownSubjects, tree: Tree, parent: int | None) -> Match:
    """`parent` is the id of the record's parent, where it is known."""
    entry = known.identified(record)
    if entry or record.is_addition:
        return Match(entry)
    for candidates in known.named(record):
        possible = [each for each in candidates if not _contradicts(record, each, tree, parent)]
        if len(possible) == 1:
            return Match(possible[0])
        if possible:
            said = [each for each in possible if _says_all(each, record, parent)]
            return Match(said[0]) if said else Match(rivals=possible)
    return Match(rivals=[each for each in known.perhaps(record) if not _contradicts(record, each, tree, parent)])


def _contradicts(record: SubjectRecord, entry: Entry, tree: Tree, parent: int | None) -> bool:
    """Whether an entry of this name is somebody or something else for sure."""
    if _are_two_of_a_file(entry.key, record.key):
        return True
    if any(differs(record, entry, identifier) for identifier in record.identifiers):
        return True
    if isinstance(record, PlaceRecord):
        return _is_another_kind(record, entry.subject) or _is_elsewhere(record, entry.subject, tree, parent)
    return False


def _are_two_of_a_file(key: str, other: str) -> bool:
    """Whether the ids of two records tell that they are two; those of different files say nothing."""
    return bool(key and other) and key != other and key.rpartition("#")[0] == other.rpartition("#")[0]


def _is_another_kind(record: PlaceRecord, place) -> bool:
    if not record.kind or record.kind == place.kind or {record.kind, place.kind} <= COUNTRY_KINDS:
        return False
    # “Other” is what a place made by hand is as long as nobody said what it is.
    return not (place.kind == "other" and place.batch_id is None)


def _is_elsewhere(record: PlaceRecord, place, tree: Tree, parent: int | None) -> bool:
    if record.country_code and place.country_code and record.country_code != place.country_code:
        return True
    if record.kind == "city" and record.latitude is not None and place.latitude is not None:
        apart = max(abs(record.latitude - place.latitude), abs(record.longitude - place.longitude) % 360)
        return LARGEST_CITY < apart < 360 - LARGEST_CITY
    if not record.parent or not place.parent_id:
        return False
    if parent is None:
        # A place that is not in the archive yet has nothing in it.
        return record.parent.is_expected
    return not (tree.is_at_or_below(parent, place.parent_id) or tree.is_at_or_below(place.parent_id, parent))


def _says_all(entry: Entry, record: SubjectRecord, parent: int | None) -> bool:
    """Whether nothing of the record would be new: then it does not matter which of several it means."""
    values = {name: getattr(record, name) for name in record.fields}
    if any(value and getattr(entry.subject, name) != value for name, value in values.items()):
        return False
    if parent and entry.subject.parent_id not in (parent, None):
        return False
    return {record.name, *(other.name for other in record.other_names)} <= entry.names
