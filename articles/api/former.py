"""Addresses that changed: an old slug leads to the new address for good."""

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from .serializers.addresses import api_path


def redirect_from_former_slug(request: Request, queryset: QuerySet, slug: str) -> Response:
    """Raises Http404 where nothing in the queryset ever had this slug."""
    found = queryset.filter(former_slugs__slug=slug).only("slug").first()
    if found is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    address = request.build_absolute_uri(api_path(found) + (f"?{query}" if query else ""))
    return Response(status=301, headers={"Location": address})
