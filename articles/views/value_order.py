"""The values of a facet, chosen by their names and in the order that is wanted. Pages and the API ask here."""

from collections.abc import Iterable

from articles.names.folding import fold_name
from articles.search import NONE, FacetCount, Value, count_values
from articles.search.facets import FACETS, RowFacet

from .ordered_names import ordered_names, sort_key
from .significance import by_significance


def arrange_values(facet: str, counts: Iterable[FacetCount], order: str, name: str) -> list[FacetCount]:
    """Those with `name` in theirs: by `name`, by how `unusual` they are here, else the most frequent first.

    Pages can be cut from any of it: among equals, the value decides.
    """
    counts = sorted(counts, key=lambda count: (-count.count, str(count.value)))
    if order == "unusual":
        counts = none_last(by_significance(counts, count_values(facet)))
    elif order == "name":
        counts = none_last(_by_name(facet, counts))
    if not name:
        return counts
    called = _values_called(facet, name, [count.value for count in counts])
    return [count for count in counts if count.value in called]


def none_last(counts: Iterable[FacetCount]) -> list[FacetCount]:
    return sorted(counts, key=lambda count: count.value == NONE)


def _by_name(facet: str, counts: list[FacetCount]) -> list[FacetCount]:
    """As in the registers."""
    by_value = {count.value: count for count in counts}
    if isinstance(FACETS[facet], RowFacet):
        in_order = [*ordered_names(FACETS[facet].model).ids, NONE]
    else:
        labels = FACETS[facet].labels_of(by_value)
        in_order = sorted(labels, key=lambda value: sort_key(labels[value].text))
    return [by_value[value] for value in in_order if value in by_value]


def _values_called(facet: str, name: str, values: list[Value]) -> set[Value]:
    """Names are looked for where they are, in the database: there may be many more than a page shows."""
    if not isinstance(FACETS[facet], RowFacet):
        return _with_label_containing(facet, name, values)
    rows = FACETS[facet].model.objects.with_name_containing(name)
    return {*rows.values_list("pk", flat=True), *_with_label_containing(facet, name, [NONE])}


def _with_label_containing(facet: str, name: str, values: list[Value]) -> set[Value]:
    labels = FACETS[facet].labels_of(values)
    return {value for value, label in labels.items() if fold_name(name) in fold_name(label.text)}
