"""What was handed in: a list, and of each its page, from which it is rehearsed, imported, watched and taken back."""

from dataclasses import asdict
from pathlib import Path

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editing.permissions import require
from articles.editing.upload_options import kind_of
from articles.editing.upload_report import ACTIONS, ReportPage, read_page, report_as_csv
from articles.editing.upload_states import State, is_interrupted
from articles.editing.upload_words import DONE, words_of_counts
from articles.models import ImportBatch, Upload

from .numbers import read_number
from .upload_form import form_of_options, name_of_contents
from .upload_permissions import find_upload, may_import
from .upload_progress import progress_of

LISTED = 50
SHOWN_FIRST = 10


@require_safe
def uploads(request: HttpRequest) -> HttpResponse:
    require(may_import(request.user))
    before = read_number(request.GET.get("before"))
    found = Upload.objects.select_related("asked_by", "batch").order_by("-pk")
    found = list((found.filter(pk__lt=before) if before else found)[:LISTED])
    context = {
        "title": _("Files handed in"),
        "uploads": [(upload, progress_of(upload), name_of_contents(kind_of(upload))) for upload in found],
        "older": found[-1].pk if len(found) == LISTED else None,
    }
    return page(request, "uploads.html", context)


@require_safe
def upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    return upload_page(request, find_upload(request, upload_id))


@require_safe
def progress(request: HttpRequest, upload_id: int) -> HttpResponse:
    answer = JsonResponse(asdict(progress_of(find_upload(request, upload_id))))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def report(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The rehearsal record by record."""
    upload = find_upload(request, upload_id)
    action = request.GET.get("action", "")
    action = action if action in ACTIONS else ""
    offset = read_number(request.GET.get("from")) or 0
    context = {
        "title": _("Rehearsal of %(name)s") % {"name": upload.name},
        "upload": upload,
        "report": _report(upload, offset, action) or _nothing(),
        "actions": [(each, DONE[each]) for each in ACTIONS],
        "action": action,
        "is_first": not offset,
    }
    return page(request, "upload_report.html", context)


@require_safe
def download(request: HttpRequest, upload_id: int, form: str) -> HttpResponse:
    upload = find_upload(request, upload_id)
    path = _path_of_report(upload)
    if path is None or form not in ("csv", "jsonl"):
        _nothing()
    name = f"{Path(upload.name).stem[:100]}-rehearsal.{form}"
    if form == "jsonl":
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/jsonl")
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return StreamingHttpResponse(report_as_csv(path), content_type="text/csv; charset=utf-8", headers=headers)


def upload_page(request: HttpRequest, upload: Upload, form=None, status: int = 200) -> HttpResponse:
    """`form` has what was wrong with the options."""
    progress, rehearsal = progress_of(upload), upload.counts.get("rehearsal")
    is_at_rest = not progress.is_going_on
    columns = upload.counts.get("columns", {})
    context = {
        "title": upload.name,
        "upload": upload,
        "contents": name_of_contents(kind_of(upload)),
        "progress": progress,
        "is_interrupted": is_interrupted(upload),
        "reloads": progress.is_going_on and "still" not in request.GET,
        "rehearsal": rehearsal,
        "rehearsal_words": words_of_counts(rehearsal, is_rehearsal=True) if rehearsal else [],
        "result": upload.counts.get("result"),
        "result_words": words_of_counts(upload.counts.get("result") or {}, is_rehearsal=False),
        "undo": upload.counts.get("undo") if upload.state == State.UNDONE else None,
        "first": _first_changes(upload, rehearsal) if rehearsal and is_at_rest else [],
        "batches": ImportBatch.objects.filter(pk__in=upload.counts.get("batches", [])).order_by("-pk"),
        "may_run": is_at_rest and bool(upload.file),
        "form": form or (form_of_options(upload.options, columns) if is_at_rest and upload.file else None),
    }
    return page(request, "upload.html", context, status)


def page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "opts": ImportBatch._meta, **context}
    return TemplateResponse(request, f"admin/articles/{template}", context, status=status)


def _first_changes(upload: Upload, rehearsal: dict) -> list:
    """Updates say more than what is new as a whole."""
    action = next((each for each in ("updated", "created", "rejected") if rehearsal.get(each)), "")
    found = _report(upload, 0, action) if action else None
    return found.records[:SHOWN_FIRST] if found else []


def _report(upload: Upload, offset: int, action: str) -> ReportPage | None:
    path = _path_of_report(upload)
    return read_page(path, offset, action) if path else None


def _path_of_report(upload: Upload) -> Path | None:
    path = Path(upload.report.path) if upload.report else None
    return path if path and path.is_file() else None


def _nothing():
    raise Http404(_("There is no report of a rehearsal."))
