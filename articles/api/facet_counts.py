"""The counts of facets, with slugs and labels in place of the values that the index holds."""

from collections.abc import Iterable, Mapping

from articles.names.folding import fold_name
from articles.search import NONE, FacetCount, Value, count_values
from articles.search.facets import FACETS, RowFacet
from articles.views.significance import by_significance


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


def sort_values(facet: str, counts: Iterable[FacetCount], order: str, name: str) -> list[FacetCount]:
    """In an order that pages can be cut from: among equals, the value decides. Only those with `name` in theirs."""
    counts = sorted(counts, key=lambda count: (-count.count, str(count.value)))
    if name:
        called = _values_called(facet, name, counts)
        counts = [count for count in counts if count.value in called]
    if order == "unusual":
        return by_significance(counts, count_values(facet))
    return _in_name_order(facet, counts) if order == "name" else counts


def _values_called(facet: str, name: str, counts: list[FacetCount]) -> set[Value]:
    """Names are looked for where they are, in the database: there may be many more than a page shows."""
    if not isinstance(FACETS[facet], RowFacet):
        return _with_label_containing(facet, name, [count.value for count in counts])
    rows = FACETS[facet].model.objects.with_name_containing(name)
    return {*rows.values_list("pk", flat=True), *_with_label_containing(facet, name, [NONE])}


def _with_label_containing(facet: str, name: str, values: list[Value]) -> set[Value]:
    labels = FACETS[facet].labels_of(values)
    return {value for value, label in labels.items() if fold_name(name) in fold_name(label.text)}


def _in_name_order(facet: str, counts: list[FacetCount]) -> list[FacetCount]:
    """As the database sorts names; “none” comes first."""
    if not isinstance(FACETS[facet], RowFacet):
        labels = FACETS[facet].labels_of([count.value for count in counts])
        return sorted(counts, key=lambda count: labels[count.value].text)
    by_value = {count.value: count for count in counts}
    in_order = FACETS[facet].model.objects.order_by("name", "pk").values_list("pk", flat=True)
    return [by_value[value] for value in (NONE, *in_order) if value in by_value]
