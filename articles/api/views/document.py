from functools import cache

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from articles.api.base import ApiView


class Document(ApiView):
    """The OpenAPI document of the API, as JSON or, where `Accept` asks for it, as YAML."""

    permission_classes = [AllowAny]
    renderer_classes = [OpenApiJsonRenderer, JSONRenderer, OpenApiYamlRenderer]
    schema = None

    def get(self, request):
        return Response(read_document(get_language()))


@cache
def read_document(language: str) -> dict:
    """The document in the language that is active: give its code. It is the same until the server starts anew."""
    return SchemaGenerator().get_schema(public=True)
