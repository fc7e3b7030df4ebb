"""What people said of merged subjects: with whom they are not to be confused."""

from collections.abc import Sequence

from django.db.models import Q

from articles.models import Namesakes, Subject, SubjectKind


def namesakes_among(kind: SubjectKind, ids: Sequence[int]):
    """The rows by which somebody told two of these subjects apart."""
    return Namesakes.objects.filter(kind=kind.name, first_id__in=ids, second_id__in=ids)


def carry_namesakes(kind: SubjectKind, survivor: Subject, others: Sequence[Subject]) -> None:
    """Who is not one of the others is not the survivor either. That two of the merged are not the same falls."""
    ids = {other.pk for other in others}
    namesakes_among(kind, [survivor.pk, *ids]).delete()
    told_apart = set(_of(kind, {survivor.pk}).values_list("first_id", "second_id"))
    for row in _of(kind, ids):
        outside = row.second_id if row.first_id in ids else row.first_id
        pair = (min(survivor.pk, outside), max(survivor.pk, outside))
        if pair in told_apart:
            row.delete()
        else:
            told_apart.add(pair)
            Namesakes.objects.filter(pk=row.pk).update(first_id=pair[0], second_id=pair[1])


def _of(kind: SubjectKind, ids: set[int]):
    return Namesakes.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids), kind=kind.name)
