"""The tabs above a queue: one for each kind of subject, with how many wait, if that is known."""

from dataclasses import dataclass

from articles.editing.counting import CappedCount
from articles.models import SubjectKind
from articles.search.facets import FACETS


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    count: CappedCount | None
    is_chosen: bool


def tab_of(kind: SubjectKind, count: CappedCount | None, is_chosen: bool) -> Tab:
    return Tab(kind.name, str(FACETS[kind.plural].label), count, is_chosen)
