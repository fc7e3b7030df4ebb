"""What the values of a page's facets are called, fetched with one query a facet."""

from articles.filters import ArticleFilterSet
from articles.search import NONE, FacetCount, SearchPage, Value
from articles.search.facets import FACETS, FacetLabel

from .facet_tree import with_parts_of_chosen

Labels = dict[str, dict[Value, FacetLabel]]

# How many values of a facet a page shows, and how many it counts in search of "none".
SHOWN_VALUES = 10
COUNTED_VALUES = 100
SHOWN_YEARS = 15
ALL_VALUES = 1_000_000

FACET_SIZES = dict.fromkeys(FACETS, COUNTED_VALUES) | {"year": ALL_VALUES}


def values_to_show(filterset: ArticleFilterSet, page: SearchPage, facet: str) -> list[FacetCount]:
    """The chosen values, then the most frequent ones, then "none"; of the years the latest."""
    chosen, excluded = filterset.chosen(facet), filterset.excluded(facet)
    counts = [count for count in page.facets[facet] if count.count or count.value in chosen]
    first = [count for count in counts if count.value in chosen and count.value != NONE]
    first += [FacetCount(value, 0) for value in excluded if value not in chosen and value != NONE]
    rest = [count for count in counts if count.value not in chosen and count.value != NONE]
    last = [count for count in counts if count.value == NONE]
    if not last and NONE in excluded:
        last = [FacetCount(NONE, 0)]
    if facet == "year":
        return [*newest_first(first + rest, keep=len(first)), *last]
    shown = with_parts_of_chosen(filterset, facet, [*first, *rest[: max(SHOWN_VALUES - len(first), 0)]])
    return [*shown, *last]


def newest_first(years: list[FacetCount], keep: int) -> list[FacetCount]:
    """The latest years; the first `keep` of the list are among them however old they are."""
    always, others = years[:keep], sorted(years[keep:], key=lambda count: -count.value)
    shown = always + others[: max(SHOWN_YEARS - keep, 0)]
    return sorted(shown, key=lambda count: -count.value)


def fetch_labels(filterset: ArticleFilterSet, shown: dict[str, list[FacetCount]]) -> Labels:
    """The labels of the values on show and of all that is chosen or excluded."""
    return {
        name: facet.labels_of(
            {count.value for count in shown.get(name, [])} | {*filterset.chosen(name), *filterset.excluded(name)}
        )
        for name, facet in FACETS.items()
    }
