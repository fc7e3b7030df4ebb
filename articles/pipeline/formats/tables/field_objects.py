"""Records from the JSON objects of a file, each of which may have fields of its own."""

import itertools
from collections.abc import Iterable, Iterator, Mapping

from articles.pipeline.formats.base import Parsed
from articles.pipeline.records import ArticleRecord, Position, Problem

from .field_records import make_record, value_at
from .fields import (
    LONGEST_NAMED,
    Plan,
    Reading,
    check_mapping,
    columns_asked_for,
    make_plan,
    missing_column,
    note_on,
)

# What an article nearly always has. If the user names another field for one of these, and the first objects of
# the file have none such, then the name is wrong, and nothing is read.
EXPECTED = ("headline", "body", "published_on", "published_at", "url", "external_id")
MOST_FIELDS = 1_000
# So many sets of fields are remembered, if their names are not longer than this, and so many names for the note.
MOST_PLANS, LONGEST_NAMES, MOST_NAMES = 1_000, 10_000, 1_000

Objects = Iterable[tuple[Position, dict] | Problem]


def read_objects(objects: Objects, first: list[dict], mapping: Mapping[str, str], name: str) -> Iterator[Parsed]:
    """`first` are those of the objects that can be seen before reading."""
    if problem := check_mapping(mapping, name):
        yield problem
        return
    reader = _ObjectReader(mapping)
    wrong = [reading for reading in reader.missing_in(first) if reading.field in EXPECTED] if first else []
    for reading in wrong:
        yield missing_column(reading, dict.fromkeys(itertools.chain(*first)), name)
    if wrong:
        return
    for item in objects:
        yield item if isinstance(item, Problem) else reader.read(*item)
    yield from reader.remarks(name)


def names_in(objects: Iterable[dict]) -> list[str]:
    return list(dict.fromkeys(itertools.chain(*objects)))


class _ObjectReader:
    """Makes a plan for each set of fields that occurs, and keeps in mind what to tell about them."""

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping
        self._missing = columns_asked_for(mapping)
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._guessed: dict[str, Reading] = {}
        self._unused: dict[str, None] = {}

    def read(self, position: Position, data: dict) -> ArticleRecord | Problem:
        if self._missing:
            self._missing = self.missing_in([data])
        names = tuple(data)
        plan = self._plans.get(names) or self._plan(names)
        return make_record(data, plan, position) if plan else _too_many(names, position)

    def missing_in(self, objects: list[dict]) -> list[Reading]:
        """The fields the user named that none of the objects has."""
        return [reading for reading in self._missing if not any(_has(data, reading) for data in objects)]

    def remarks(self, name: str) -> Iterator[Parsed]:
        yield from (missing_column(reading, [*self._guessed, *self._unused], name) for reading in self._missing)
        if note := note_on(self._guessed.values(), self._unused, name):
            yield note

    def _plan(self, names: tuple[str, ...]) -> Plan | None:
        if len(names) > MOST_FIELDS:
            return None
        plan = make_plan(names, self._mapping)
        if sum(map(len, names)) <= LONGEST_NAMES:
            if len(self._plans) == MOST_PLANS:
                self._plans.clear()
            self._plans[names] = plan
        self._remember(plan)
        return plan

    def _remember(self, plan: Plan) -> None:
        if len(self._unused) < MOST_NAMES:
            self._guessed |= {reading.column[: LONGEST_NAMED + 1]: reading for reading in plan.guessed}
            self._unused |= dict.fromkeys(name[: LONGEST_NAMED + 1] for name in plan.unused)


def _has(data: dict, reading: Reading) -> bool:
    return reading.column in data or value_at(data, reading.path) is not None


def _too_many(names: tuple[str, ...], position: Position) -> Problem:
    reason = f"The object has {len(names):,} fields."
    return Problem(position, reason, f"No article has more than {MOST_FIELDS:,}.")
