"""How far the work on an upload is, in words."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.editing.upload_states import BEGAN, State, is_busy, label_of_state
from articles.models import Upload

# From so many seconds on, the time left is told in minutes.
LONG = 100


@dataclass(frozen=True)
class Progress:
    """`is_going_on` while a process is at it or will be; `text` has numbers, the pace and the time left."""

    state: str
    text: str
    done: int
    total: int
    is_going_on: bool


def progress_of(upload: Upload) -> Progress:
    is_going_on = is_busy(upload)
    text = _text(upload) if is_going_on else ""
    return Progress(label_of_state(upload), text, min(upload.done, upload.total), upload.total, is_going_on)


def _text(upload: Upload) -> str:
    """The total of a rehearsal is an estimate, by the bytes that were read."""
    numbers = {"done": _number(upload.done), "total": _number(upload.total)}
    if not upload.total:
        parts = [_("%(done)s records") % numbers] if upload.done else []
    elif upload.state == State.REHEARSING:
        parts = [_("%(done)s of about %(total)s records") % numbers]
    else:
        parts = [_("%(done)s of %(total)s records") % numbers]
    if pace := _pace(upload):
        parts.append(_("%(number)s a second") % {"number": _number(round(pace)) if pace >= 1 else "<1"})
        parts.append(_left(max(0, upload.total - upload.done) / pace))
    return " · ".join(filter(None, parts))


def _pace(upload: Upload) -> float:
    """A second; 0 while that is not known."""
    began = upload.counts.get(BEGAN)
    seconds = (timezone.now() - datetime.datetime.fromisoformat(began)).total_seconds() if began else 0
    return upload.done / seconds if seconds > 0 else 0


def _left(seconds: float) -> str:
    if not seconds:
        return ""
    if seconds < LONG:
        return ngettext("%(count)d second left", "%(count)d seconds left", round(seconds)) % {"count": round(seconds)}
    minutes = round(seconds / 60)
    return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)
