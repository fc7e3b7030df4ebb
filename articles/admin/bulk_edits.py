"""The bulk edits: a list of them, and of each its page, from which it is watched, stopped, gone on with, taken back."""

from dataclasses import asdict

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.editing.bulk_edits import SMALL
from articles.editing.bulk_states import AT_WORK, State, go_on, is_dead, stop
from articles.editing.bulk_undo import ask_for_undo, go_on_undoing, is_undone
from articles.editing.counting import CappedCount
from articles.editing.permissions import may, require
from articles.history.middleware import without_occasion
from articles.models import Article, BulkEdit, Occasion

from .bulk_permissions import may_do, may_edit_many
from .bulk_progress import progress_of
from .bulk_work import start
from .listed_articles import list_address
from .numbers import read_number

LISTED = 50


@require_safe
def bulk_edits(request: HttpRequest) -> HttpResponse:
    require(may_edit_many(request.user))
    before = read_number(request.GET.get("before"))
    edits = BulkEdit.objects.select_related("asked_by", "occasion__undone_by__undone_by")
    edits = list((edits.filter(pk__lt=before) if before else edits)[:LISTED])
    context = {
        "title": _("Bulk edits"),
        "edits": [_described(edit, request.user) for edit in edits],
        "older": edits[-1].pk if len(edits) == LISTED else None,
    }
    return _page(request, "bulk_edits.html", context)


@require_safe
def bulk_edit(request: HttpRequest, edit_id: int) -> HttpResponse:
    edit = _found(request, edit_id)
    described = _described(edit, request.user)
    sees_occasion = may(request.user, "view", Occasion)
    context = {
        **described,
        "title": described["what"],
        "list_address": list_address(edit.articles),
        "occasion": edit.occasion if sees_occasion else None,
        "reloads": described["progress"].is_going_on and "still" not in request.GET,
    }
    return _page(request, "bulk_edit.html", context)


@require_safe
def progress(request: HttpRequest, edit_id: int) -> HttpResponse:
    answer = JsonResponse(asdict(progress_of(_found(request, edit_id))))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@without_occasion
def stop_bulk_edit(request: HttpRequest, edit_id: int) -> HttpResponse:
    edit = _found(request, edit_id)
    stop(edit)
    return _back(edit)


@require_POST
@without_occasion
def continue_bulk_edit(request: HttpRequest, edit_id: int) -> HttpResponse:
    edit = _found(request, edit_id)
    require(may_do(request.user, edit.what, edit.values))
    if not is_undone(edit) and (go_on(edit) or go_on_undoing(edit)):
        start(edit, SMALL + 1)
    else:
        messages.warning(request, _("There is nothing to go on with."))
    return _back(edit)


@require_POST
@without_occasion
def undo_bulk_edit(request: HttpRequest, edit_id: int) -> HttpResponse:
    edit = _found(request, edit_id)
    require(may_do(request.user, edit.what, edit.values))
    if ask_for_undo(edit, request.user, request.POST.get("why", "")):
        start(edit, edit.total)
    else:
        messages.warning(request, _("There is nothing to take back."))
    return _back(edit)


def _described(edit: BulkEdit, user) -> dict:
    is_at_rest = edit.state not in AT_WORK or is_dead(edit)
    undone, may = is_undone(edit), may_do(user, edit.what, edit.values)
    is_broken_off = edit.state in (State.STOPPED, State.FAILED) or is_dead(edit)
    return {
        "edit": edit,
        "what": edit.values.get("label") or edit.get_what_display(),
        "progress": progress_of(edit),
        "changed": CappedCount(edit.changed),
        "may_stop": not is_at_rest and edit.state != State.UNDOING and not edit.is_stopping,
        "may_go_on": may and is_broken_off and not undone,
        "may_undo": may and is_at_rest and not undone and edit.occasion_id and edit.state != State.UNDOING,
    }


def _found(request: HttpRequest, edit_id: int) -> BulkEdit:
    require(may_edit_many(request.user))
    return get_object_or_404(BulkEdit.objects.select_related("asked_by", "occasion"), pk=edit_id)


def _page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    context = {**admin.site.each_context(request), "opts": Article._meta, **context}
    return TemplateResponse(request, f"admin/articles/{template}", context)


def _back(edit: BulkEdit) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_bulk_edit", args=[edit.pk]))
