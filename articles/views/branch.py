"""Where a place or topic stands in its tree: what contains it, and its parts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import Subject, SubjectKind
from articles.names.folding import fold_name
from articles.search import FacetCount

MOST_PARTS = 50


@dataclass(frozen=True)
class Node:
    subject: Subject
    count: int


@dataclass(frozen=True)
class Branch:
    """`above` from the outermost to the parent; `parts` are the most frequent of the `parts_total` with articles."""

    above: list[Node] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)
    parts_total: int = 0


def find_branch(
    subject: Subject, kind: SubjectKind, inside: Iterable[FacetCount], everywhere: Iterable[FacetCount]
) -> Branch:
    """`inside` counts the articles about the subject, `everywhere` all articles."""
    if not kind.is_tree:
        return Branch()
    ancestors = subject.ancestors()
    totals = _counts_of({ancestor.pk for ancestor in ancestors}, everywhere)
    names = dict(subject.children.values_list("pk", "name"))
    counts = _counts_of(names.keys(), inside)
    ids = sorted(counts, key=lambda id: (-counts[id], fold_name(names[id]), id))
    found = kind.model.objects.in_bulk(ids[:MOST_PARTS])
    return Branch(
        above=[Node(ancestor, totals.get(ancestor.pk, 0)) for ancestor in ancestors],
        parts=[Node(found[id], counts[id]) for id in ids[:MOST_PARTS] if id in found],
        parts_total=len(ids),
    )


def _counts_of(ids: Iterable[int], counts: Iterable[FacetCount]) -> dict[int, int]:
    return {count.value: count.count for count in counts if count.value in ids}
