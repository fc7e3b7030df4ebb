"""How far the work on an upload is, in words."""

from django.utils.translation import gettext as _

from articles.editing.upload_states import State, is_busy, label_of_state
from articles.models import Upload

from .progress import Progress, with_thousands, words_of_pace


def progress_of(upload: Upload) -> Progress:
    is_going_on = is_busy(upload)
    text = _text(upload) if is_going_on else ""
    return Progress(label_of_state(upload), text, min(upload.done, upload.total), upload.total, is_going_on)


def _text(upload: Upload) -> str:
    """The total of a rehearsal is an estimate, by the bytes that were read."""
    numbers = {"done": with_thousands(upload.done), "total": with_thousands(upload.total)}
    if not upload.total:
        parts = [_("%(done)s records") % numbers] if upload.done else []
    elif upload.state == State.REHEARSING:
        parts = [_("%(done)s of about %(total)s records") % numbers]
    else:
        parts = [_("%(done)s of %(total)s records") % numbers]
    return " · ".join([*parts, *words_of_pace(upload.pace, upload.total - upload.done)])
