"""Taking an import back, whether it was made at the desk or by the command."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.editing.permissions import require
from articles.editing.undo_preview import LOOKED_AT, preview_undo
from articles.editing.upload_states import State, UploadRefused, ask
from articles.editing.upload_tasks import undo_upload
from articles.editing.upload_undo import undoing_of, upload_to_undo
from articles.history.middleware import without_occasion
from articles.models import ImportBatch

from .upload_permissions import may_import
from .uploads import page


def may_be_undone(batch: ImportBatch) -> bool:
    return batch.status != ImportBatch.Status.UNDONE and not batch.is_running


@require_http_methods(["GET", "POST"])
@without_occasion
def undo_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A question first, then the page on which it can be watched."""
    require(may_import(request.user))
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    if running := undoing_of(batch):
        return HttpResponseRedirect(reverse("admin:articles_upload", args=[running.pk]))
    if not may_be_undone(batch):
        messages.error(request, _("This import cannot be taken back: it was already, or it is still running."))
        return HttpResponseRedirect(reverse("admin:articles_importbatch_change", args=[batch.pk]))
    if request.method == "POST":
        return _undo(request, batch)
    context = {
        "title": _("Take back import %(number)d") % {"number": batch.pk},
        "batch": batch,
        "preview": preview_undo(batch),
        "looked_at": LOOKED_AT,
    }
    return page(request, "upload_undo.html", context)


def _undo(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    upload = upload_to_undo(batch, request.user)
    try:
        ask(upload.pk, State.UNDOING, undo_upload, request.user)
    except UploadRefused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:articles_upload", args=[upload.pk]))
