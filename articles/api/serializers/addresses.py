"""Fields with absolute addresses of a row: of its page, and of the row in the API."""

from functools import cache

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Source
from articles.sharing.site import site_of


class Address(serializers.ReadOnlyField):
    """The absolute address of the row itself."""

    def __init__(self, **kwargs) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, row) -> str:
        # An answer has hundreds of addresses: what they begin with is found out once.
        context = self.context
        if "site" not in context:
            context["site"] = site_of(context["request"])
        return context["site"] + self.path_of(row)

    def path_of(self, row) -> str:
        raise NotImplementedError


@extend_schema_field(OpenApiTypes.URI)
class PageAddress(Address):
    """Of the page that people read."""

    def path_of(self, row) -> str:
        return page_path(row)


@extend_schema_field(OpenApiTypes.URI)
class ApiAddress(Address):
    """Of the row in the API."""

    def path_of(self, row) -> str:
        return api_path(row)


def page_path(row) -> str:
    """A source has no page of its own: its articles are one."""
    if isinstance(row, Source):
        return f"{reverse('articles:articles')}?source={row.slug}"
    return _path("articles", row)


def api_path(row) -> str:
    return _path("api", row)


def _path(namespace: str, row) -> str:
    before, after = _around_slug(f"{namespace}:{row._meta.model_name}")
    return f"{before}{row.slug}{after}"


@cache
def _around_slug(view: str) -> tuple[str, str]:
    """What stands before and after the slug in the addresses of a view: `reverse` for each would take too long."""
    before, _, after = reverse(view, args=["slug"]).rpartition("slug")
    return before, after
