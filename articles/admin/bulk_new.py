"""Asking for a bulk edit: what, with which articles, what would come of it; then “Do it”."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.editing.bulk_changes import change_of
from articles.editing.bulk_edits import SMALL
from articles.editing.bulk_preview import LOOKED_AT, preview
from articles.editing.counting import CappedCount
from articles.editing.selections import Selection
from articles.editing.verdicts import BulkEditRefused
from articles.history.middleware import without_occasion
from articles.models import Article, BulkEdit
from articles.search import IndexUnavailable

from .bulk_form import BULK_FORMS, BULK_LABELS, BulkForm
from .bulk_permissions import may_ask, may_do, may_edit_many
from .bulk_work import start
from .listed_articles import back_to_list, list_address, parameters_for, read_selection, selection_of

LONGEST_WHY = 500
What = BulkEdit.What


@without_occasion
def new_bulk_edit(request: HttpRequest) -> HttpResponse:
    """Without `what`: a choice of what can be done. With it: its form, and once that is filled in, the preview."""
    if not may_edit_many(request.user):
        raise PermissionDenied
    asked = request.POST or request.GET
    articles, what = read_selection(asked), asked.get("what", "")
    if articles is None:
        return back_to_list(request, _("Choose articles first."))
    form = _form(asked, what, request.user)
    try:
        selection = selection_of(articles, request.user)
        if request.method == "POST" and form and form.is_valid():
            return _do(request, form, articles, selection)
        return _page(request, form, articles, selection)
    except (BulkEditRefused, IndexUnavailable) as refusal:
        return back_to_list(request, str(refusal))


def _form(asked: QueryDict, what: str, user) -> BulkForm | None:
    """Bound once one of its fields was sent."""
    if not may_ask(user, what):
        return None
    form = BULK_FORMS[what](None, what, user)
    sent = any(name in asked for field in form.fields for name in (field, f"{field}-chosen"))
    return BULK_FORMS[what](asked, what, user) if sent else form


def _do(request: HttpRequest, form: BulkForm, articles: dict, selection: Selection) -> HttpResponse:
    values = form.values()
    if not may_do(request.user, form.what, values):
        raise PermissionDenied
    if request.POST.get("overrule"):
        values["overrule"] = True
    values["label"] = str(change_of(form.what, values))
    few = selection.newest(SMALL)
    edit = BulkEdit.objects.create(
        what=form.what,
        values=values,
        articles=articles,
        why=request.POST.get("why", "")[:LONGEST_WHY],
        asked_by=request.user,
    )
    start(edit, len(few.ids) if few.is_all else SMALL + 1)
    return HttpResponseRedirect(reverse("admin:articles_bulk_edit", args=[edit.pk]))


def _page(request: HttpRequest, form: BulkForm | None, articles: dict, selection: Selection) -> HttpResponse:
    is_asked = form is not None and form.is_bound and form.is_valid()
    kept = parameters_for(articles)
    context = {
        **admin.site.each_context(request),
        "title": str(BULK_LABELS[form.what]).rstrip("…") if form else _("Change these articles"),
        "opts": Article._meta,
        "form": form,
        "kept": kept | ({"what": form.what} if form else {}),
        "answers": form.kept() if is_asked else {},
        **(_preview(selection, form) if is_asked else {}),
        "chosen": None if is_asked else _count(selection),
        "choices": [
            (label, _address(kept, what)) for what, label in BULK_LABELS.items() if may_ask(request.user, what)
        ],
        "may_overrule": is_asked and form.what == What.ADD_SUBJECT,
        "list_address": list_address(articles),
        "media": form.media if form else "",
    }
    return TemplateResponse(request, "admin/articles/bulk_new.html", context)


def _preview(selection: Selection, form: BulkForm) -> dict:
    change = change_of(form.what, form.values())
    found = preview(selection, change)
    is_more = not found.is_all
    return {
        "change": change,
        "preview": found,
        "total": CappedCount(found.total),
        "changing": CappedCount(found.changing, is_more),
        "staying": CappedCount(found.staying, is_more),
        "verdicts": [(CappedCount(number, is_more), verdict.label) for verdict, number in found.verdicts],
        "rejected": CappedCount(found.rejected, is_more),
    }


def _count(selection: Selection) -> CappedCount:
    newest = selection.newest(LOOKED_AT)
    return CappedCount(len(newest.ids), not newest.is_all)


def _address(parameters: dict, what: str) -> str:
    return reverse("admin:articles_bulk_new", query={**parameters, "what": what})
