"""Taking back an occasion of very many changes in transactions of its own, so that others can work meanwhile.

For changes of fields and links. What moved in trees or got another address is taken back at once, see `take_back`: what
becomes of it is only known at the end.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Occasion

from .restoring import Left, Step
from .undoing import LONGEST_RUN, runs_of, standing_of, take_back_run
from .values import model_of


@dataclass(frozen=True)
class UndonePortion:
    """`last` is the id of the oldest change that was handled; `left` is what was changed since."""

    last: int
    handled: int
    left: list[Left]


def begin_long_undo(done: Occasion, user=None, why: str = "") -> Occasion:
    """The occasion on which `done` will be taken back, portion by portion. Raises UndoRefused."""
    with transaction.atomic():
        standing = standing_of(done)
        what = _("Taken back: %(what)s") % {"what": done.what}
        return Occasion.objects.create(what=what[:200], user=user, why=why, undoes=standing)


def take_back_portion(done: Occasion, below: int | None = None) -> UndonePortion | None:
    """Takes back the newest of the changes with lower ids than `below`; None if there are none. The caller holds a
    transaction that belongs to the undo."""
    changes = done.changes.filter(pk__lt=below) if below else done.changes.all()
    rows = list(changes.order_by("-pk").values_list("pk", *Step._fields)[:LONGEST_RUN])
    if not rows:
        return None
    left: list[Left] = []
    for run in runs_of(Step(*values) for _pk, *values in rows):
        left += take_back_run(model_of(run[0].table), run)
    return UndonePortion(last=rows[-1][0], handled=len(rows), left=left)
