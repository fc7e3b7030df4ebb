"""Taking a bulk edit back: in portions, too, so that it can be watched, and goes on where it was broken off."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.history import UndoRefused, belonging_to, last_undo
from articles.history.long_undo import UndonePortion, begin_long_undo, take_back_portion
from articles.models import BulkEdit, Change, Occasion

from .bulk_edits import follow_index, index_now_and_then
from .bulk_states import AT_REST, PROGRESS, State, dead, fail, set_state

# So many things that stay are named; the others are counted.
MOST_NAMED = 100


def ask_for_undo(edit: BulkEdit, user, why: str = "") -> bool:
    """False if it cannot be taken back now: nothing was changed, somebody works on it, it was taken back already."""
    nobody_works = AT_REST | dead(State.RUNNING)
    if edit.occasion is None or is_undone(edit) or not set_state(edit, nobody_works, State.UNDOING):
        return False
    try:
        begin_long_undo(edit.occasion, user, why)
    except UndoRefused as refusal:
        fail(edit, str(refusal))
        return False
    edit.done, edit.total, edit.said = 0, Change.objects.filter(occasion=edit.occasion).count(), ""
    edit.progress |= {"undone_to": None, "left": 0}
    edit.stop_clock()
    edit.save()
    return True


def go_on_undoing(edit: BulkEdit) -> bool:
    """Whether its process was killed, so that another one may go on."""
    if not set_state(edit, dead(State.UNDOING), State.UNDOING):
        return False
    edit.stop_clock()
    edit.save(update_fields=["progress", "active_at"])
    return True


def take_back_bulk_edit(edit: BulkEdit) -> None:
    """Does what is left to do of the undo that was asked for."""
    undo = last_undo(edit.occasion)
    edit.start_clock()
    edit.save(update_fields=PROGRESS)
    try:
        while _take_back_portion(edit, undo):
            index_now_and_then(edit)
        _end(edit, undo)
    except Exception as error:
        edit.said = _("It broke off at an error: %(error)s") % {"error": error}
        edit.save(update_fields=["said"])
        raise
    finally:
        follow_index()


def is_undone(edit: BulkEdit) -> bool:
    """Also by way of the history; and not any more where that was taken back in turn."""
    return edit.state != State.UNDOING and edit.occasion is not None and last_undo(edit.occasion) is not None


def _take_back_portion(edit: BulkEdit, undo: Occasion) -> bool:
    """Whether there may be more to do."""
    with belonging_to(undo):
        edit.refresh_from_db(from_queryset=BulkEdit.objects.select_for_update(of=["self"]))
        portion = take_back_portion(edit.occasion, edit.progress["undone_to"]) if edit.state == State.UNDOING else None
        if portion is None:
            return False
        edit.done += portion.handled
        edit.progress["undone_to"] = portion.last
        _name_what_stays(edit, portion)
        edit.save(update_fields=["said", *PROGRESS])
    return True


def _name_what_stays(edit: BulkEdit, portion: UndonePortion) -> None:
    named = portion.left[: max(MOST_NAMED - edit.progress["left"], 0)]
    edit.said = "\n".join([*edit.said.splitlines(), *map(str, named)])
    edit.progress["left"] += len(portion.left)


def _end(edit: BulkEdit, undo: Occasion) -> None:
    if edit.state != State.UNDOING:
        return
    if (more := edit.progress["left"] - MOST_NAMED) > 0:
        edit.said += "\n" + ngettext("%(count)d more stays.", "%(count)d more stay.", more) % {"count": more}
    is_taken_back = undo.changes.exists()
    edit.state = State.UNDONE if is_taken_back else State.FINISHED
    edit.save(update_fields=["said", "state", "active_at"])
    if not is_taken_back:
        undo.delete()
