"""What somebody sees who asked for something that they may not do."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the frame of the desk for those who work there, who find their way on from it."""
    if admin.site.has_permission(request) and request.path.startswith(reverse("admin:index")):
        context = {**admin.site.each_context(request), "title": _("You may not do this")}
        return render(request, "admin/articles/refused.html", context, status=403)
    return render(request, "403.html", status=403)
