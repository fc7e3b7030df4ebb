"""How far a bulk edit is, in words."""

from django.utils.translation import gettext as _

from articles.editing.bulk_states import AT_WORK, State, is_dead
from articles.editing.bulk_undo import is_undone
from articles.models import BulkEdit

from .progress import Progress, with_thousands, words_of_pace


def progress_of(edit: BulkEdit) -> Progress:
    return Progress(
        state=state_of(edit),
        text=_text(edit),
        done=edit.done,
        total=edit.total,
        is_going_on=edit.state in AT_WORK and not is_dead(edit),
    )


def state_of(edit: BulkEdit) -> str:
    """Of one that was taken back, and where that was taken back in turn: what holds now."""
    if edit.state == State.WAITING:
        return _("Waiting for its turn")
    if is_dead(edit):
        return _("Broken off: its process has ended")
    if edit.is_stopping and edit.state == State.RUNNING:
        return _("Being stopped")
    if is_undone(edit):
        return State.UNDONE.label
    return State.FINISHED.label if edit.state == State.UNDONE else edit.get_state_display()


def _text(edit: BulkEdit) -> str:
    numbers = {"done": with_thousands(edit.done), "total": with_thousands(edit.total)}
    parts = [_("%(done)s of %(total)s") % numbers] if edit.total else []
    if edit.state in (State.RUNNING, State.UNDOING):
        parts += words_of_pace(edit.pace, edit.total - edit.done)
    return " · ".join(parts)
