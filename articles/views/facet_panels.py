"""The facets of a list as the page shows them: values that are links, and chips that take them back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from articles.filters import ArticleFilterSet
from articles.models import SUBJECT_KINDS
from articles.search import NONE, FacetCount, SearchPage, Value
from articles.search.facets import FACETS, FacetLabel

from .address import Address
from .days import name_of_days
from .facet_labels import Labels
from .facet_tree import TreeLine, arrange
from .wording import brings_quotation_marks

# Only of these an article can have several values, so that "all of these" makes sense.
PLURAL_FACETS = {kind.plural for kind in SUBJECT_KINDS.values()}

# Deeper levels of a tree are not moved further to the right.
DEEPEST = 3


@dataclass(frozen=True)
class FacetOption:
    """A value with its count. `url` chooses it, or takes the choice (or the exclusion) back."""

    slug: str
    label: str
    count: int
    share: int
    url: str
    exclude_url: str
    is_chosen: bool
    is_excluded: bool
    is_none: bool
    depth: int = 0


@dataclass(frozen=True)
class FacetPanel:
    """`any_url` and `all_url` are given once there is something to combine; `more_url` leads to all values."""

    name: str
    label: str
    options: list[FacetOption]
    more_url: str = ""
    matches_all: bool = False
    any_url: str = ""
    all_url: str = ""

    @property
    def has_bars(self) -> bool:
        return self.name == "year"


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for, and the address without it."""

    kind: str
    label: str
    url: str
    is_excluded: bool = False


def build_panels(
    filterset: ArticleFilterSet,
    page: SearchPage,
    shown: dict[str, list[FacetCount]],
    labels: Labels,
    address: Address,
) -> list[FacetPanel]:
    """A panel for each facet that has anything to choose."""
    panels = []
    for name, facet in FACETS.items():
        options = build_options(filterset, name, arrange(name, shown[name]), labels[name], address)
        hidden = len(page.facets[name]) > len(shown[name])
        if options:
            more = Address(reverse("articles:facet_values", args=[name]), address.parameters) if hidden else ""
            panels.append(
                FacetPanel(name, str(facet.label), options, str(more), **_combination(filterset, name, address))
            )
    return panels


def build_options(
    filterset: ArticleFilterSet,
    facet: str,
    lines: list[TreeLine],
    labels: dict[Value, FacetLabel],
    address: Address,
) -> list[FacetOption]:
    """An option for each value that has a label; `address` is where the choice leads."""
    most = max((line.count.count for line in lines if line.count.value != NONE), default=0) or 1
    return [
        _option(filterset, facet, line, labels[line.count.value], address, share=round(100 * line.count.count / most))
        for line in lines
        if line.count.value in labels
    ]


def build_chips(filterset: ArticleFilterSet, labels: Labels, address: Address) -> Iterator[Chip]:
    if filterset.words:
        words = filterset.words if brings_quotation_marks(filterset.words) else f"“{filterset.words}”"
        yield Chip(gettext("Words"), words, str(address.removing("q")))
    for name, facet in FACETS.items():
        for value, slug in filterset.chosen(name).items():
            text = labels[name][value].text if value in labels[name] else slug
            yield Chip(str(facet.label), text, str(address.removing(name, slug)))
        for value, slug in filterset.excluded(name).items():
            text = labels[name][value].text if value in labels[name] else slug
            yield Chip(str(facet.label), text, str(address.removing(f"not_{name}", slug)), is_excluded=True)
    if any(filterset.days):
        yield Chip(gettext("Dates"), name_of_days(*filterset.days), str(address.removing("from").removing("to")))


def _option(
    filterset: ArticleFilterSet, facet: str, line: TreeLine, label: FacetLabel, address: Address, share: int
) -> FacetOption:
    count, chosen, excluded = line.count, filterset.chosen(facet), filterset.excluded(facet)
    # The slug as the address says it: "0024" may name the year 24.
    clear = address
    for parameter, slugs in ((facet, chosen), (f"not_{facet}", excluded)):
        clear = clear.removing(parameter, slugs.get(count.value, label.slug))
    is_chosen, is_excluded = count.value in chosen, count.value in excluded
    return FacetOption(
        slug=label.slug,
        label=label.text,
        count=count.count,
        share=share,
        url=str(clear if is_chosen or is_excluded else clear.adding(facet, label.slug)),
        exclude_url="" if is_excluded else str(clear.adding(f"not_{facet}", label.slug)),
        is_chosen=is_chosen,
        is_excluded=is_excluded,
        is_none=count.value == NONE,
        depth=min(line.depth, DEEPEST),
    )


def _combination(filterset: ArticleFilterSet, facet: str, address: Address) -> dict:
    """The switch between any and all of the chosen values."""
    if facet not in PLURAL_FACETS or len(filterset.chosen(facet)) < 2:
        return {}
    any_of = address.removing(f"{facet}_match")
    return {
        "matches_all": filterset.matches_all(facet),
        "any_url": str(any_of),
        "all_url": str(any_of.adding(f"{facet}_match", "all")),
    }
