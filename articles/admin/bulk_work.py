"""The work on a bulk edit: at once where it is little, else in the background."""

from django.utils.translation import gettext as _
from django_tasks import task

from articles.background import do_in_background
from articles.editing.bulk_edits import SMALL, carry_out
from articles.editing.bulk_states import State, fail
from articles.editing.bulk_undo import take_back_bulk_edit
from articles.editing.verdicts import BulkEditRefused
from articles.models import BulkEdit

from .bulk_permissions import may_do
from .listed_articles import selection_of


@task()
def work_on_bulk_edit(edit_id: int) -> None:
    work_on(BulkEdit.objects.select_related("asked_by", "occasion").get(pk=edit_id))


def work_on(edit: BulkEdit) -> None:
    if edit.state == State.UNDOING:
        take_back_bulk_edit(edit)
    elif edit.state == State.WAITING:
        _carry_out(edit)


def start(edit: BulkEdit, size: int) -> None:
    """`size` is the number of articles or changes, or a lower one that is above SMALL."""
    if size <= SMALL:
        work_on(edit)
    else:
        do_in_background(work_on_bulk_edit, edit.pk)


def _carry_out(edit: BulkEdit) -> None:
    """What the user may do is asked when it is done: they may have lost a role while it waited."""
    if edit.asked_by is None or not may_do(edit.asked_by, edit.what, edit.values):
        fail(edit, _("Whoever asked for this may not do it any more."))
        return
    try:
        articles = selection_of(edit.articles, edit.asked_by)
    except BulkEditRefused as refusal:
        fail(edit, str(refusal))
        return
    carry_out(edit, articles)
