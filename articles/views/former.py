"""Addresses that changed: an old slug leads to the page for good."""

from django.db.models import QuerySet
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404


def redirect_from_former_slug(queryset: QuerySet, slug: str) -> HttpResponsePermanentRedirect:
    """Raises Http404 where nothing in the queryset ever had this slug."""
    found = get_object_or_404(queryset, former_slugs__slug=slug)
    return HttpResponsePermanentRedirect(found.get_absolute_url())
