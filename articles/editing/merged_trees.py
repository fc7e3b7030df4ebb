"""The places and topics that merged ones lie in, and those that lie in them."""

from collections.abc import Sequence

from articles.models import Subject, SubjectKind
from articles.models.tree import ancestors_of


def set_parent_outside(kind: SubjectKind, subjects: Sequence[Subject], chosen: int | None) -> None:
    """The survivor becomes a part of the chosen parent. Where that lies in one of the merged itself, it becomes a
    part of the first above that does not: nothing is a part of itself."""
    survivor, ids = subjects[0], {subject.pk for subject in subjects}
    parent = chosen and parent_outside(kind, ids, chosen)
    if parent != survivor.parent_id:
        kind.model.objects.filter(pk=survivor.pk).update(parent=parent)


def parent_outside(kind: SubjectKind, ids: set[int], chosen: int) -> int | None:
    path = [chosen, *ancestors_of(kind.model, [chosen])[chosen]]
    inside = [place for place, id in enumerate(path) if id in ids]
    above = path[inside[-1] + 1 :] if inside else path
    return above[0] if above else None


def move_parts(kind: SubjectKind, survivor: Subject, others: Sequence[Subject]) -> None:
    """What lies in one of the others lies in the survivor."""
    parts = kind.model.objects.filter(parent__in=others).exclude(pk__in=[survivor.pk, *(other.pk for other in others)])
    parts.update(parent=survivor)
