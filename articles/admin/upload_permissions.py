"""Who may import at the desk."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Upload


def may_import(user) -> bool:
    """To import, to see what was handed in, and to take imports back is one permission: “Can add import”."""
    return user.has_perm("articles.add_importbatch")


def check_may_import(request: HttpRequest) -> None:
    if not may_import(request.user):
        raise PermissionDenied


def find_upload(request: HttpRequest, upload_id: int) -> Upload:
    check_may_import(request)
    return get_object_or_404(Upload.objects.select_related("asked_by", "batch"), pk=upload_id)
