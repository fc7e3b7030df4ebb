"""Taking back what was done on an occasion: newest change first, except for what was changed since."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Occasion

from .addresses import Addresses
from .recording import occasion
from .restoring import TAKE_BACK, Left, Step
from .trees import Trees
from .values import model_of

# So many changes are taken back at once.
LONGEST_RUN = 1_000
# So many things that stay are named; the others are counted.
MOST_NAMED = 100


class UndoRefused(Exception):
    """It cannot be taken back. The message is a sentence."""


@dataclass
class TakenBack:
    """`occasion` is None if there was nothing to do; `left` has a sentence for each thing that was changed since."""

    occasion: Occasion | None = None
    changes: int = 0
    left: list[str] = field(default_factory=list)
    left_unnamed: int = 0

    def leave(self, things: list[Left]) -> None:
        named = things[: MOST_NAMED - len(self.left)]
        self.left += map(str, named)
        self.left_unnamed += len(things) - len(named)


def take_back(done: Occasion, user=None, why: str = "") -> TakenBack:
    """Undo all changes of an occasion. What was changed since stays, and is named. The undo is an occasion, too:
    it can be taken back in turn. Raises UndoRefused."""
    result = TakenBack()
    with transaction.atomic():
        standing = standing_of(done)
        with occasion(_("Taken back: %(what)s") % {"what": done.what}, user, why, undoes=standing) as undo:
            _take_back_all(done, result)
    result.occasion = undo if undo.pk else None
    if more := result.left_unnamed:
        result.left.append(
            ngettext("%(count)d more was changed since.", "%(count)d more were changed since.", more) % {"count": more}
        )
    return result


def last_undo(done: Occasion) -> Occasion | None:
    """The occasion on which it was taken back; None if it holds, or holds again."""
    return _follow_undos(done)[1]


def standing_of(done: Occasion) -> Occasion:
    """What an undo of it takes back. Whoever comes second waits for the first, and then sees what that one did. Raises
    UndoRefused."""
    standing, undo = _follow_undos(Occasion.objects.select_for_update().get(pk=done.pk))
    if undo:
        raise UndoRefused(_("“%(what)s” was taken back already.") % {"what": done})
    return standing


def _follow_undos(done: Occasion) -> tuple[Occasion, Occasion | None]:
    """(what stands for it: itself, or the last that took its undo back; the undo of that)."""
    undo = getattr(done, "undone_by", None)
    while undo and hasattr(undo, "undone_by"):
        done = undo.undone_by
        undo = getattr(done, "undone_by", None)
    return done, undo


def _take_back_all(done: Occasion, result: TakenBack) -> None:
    watched = (Trees(), Addresses())
    for run in runs_of(_newest_first(done)):
        model = model_of(run[0].table)
        left = take_back_run(model, run)
        result.changes += len(run) - len(left)
        result.leave(left)
        for each in watched:
            each.note(model, run, left)
    for each in watched:
        result.leave(each.settle())


def _newest_first(done: Occasion) -> Iterator[Step]:
    return itertools.starmap(Step, done.changes.order_by("-pk").values_list(*Step._fields).iterator(LONGEST_RUN))


def runs_of(changes: Iterable[Step]) -> Iterator[list[Step]]:
    """The changes in portions that can be taken back at once: of one table, of one sort, each row once."""
    run, rows = [], set()
    for step in changes:
        is_alike = run and (step.table, step.action) == (run[0].table, run[0].action)
        if run and (not is_alike or step.object_id in rows or len(run) == LONGEST_RUN):
            yield run
            run, rows = [], set()
        run.append(step)
        rows.add(step.object_id)
    if run:
        yield run


def take_back_run(model: type[models.Model], run: list[Step]) -> list[Left]:
    """At once if that goes; else in halves, so that only those stay that cannot go back."""
    try:
        with transaction.atomic():
            return TAKE_BACK[run[0].action](model, run)
    except IntegrityError:
        if len(run) == 1:
            return [Left(model, run[0].object_id, _("something else has taken its place since."))]
        middle = len(run) // 2
        return take_back_run(model, run[:middle]) + take_back_run(model, run[middle:])
