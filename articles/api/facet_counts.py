"""The counts of facets, with slugs and labels in place of the values that the index holds."""

from collections.abc import Iterable, Iterator, Mapping

from articles.names.folding import fold_name
from articles.search import FacetCount, Value, count_values
from articles.search.facets import FACETS, FacetLabel
from articles.views.significance import by_significance

# A database takes a limited number of values in one question.
LABELS_AT_ONCE = 10_000


def describe_counts(facet: str, counts: Iterable[FacetCount]) -> list[dict]:
    """In their order; a value whose row is gone is left out. One query."""
    counts = list(counts)
    labels = FACETS[facet].labels_of([count.value for count in counts])
    return [
        {"value": labels[count.value].slug, "label": labels[count.value].text, "count": count.count}
        for count in counts
        if count.value in labels
    ]


def describe_facets(facets: Mapping[str, Iterable[FacetCount]]) -> dict[str, list[dict]]:
    return {name: describe_counts(name, counts) for name, counts in facets.items()}


def sort_values(facet: str, counts: list[FacetCount], order: str, name: str) -> list[FacetCount]:
    """In an order that pages can be cut from: among equals, the value decides. Only those called `name`."""
    counts = sorted(counts, key=lambda count: (-count.count, str(count.value)))
    if not name and order != "name":
        return by_significance(counts, count_values(facet)) if order == "unusual" else counts
    labels = dict(_labels_of(facet, [count.value for count in counts]))
    folded = fold_name(name)
    named = [count for count in counts if count.value in labels and folded in fold_name(labels[count.value].text)]
    if order == "unusual":
        return by_significance(named, count_values(facet))
    return sorted(named, key=lambda count: fold_name(labels[count.value].text)) if order == "name" else named


def _labels_of(facet: str, values: list[Value]) -> Iterator[tuple[Value, FacetLabel]]:
    for start in range(0, len(values), LABELS_AT_ONCE):
        yield from FACETS[facet].labels_of(values[start : start + LABELS_AT_ONCE]).items()
