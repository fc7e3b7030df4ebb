"""Who may import at the desk."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.editing.permissions import may, require
from articles.models import ImportBatch, Upload


def may_import(user) -> bool:
    """To import, to see what was handed in, and to take imports back is one permission: “Can add import”."""
    return may(user, "add", ImportBatch)


def find_upload(request: HttpRequest, upload_id: int) -> Upload:
    require(may_import(request.user))
    return get_object_or_404(Upload.objects.select_related("asked_by", "batch"), pk=upload_id)
