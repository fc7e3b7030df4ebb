"""Facets of places and topics as trees: what lies in something on show stands below it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.filters import ArticleFilterSet
from articles.models import SUBJECT_KINDS
from articles.models.tree import ancestors_of
from articles.search import NONE, ArticleQuery, FacetCount, Value, search

# How many parts of each chosen place or topic are shown, and of how many chosen ones.
SHOWN_PARTS = 5
MOST_OPENED = 3
# So many values are looked through for parts.
MOST_INSIDE = 100

TREES = {kind.plural: kind.model for kind in SUBJECT_KINDS.values() if kind.is_tree}


@dataclass(frozen=True)
class TreeLine:
    """A value with its count; `depth` is how far it stands to the right, from 0."""

    count: FacetCount
    depth: int


def with_parts_of_chosen(filterset: ArticleFilterSet, facet: str, counts: list[FacetCount]) -> list[FacetCount]:
    """`counts`, and the most frequent parts of the chosen places or topics: the next step inwards."""
    chosen = [value for value in filterset.chosen(facet) if value != NONE]
    if facet not in TREES or not chosen:
        return counts
    shown = {count.value for count in counts} | {*filterset.excluded(facet)}
    parts = []
    for value in chosen[:MOST_OPENED]:
        inside = _counts_inside(filterset.article_query(), facet, value)
        above = ancestors_of(TREES[facet], [count.value for count in inside if count.value != NONE])
        parts += [count for count in inside if value in above.get(count.value, ()) and count.value not in shown][
            :SHOWN_PARTS
        ]
    return counts + list({part.value: part for part in parts}.values())


def _counts_inside(query: ArticleQuery, facet: str, value: Value) -> list[FacetCount]:
    """What there is among the articles of a chosen value, counted as the facet counts all others: what is left out
    stays out, and where the chosen ones are joined by AND, so is the next."""
    choice = query.facets[facet]
    inside = choice if choice.match_all else replace(choice, values=(value,), match_all=True)
    page = search(query.with_choice(facet, inside), limit=0, facets={facet: MOST_INSIDE})
    return [count for count in page.facets[facet] if count.count]


def arrange(facet: str, counts: Iterable[FacetCount]) -> list[TreeLine]:
    """Each value below the nearest one that contains it; otherwise in the order given. Flat where there is no tree."""
    counts = list(counts)
    if facet not in TREES:
        return [TreeLine(count, 0) for count in counts]
    ids = {count.value for count in counts if count.value != NONE}
    above = ancestors_of(TREES[facet], ids)
    parents = {id: next((each for each in path if each in ids), None) for id, path in above.items()}
    below: dict[int | None, list[FacetCount]] = {}
    for count in counts:
        below.setdefault(parents.get(count.value), []).append(count)
    return list(_lines(below, None, 0))


def _lines(below: dict, parent: int | None, depth: int):
    for count in below.get(parent, ()):
        yield TreeLine(count, depth)
        if count.value != NONE:
            yield from _lines(below, count.value, depth + 1)
