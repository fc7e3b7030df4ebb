"""How far work in the background is, in words: what the pages of bulk edits and of imports share."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def words_of_pace(pace: float, rest: int) -> Iterator[str]:
    """`pace` is what is done in a second, 0 while that is not known; `rest` is what is left to do."""
    if pace <= 0:
        return
    yield _("%(number)s a second") % {"number": with_thousands(round(pace)) if pace >= 1 else "<1"}
    if rest > 0:
        yield _left(rest / pace)


def with_thousands(number: int) -> str:
    return number_format(number, force_grouping=True)


def _left(seconds: float) -> str:
    if seconds < LONG:
        return ngettext("%(count)d second left", "%(count)d seconds left", round(seconds)) % {"count": round(seconds)}
    minutes = round(seconds / 60)
    return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}
