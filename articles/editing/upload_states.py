"""What is being done with an upload, what may be asked next, and asking for it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task

from articles.background import do_in_background
from articles.models import ImportBatch, Upload

from .upload_watch import ask_to_stop, forget_signals, look_at_progress

State = Upload.State
BUSY = frozenset({State.REHEARSING, State.RUNNING, State.UNDOING})


class UploadRefused(Exception):
    """It cannot be done now. The message is a sentence."""


def waits(upload: Upload) -> bool:
    return upload.state in BUSY and not upload.has_begun


def is_busy(upload: Upload) -> bool:
    """Whether a process works on it, or will."""
    look_at_progress(upload)
    return upload.state in BUSY and (waits(upload) or upload.is_alive)


def is_interrupted(upload: Upload) -> bool:
    """Whether the process that worked on it is gone."""
    return upload.state in BUSY and not is_busy(upload)


def label_of_state(upload: Upload) -> str:
    if waits(upload):
        return _("Waiting for its turn")
    if is_interrupted(upload):
        return _("Interrupted")
    if upload.is_stopping:
        return _("Being stopped") if upload.state in BUSY else _("Stopped")
    return upload.get_state_display()


def ask(upload_id: int, state: str, task: Task, user, options: dict | None = None) -> Upload:
    """Have the task do its work in the background. Raises UploadRefused."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload_id)
        refuse_if_busy(upload)
        if state != State.UNDOING and not upload.file:
            raise UploadRefused(_("The file is not here any more. Hand it in again."))
        upload.options = upload.options if options is None else options
        upload.stop_clock()
        upload.state, upload.is_stopping, upload.said, upload.done, upload.total = state, False, "", 0, 0
        upload.asked_by, upload.asked_at = user, timezone.now()
        forget_signals(upload)
        upload.save()
        do_in_background(task, upload.pk)
    return upload


def refuse_if_busy(upload: Upload) -> None:
    if is_busy(upload):
        raise UploadRefused(_("Something is being done with this file already. Wait until it is over, or stop it."))


def stop(upload: Upload) -> None:
    """Between two portions of the work; at once where it has not begun."""
    ask_to_stop(upload)
    if waits(upload) or is_interrupted(upload):
        Upload.objects.filter(pk=upload.pk, state=upload.state).update(state=State.FAILED, is_stopping=True)


def begin(upload_id: int, state: str) -> Upload | None:
    """For the process that does the work. None if the work is not wanted any more, or is being done elsewhere."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(pk=upload_id, state=state).first()
        if upload is None or upload.has_begun:
            return None
        upload.start_clock()
        upload.save(update_fields=["progress", "active_at"])
    return upload


def end(upload: Upload, state: str, said: str = "") -> None:
    """`is_stopping` stays where the user has stopped it: it tells what was stopped from what failed."""
    upload.stop_clock()
    upload.state, upload.said, upload.active_at = state, said, timezone.now()
    upload.save(update_fields=["counts", "progress", "state", "said", "report", "batch", "is_stopping", "active_at"])
    forget_signals(upload)


def remember_batch(upload: Upload, batch: ImportBatch) -> None:
    """Known from the first moment on, so that what was interrupted can be undone."""
    upload.batch = batch
    upload.counts["batches"] = [*upload.counts.get("batches", []), batch.pk]
    upload.save(update_fields=["batch", "counts", "active_at"])
