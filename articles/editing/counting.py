"""Counting up to a cap: how much waits is told as fast for millions as for thousands."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

CAP = 10_000


@dataclass(frozen=True)
class CappedCount:
    """`number` is exact, or CAP if there are more."""

    number: int
    is_capped: bool = False

    def __str__(self) -> str:
        number = number_format(self.number, force_grouping=True)
        return _("%(number)s+") % {"number": number} if self.is_capped else number


def count_up_to_cap(rows: QuerySet, order: tuple[str, ...] = ("pk",)) -> CappedCount:
    """In the order of the ids, so that an index of the ids that are asked for is used where there is one. Where there
    is none, any order is faster: ()."""
    found = rows.order_by(*order).values("pk")[: CAP + 1].count()
    return CappedCount(min(found, CAP), found > CAP)
