"""Carrying out a bulk edit: in portions, each a transaction that also writes how far it is, all on one occasion.

Whatever breaks off between two portions leaves a state from which the work goes on, or is taken back.
"""

import contextlib

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.history import belonging_to
from articles.models import Article, BulkEdit, Occasion
from articles.search import IndexBusy, IndexNotWritten, IndexUnavailable, catch_up

from .bulk_changes import BulkChange, change_of, changing
from .bulk_states import PROGRESS, State, fail, set_state
from .selections import Selection
from .verdicts import BulkEditRefused

# Up to so many articles are changed while the user waits.
SMALL = 200
PORTION = 500
# So many portions are indexed at once: each commit of the index takes some 30 ms.
PORTIONS_TO_INDEX = 10


def carry_out(edit: BulkEdit, articles: Selection) -> None:
    """Does what is left to do, if it waits; says in the edit what came of it. Other errors than those that can be
    foreseen are raised, too."""
    if not set_state(edit, Q(state=State.WAITING), State.RUNNING):
        return
    try:
        change = change_of(edit.what, edit.values)
        _begin(edit, change, articles)
        while _do_portion(edit, articles, change):
            index_now_and_then(edit)
        _end(edit, change)
    except (BulkEditRefused, IndexUnavailable) as problem:
        fail(edit, str(problem))
    except Exception as error:
        fail(edit, _("It broke off at an error: %(error)s") % {"error": error})
        raise
    finally:
        follow_index()


def index_now_and_then(edit: BulkEdit) -> None:
    if edit.done // PORTION % PORTIONS_TO_INDEX == 0:
        follow_index()


def follow_index() -> None:
    """Readers would index what was changed, 5,000 articles at a time: the work spares them that."""
    with contextlib.suppress(IndexUnavailable, IndexBusy, IndexNotWritten):
        catch_up(patience=10.0)


def _begin(edit: BulkEdit, change: BulkChange, articles: Selection) -> None:
    if edit.occasion is None:
        edit.occasion = Occasion.objects.create(what=str(change)[:200], user=edit.asked_by, why=edit.why)
    edit.said, edit.total = "", articles.count()
    edit.start_clock()
    edit.save(update_fields=["occasion", "said", "total", *PROGRESS])


def _do_portion(edit: BulkEdit, articles: Selection, change: BulkChange) -> bool:
    """Whether there may be more to do."""
    with belonging_to(edit.occasion):
        edit.refresh_from_db(from_queryset=BulkEdit.objects.select_for_update(of=["self"]))
        if edit.state != State.RUNNING or edit.is_stopping:
            return False
        portion = articles.after(edit.progress.get("after", 0), PORTION)
        if portion is None:
            return False
        judged = change.judge(_locked(portion.ids))
        change.apply(judged, edit.asked_by)
        edit.done += len(portion.ids)
        edit.changed += len(changing(judged))
        edit.progress["after"] = portion.last
        edit.save(update_fields=PROGRESS)
    return True


def _locked(ids: list[int]) -> list[int]:
    """Those that are there. Until the end of the transaction nobody else changes them or their links."""
    rows = Article.objects.filter(pk__in=ids).order_by("pk").select_for_update()
    return list(rows.values_list("pk", flat=True))


def _end(edit: BulkEdit, change: BulkChange) -> None:
    if edit.state != State.RUNNING:
        return  # another process has gone on with it, or takes it back
    occasion = edit.occasion
    if edit.changed:
        occasion.what = _what(change, edit.changed)
        occasion.save(update_fields=["what"])
    else:
        edit.occasion = None
    edit.state = State.STOPPED if edit.is_stopping else State.FINISHED
    edit.total = edit.total if edit.is_stopping else edit.done
    edit.save(update_fields=["state", "total", "occasion", "active_at"])
    if not edit.changed:
        occasion.delete()


def _what(change: BulkChange, number: int) -> str:
    """For example: Linked to “Floods”: 12,000 articles."""
    counted = number_format(number, force_grouping=True)
    return (_("%(what)s: %(count)s articles") % {"what": change, "count": counted})[:200]
