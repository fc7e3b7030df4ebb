"""The most written-about people, places and topics, with links."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.models import SUBJECT_KINDS, Place, SubjectKind
from articles.search import NONE, FacetCount
from articles.search.facets import FACETS

# Articles about a place count for its continent too, so that continents would always come first.
TELLS_LITTLE = Place.Kind.CONTINENT
# How many more values to ask for than are to be shown: continents, and "none".
SPARE = 9


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


def build_top_lists(facets: Mapping[str, list[FacetCount]], size: int) -> list[TopList]:
    """The first `size` of each kind of subject that has any. One query a kind."""
    lists = [
        TopList(kind, str(FACETS[kind.plural].label), _lines(kind, facets[kind.plural][: size + SPARE])[:size])
        for kind in SUBJECT_KINDS.values()
    ]
    return [each for each in lists if each.lines]


def _lines(kind: SubjectKind, counts: list[FacetCount]) -> list[TopLine]:
    subjects = kind.model.objects.in_bulk([count.value for count in counts if count.value != NONE])
    return [
        TopLine(subject.name, subject.get_absolute_url(), count.count)
        for count in counts
        if (subject := subjects.get(count.value)) and getattr(subject, "kind", "") != TELLS_LITTLE
    ]
