"""The most written-about people, places and topics, with links."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from articles.models import SUBJECT_KINDS, SubjectKind
from articles.search import NONE, FacetCount
from articles.search.facets import FACETS

TOP = 10


@dataclass(frozen=True)
class TopLine:
    name: str
    url: str
    count: int


@dataclass(frozen=True)
class TopList:
    kind: SubjectKind
    label: str
    lines: list[TopLine]


def build_top_lists(
    facets: Mapping[str, list[FacetCount]], leave_out: Mapping[str, Collection[int]] | None = None
) -> list[TopList]:
    """A list for each kind of subject that has anything to show. One query a kind."""
    lists = []
    for kind in SUBJECT_KINDS.values():
        hidden = {NONE, *(leave_out or {}).get(kind.plural, ())}
        counts = [count for count in facets[kind.plural] if count.value not in hidden][:TOP]
        if counts:
            lists.append(TopList(kind, str(FACETS[kind.plural].label), _lines(kind, counts)))
    return lists


def _lines(kind: SubjectKind, counts: list[FacetCount]) -> list[TopLine]:
    labels = FACETS[kind.plural].labels_of([count.value for count in counts])
    return [
        TopLine(
            labels[count.value].text, reverse(f"articles:{kind.name}", args=[labels[count.value].slug]), count.count
        )
        for count in counts
        if count.value in labels
    ]
