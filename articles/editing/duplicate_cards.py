"""What an editor needs to see to decide whether two records are the same: both, and what speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Subject, SubjectKind

from .companions import names_of
from .likely_duplicates import Pair
from .stored_duplicates import Pairs
from .subject_facts import Facts, facts_about, key_of


@dataclass(frozen=True)
class Side:
    """One of the two."""

    subject: Subject
    facts: Facts
    aliases: list[str]


@dataclass(frozen=True)
class DuplicateCard:
    """`place` is that of the pair in what was found; `company` are names of what both appear with."""

    place: int
    pair: Pair
    sides: tuple[Side, Side]
    company: list[str]

    @property
    def key(self) -> str:
        return f"{self.pair.first}-{self.pair.second}"

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def names(self) -> str:
        return " / ".join(str(side.subject) for side in self.sides)


def build_duplicate_cards(kind: SubjectKind, pairs: Pairs, places: Sequence[int]) -> list[DuplicateCard]:
    """A card for each of these places. The number of queries does not depend on how many there are."""
    found = {place: pairs[place] for place in places}
    subjects = _subjects(kind, {id for pair in found.values() for id in (pair.first, pair.second)})
    facts = facts_about(subjects.values())
    sides = {
        id: Side(each, facts[key_of(each)], [str(alias) for alias in each.aliases.all()])
        for id, each in subjects.items()
    }
    names = names_of({companion for pair in found.values() for companion in pair.company})
    return [
        DuplicateCard(
            place,
            pair,
            (sides[pair.first], sides[pair.second]),
            [names[each] for each in pair.company if each in names],
        )
        for place, pair in found.items()
        if pair.first in sides and pair.second in sides
    ]


def _subjects(kind: SubjectKind, ids: set[int]) -> dict[int, Subject]:
    rows = kind.model.objects.prefetch_related("aliases")
    return (rows.select_related("parent") if kind.is_tree else rows).in_bulk(ids)
