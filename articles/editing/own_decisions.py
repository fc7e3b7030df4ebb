"""What somebody decided lately, for the list beside the work from which it can be taken back."""

from collections.abc import Iterable

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery

from articles.models import Change, Occasion

# Of so many occasions those are shown that were decisions.
LOOKED_AT = 50
SHOWN = 10
# A decision writes one of these columns.
DECIDING = {"status", "second_id"}

Tables = Iterable[type[models.Model]]


def own_decisions(user, decided: Tables) -> list[Occasion]:
    """The user's newest occasions that began with a decision in one of these tables: a new status of a row, or a row
    that two are not the same. No bulk edits, which are taken back in portions on pages of their own.

    Each has `undone_by` if it was taken back.
    """
    return _decisions(_occasions(user)[:LOOKED_AT], decided)[:SHOWN]


def own_decision(user, decided: Tables, pk: int) -> Occasion | None:
    """The occasion with this id, if it is such a decision of the user."""
    return next(iter(_decisions(_occasions(user).filter(pk=pk), decided)), None)


def _occasions(user) -> QuerySet:
    first = Change.objects.filter(occasion=OuterRef("pk")).order_by("pk")
    occasions = Occasion.objects.filter(user=user, undoes=None, bulk_edits=None).order_by("-pk")
    return occasions.select_related("undone_by").annotate(
        first_table=Subquery(first.values("table")[:1]), first_fields=Subquery(first.values("fields")[:1])
    )


def _decisions(occasions: QuerySet, decided: Tables) -> list[Occasion]:
    tables = {model._meta.db_table for model in decided}
    return [done for done in occasions if done.first_table in tables and DECIDING & (done.first_fields or {}).keys()]
