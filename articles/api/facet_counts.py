"""The counts of facets, with slugs and labels in place of the values that the index holds."""

from collections.abc import Iterable, Mapping

from articles.search import FacetCount
from articles.search.facets import FACETS


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
