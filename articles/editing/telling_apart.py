"""A person's word that two people, places or topics are not the same: they are not proposed for merging again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.history import occasion
from articles.models import Namesakes, Occasion, Subject, SubjectKind


def tell_apart(kind: SubjectKind, one: Subject, other: Subject, user=None) -> Occasion:
    """Saying it twice changes nothing."""
    what = _("“%(one)s” and “%(other)s” are not the same") % {"one": one, "other": other}
    first, second = sorted((one.pk, other.pk))
    with occasion(what, user) as done:
        Namesakes.objects.get_or_create(
            kind=kind.name,
            first_id=first,
            second_id=second,
            defaults={"decided_by": user, "decided_at": timezone.now()},
        )
    return done


def told_apart_lately(kind: SubjectKind, count: int) -> list[Namesakes]:
    """The newest first, with `first` and `second`, the two subjects; those of which one is gone are left out."""
    rows = Namesakes.objects.filter(kind=kind.name).select_related("decided_by").order_by("-pk")[:count]
    subjects = kind.model.objects.in_bulk({id for row in rows for id in (row.first_id, row.second_id)})
    shown = []
    for row in rows:
        row.first, row.second = subjects.get(row.first_id), subjects.get(row.second_id)
        if row.first and row.second:
            shown.append(row)
    return shown


def allow_as_same(row: Namesakes, names: tuple[str, str], user=None) -> Occasion:
    """Takes the word back: the two may be proposed again."""
    what = _("“%(one)s” and “%(other)s” may be the same after all") % dict(zip(("one", "other"), names, strict=True))
    with occasion(what, user) as done:
        row.delete()
    return done
