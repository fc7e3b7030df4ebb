"""The buttons of an upload: rehearse again, import, stop, delete."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.editing.upload_states import State, UploadRefused, ask, is_busy, refuse_if_busy, stop
from articles.editing.upload_tasks import rehearse_upload, run_upload
from articles.editing.upload_watch import forget_signals
from articles.history.middleware import without_occasion
from articles.models import Upload

from .upload_form import form_of_options
from .upload_permissions import find_upload
from .uploads import page, upload_page


@require_POST
@without_occasion
def rehearse(request: HttpRequest, upload_id: int) -> HttpResponse:
    """With the options as they were changed."""
    upload = find_upload(request, upload_id)
    form = form_of_options(upload.options, upload.counts.get("columns", {}), request.POST)
    if not form.is_valid():
        return upload_page(request, upload, form, status=400)
    return _ask(request, upload, State.REHEARSING, rehearse_upload, form.options())


@require_POST
@without_occasion
def run(request: HttpRequest, upload_id: int) -> HttpResponse:
    upload = find_upload(request, upload_id)
    return _ask(request, upload, State.RUNNING, run_upload, None)


@require_POST
@without_occasion
def stop_upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    upload = find_upload(request, upload_id)
    if is_busy(upload):
        stop(upload)
    else:
        messages.warning(request, _("There is nothing to stop: it has ended already."))
    return _back(upload)


@require_http_methods(["GET", "POST"])
@without_occasion
def delete(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The file and the report go; what was imported stays, and so do the imports."""
    upload = find_upload(request, upload_id)
    if request.method != "POST":
        title = _("Delete %(name)s?") % {"name": upload.name}
        return page(request, "upload_delete.html", {"title": title, "upload": upload})
    try:
        refuse_if_busy(upload)
    except UploadRefused as refusal:
        messages.error(request, str(refusal))
        return _back(upload)
    forget_signals(upload)
    files = [file for file in (upload.file, upload.report) if file]
    upload.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name))
    messages.success(request, _("%(name)s was deleted.") % {"name": upload.name})
    return HttpResponseRedirect(reverse("admin:articles_uploads"))


def _ask(request: HttpRequest, upload: Upload, state: str, task, options: dict | None) -> HttpResponse:
    try:
        ask(upload.pk, state, task, request.user, options)
    except UploadRefused as refusal:
        messages.error(request, str(refusal))
    return _back(upload)


def _back(upload: Upload) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_upload", args=[upload.pk]))
