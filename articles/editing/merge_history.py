"""The merges and splits of the past: found in the history by what they do to addresses and namesakes.

A merge gives the survivor a former address that the survivor itself never had; a split tells a new subject apart from
an old one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from articles.history import last_undo
from articles.models import Change, Namesakes, Occasion, Subject, SubjectKind

# So many changes of addresses, and of namesakes, are looked at.
LOOKED_AT = 500


@dataclass(frozen=True)
class Restructuring:
    """`undo` is the occasion on which it was taken back, if it was."""

    occasion: Occasion
    undo: Occasion | None


def restructurings(kind: SubjectKind, count: int) -> list[Restructuring]:
    """The last merges and splits of a kind, the newest first."""
    # In the order of the index by rows: in that of the changes, a database would look through those of all tables.
    addresses = _changes(kind.model.former_slugs.rel.related_model).order_by("-object_id", "-pk")[:LOOKED_AT]
    told_apart = _changes(Namesakes).filter(action=Change.Action.INSERT).order_by("-object_id", "-pk")[:LOOKED_AT]
    return _newest(_merges(kind, addresses) | _splits(kind, told_apart), count)


def restructurings_of(kind: SubjectKind, subject: Subject, count: int) -> list[Restructuring]:
    """Those by which a subject got more, or gave some away, or was made."""
    former = kind.model.former_slugs.rel.related_model
    addresses = _changes(former).filter(object_id__in=subject.former_slugs.values("pk"))
    rows = Namesakes.objects.filter(Q(first_id=subject.pk) | Q(second_id=subject.pk), kind=kind.name)
    told_apart = _changes(Namesakes).filter(object_id__in=rows.values("pk"))
    return _newest(_merges(kind, addresses) | _splits(kind, told_apart), count)


def _changes(model) -> QuerySet:
    written = (Change.Action.INSERT, Change.Action.UPDATE)
    return Change.objects.filter(table=model._meta.db_table, action__in=written, occasion__isnull=False)


def _merges(kind: SubjectKind, addresses: Iterable[Change]) -> set[int]:
    """Occasions of addresses that their bearers did not give up themselves on the same occasion."""
    found = {
        (change.occasion_id, change.fields["target_id"][1]) for change in addresses if "target_id" in change.fields
    }
    own = _changes(kind.model).filter(
        object_id__in={subject for _occasion, subject in found}, action=Change.Action.UPDATE
    )
    renamed = {(change.occasion_id, change.object_id) for change in own if "slug" in change.fields}
    return {occasion for occasion, _subject in found - renamed}


def _splits(kind: SubjectKind, told_apart: Iterable[Change]) -> set[int]:
    """Occasions on which the second of two that are told apart was made."""
    rows = [change for change in told_apart if change.fields.get("kind", [None, None])[1] == kind.name]
    found = {(change.occasion_id, change.fields["second_id"][1]) for change in rows}
    made = _changes(kind.model).filter(
        object_id__in={subject for _occasion, subject in found}, action=Change.Action.INSERT
    )
    return {occasion for occasion, _subject in found & set(made.values_list("occasion_id", "object_id"))}


def _newest(occasions: set[int], count: int) -> list[Restructuring]:
    """Without undos: what they took back stands in the list."""
    rows = Occasion.objects.filter(pk__in=occasions, undoes=None).select_related("user", "undone_by").order_by("-pk")
    return [Restructuring(done, last_undo(done)) for done in rows[:count]]
