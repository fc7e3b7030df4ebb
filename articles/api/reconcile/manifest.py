"""What the service says of itself."""

from django.http import HttpRequest
from django.urls import reverse

from articles.models import SubjectKind
from articles.search.facets import FACETS

from .questions import BATCH_SIZE
from .types import main_type

SCHEMA_SPACES = {
    "person": "https://schema.org/Person",
    "place": "https://schema.org/Place",
    "topic": "http://www.w3.org/2004/02/skos/core#Concept",
}
PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 300


def build_manifest(kind: SubjectKind, request: HttpRequest) -> dict:
    pages = request.build_absolute_uri(reverse(f"articles:{kind.plural}"))
    service = request.build_absolute_uri(reverse(f"api:reconcile_{kind.plural}")).rstrip("/")
    return {
        "versions": ["0.2"],
        "name": f"Newsroom: {FACETS[kind.plural].label}",
        "identifierSpace": pages,
        "schemaSpace": SCHEMA_SPACES[kind.name],
        "documentation": request.build_absolute_uri(reverse("api:reference")),
        "defaultTypes": [main_type(kind).as_json()],
        "view": {"url": f"{pages}{{{{id}}}}/"},
        "batchSize": BATCH_SIZE,
        "preview": {
            "url": f"{service}/preview/?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            what: {"service_url": service, "service_path": f"/suggest/{what}/"}
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties/"},
            "property_settings": [],
        },
    }
