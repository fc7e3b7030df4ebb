"""Whom or what a typed name means."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import SUBJECT_KINDS, Subject, SubjectKind
from articles.names.folding import fold_name
from articles.search import ArticleQuery, search

from .facet_labels import ALL_VALUES

MOST_CHOICES = 20

# The name of a kind, and the id of a row.
Key = tuple[str, int]


@dataclass(frozen=True)
class NamedSubject:
    """`count` is the number of its articles."""

    kind: SubjectKind
    subject: Subject
    count: int


def find_named(name: str) -> list[NamedSubject]:
    """Those with exactly this name or other name, accents and case apart; where there are none, those with a
    name that contains it. The most written-about first, and no more than can be looked through."""
    wanted = fold_name(name)
    if not wanted:
        return []
    found = [
        ((kind.name, pk), fold_name(known))
        for kind in SUBJECT_KINDS.values()
        for pk, known in kind.model.objects.names_containing(name)
    ]
    exact = [key for key, folded in found if folded == wanted]
    return _fetch(dict.fromkeys(exact or [key for key, _ in found]))


def _fetch(keys: Iterable[Key]) -> list[NamedSubject]:
    counts = _counts(set(keys))
    first = sorted(keys, key=lambda key: (-counts.get(key, 0), key))[:MOST_CHOICES]
    found = {
        (kind.name, pk): subject
        for kind in SUBJECT_KINDS.values()
        for pk, subject in kind.model.objects.in_bulk([pk for name, pk in first if name == kind.name]).items()
    }
    return [NamedSubject(SUBJECT_KINDS[key[0]], found[key], counts.get(key, 0)) for key in first if key in found]


def _counts(keys: set[Key]) -> dict[Key, int]:
    plurals = {kind.plural: kind for kind in SUBJECT_KINDS.values()}
    facets = search(ArticleQuery(), limit=0, facets=dict.fromkeys(plurals, ALL_VALUES)).facets
    return {
        (kind.name, count.value): count.count
        for plural, kind in plurals.items()
        for count in facets[plural]
        if (kind.name, count.value) in keys
    }
