"""The OpenAPI document is valid, says what the API does, and what it says holds."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from openapi_spec_validator import OpenAPIV31SpecValidator

from articles.api.parameters import LARGEST_SIZE
from articles.api.problems import PROBLEMS
from articles.api.reconcile.questions import BATCH_SIZE, MOST_IDS
from articles.api.urls import urlpatterns
from articles.filters import ArticleFilterSet

from .api import read_json, read_problem
from .pages import read

pytestmark = pytest.mark.django_db

SCHEMA, REFERENCE = "/api/v1/schema/", "/api/v1/docs/"
# The document and its page, what is not there, and what leads to the API.
UNDESCRIBED = {"start", "schema", "reference", "nothing", "preview_people", "preview_places", "preview_topics"}


@pytest.fixture
def document(client):
    return read_json(client, SCHEMA)


def operations(document: dict) -> list[dict]:
    return [operation for methods in document["paths"].values() for operation in methods.values()]


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_the_document_is_made_without_warnings():
    call_command("spectacular", "--fail-on-warn", "--file", "/dev/null")


def test_every_address_is_described(document):
    described = {re.sub(r"\{\w+\}", "<>", path) for path in document["paths"]}
    routes = {pattern.pattern._route for pattern in urlpatterns if pattern.name not in UNDESCRIBED}
    assert {re.sub(r"<\w+:\w+>", "<>", f"/api/{route}") for route in routes} == described


def test_every_operation_says_what_it_does_and_answers(document):
    names = [operation["operationId"] for operation in operations(document)]
    assert len(names) == len(set(names))
    for operation in operations(document):
        assert operation["summary"], operation["operationId"]
        assert {"200", "201", "204"} & operation["responses"].keys()
        assert "429" in operation["responses"]


def test_every_parameter_is_described(document):
    listed = document["paths"]["/api/v1/articles/"]["get"]["parameters"]
    names = {parameter["name"] for parameter in listed}
    assert set(ArticleFilterSet().filters) <= names
    assert {"page", "size", "cursor", "facets", "facet_size", "fields", "omit", "expand"} <= names
    assert all(parameter["description"] for parameter in listed)


def test_writing_needs_a_token_and_reading_none(document):
    for methods in document["paths"].values():
        for method, operation in methods.items():
            is_open = {} in operation["security"]
            assert is_open is (method == "get" or operation["operationId"].startswith("post_reconcile"))


def test_the_document_comes_as_yaml_too(client, document):
    response = client.get(SCHEMA, headers={"accept": "application/vnd.oai.openapi"})
    assert yaml.safe_load(response.content) == document


def test_the_reference_describes_every_operation_and_object(client, document):
    page = read(client, REFERENCE)
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.text
    for name in document["components"]["schemas"]:
        assert f'id="object-{name}"' in page.html
    for anchor in re.findall(r'href="#([^"]+)"', page.html):
        assert f'id="{anchor}"' in page.html, anchor


def test_problems_lead_to_their_description(client):
    anchor = read_problem(client.get("/api/v1/articles/nothing/"))["type"].split("#")[1]
    html = read(client, REFERENCE).html
    assert f'id="{anchor}"' in html
    assert all(f'id="{problem.name}"' in html for problem in PROBLEMS.values())


def test_the_reference_keeps_to_the_sites_strict_policy(client):
    response = client.get(REFERENCE)
    html = response.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "style=" not in html
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert not re.search(r'(src|href)="https?://', html)


def test_the_guide_has_a_heading_for_every_parameter_of_a_list(document):
    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
    described = {name for line in re.findall(r"^### (.*)$", text, re.MULTILINE) for name in line.split(", ")}
    for path in ("articles/", "people/", "places/", "sources/", "facets/{facet}/"):
        for parameter in document["paths"][f"/api/v1/{path}"]["get"]["parameters"]:
            name = parameter["name"]
            assert name in described | set(ArticleFilterSet().filters) | {"facet"}, f"{path}: {name}"


def test_the_guide_names_the_limits_that_hold():
    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
    assert f"at most {LARGEST_SIZE}" in text
    assert f"at most {BATCH_SIZE} names" in text
    assert f"a request for data {MOST_IDS} ids" in text
    assert f"({settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} MB)" in text
