"""The page where a file is handed in."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from articles.editing.permissions import require
from articles.editing.upload_states import State, ask
from articles.editing.upload_tasks import rehearse_upload
from articles.history.middleware import without_occasion
from articles.models import ImportBatch, Upload

from .upload_form import UploadForm
from .upload_handler import LimitedUploadHandler
from .upload_permissions import may_import


@csrf_exempt
@without_occasion
def new_upload(request: HttpRequest) -> HttpResponse:
    """How the file is received has to be said before anybody reads the form, as the check against forged requests
    does: it is made inside."""
    require(may_import(request.user))
    if request.method == "POST":
        request.upload_handlers = [LimitedUploadHandler(request)]
    return _new_upload(request)


@csrf_protect
def _new_upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        problem = next((handler.problem for handler in request.upload_handlers if handler.problem), "")
        if problem:
            form.errors.pop("file", None)
            form.add_error("file", problem)
        if form.is_valid() and (upload := _keep(form, request.user)):
            return HttpResponseRedirect(reverse("admin:articles_upload", args=[upload.pk]))
    context = {
        **admin.site.each_context(request),
        "opts": ImportBatch._meta,
        "title": _("Import a file"),
        "form": form,
        "limit": settings.LARGEST_UPLOAD,
    }
    return TemplateResponse(request, "admin/articles/upload_new.html", context)


def _keep(form: UploadForm, user) -> Upload | None:
    """Stored, and its rehearsal begun; None if there is no room for it, which the form then says."""
    file = form.cleaned_data["file"]
    try:
        upload = Upload.objects.create(file=file, name=file.name, size=file.size, options=form.options(), asked_by=user)
    except OSError as error:
        form.add_error("file", _("The file could not be stored (%(reason)s).") % {"reason": error.strerror})
        return None
    return ask(upload.pk, State.REHEARSING, rehearse_upload, user)
