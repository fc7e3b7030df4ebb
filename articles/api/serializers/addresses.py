"""Fields with absolute addresses of a row: of its page, and of the row in the API."""

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Source


@extend_schema_field(OpenApiTypes.URI)
class PageAddress(serializers.ReadOnlyField):
    """Of the page that people read."""

    def __init__(self, **kwargs) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, row) -> str:
        return self.context["request"].build_absolute_uri(page_path(row))


@extend_schema_field(OpenApiTypes.URI)
class ApiAddress(serializers.ReadOnlyField):
    """Of the row in the API."""

    def __init__(self, **kwargs) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, row) -> str:
        return self.context["request"].build_absolute_uri(api_path(row))


def page_path(row) -> str:
    """A source has no page of its own: its articles are one."""
    return f"{reverse('articles:articles')}?source={row.slug}" if isinstance(row, Source) else row.get_absolute_url()


def api_path(row) -> str:
    return reverse(f"api:{row._meta.model_name}", args=[row.slug])
