"""From state to state: of two processes, or two users, that want to work on a bulk edit, one does."""

from django.db.models import Q
from django.utils import timezone

from articles.models import BulkEdit
from articles.models.background_work import SIGN_OF_LIFE

State = BulkEdit.State
AT_WORK = (State.WAITING, State.RUNNING, State.UNDOING)
AT_REST = Q(state__in=[State.FINISHED, State.STOPPED, State.FAILED, State.UNDONE])
HAS_BEGUN = Q(state=State.RUNNING) | Q(state=State.UNDOING, progress__has_key="began_at")
PROGRESS = ["done", "changed", "progress", "active_at"]


def set_state(edit: BulkEdit, condition: Q, state: str) -> bool:
    """Whether it was in a state that the condition allows, and now is in the other one."""
    now = timezone.now()
    is_set = BulkEdit.objects.filter(condition, pk=edit.pk).update(state=state, is_stopping=False, active_at=now)
    edit.refresh_from_db()
    return bool(is_set)


def go_on(edit: BulkEdit) -> bool:
    """Lets work wait again that was stopped, failed, or whose process was killed; False if it is not so."""
    broken_off = Q(state__in=[State.STOPPED, State.FAILED]) | dead(State.RUNNING)
    return set_state(edit, broken_off, State.WAITING)


def stop(edit: BulkEdit) -> None:
    """Between two portions of the work; at once where it has not begun."""
    if not set_state(edit, Q(state=State.WAITING), State.STOPPED):
        BulkEdit.objects.filter(pk=edit.pk, state=State.RUNNING).update(is_stopping=True)


def fail(edit: BulkEdit, problem: str) -> None:
    edit.state, edit.said = State.FAILED, problem
    edit.save(update_fields=["state", "said", "active_at"])


def waits(edit: BulkEdit) -> bool:
    """For a process, which may have a long import to do first: of what has not begun there is no sign of life."""
    return edit.state == State.WAITING or (edit.state == State.UNDOING and not edit.has_begun)


def dead(state: str) -> Q:
    return HAS_BEGUN & Q(state=state, active_at__lt=timezone.now() - SIGN_OF_LIFE)


def is_dead(edit: BulkEdit) -> bool:
    """Whether nobody works on it any more though it is not at its end."""
    return edit.state in AT_WORK and not waits(edit) and not edit.is_alive
