"""The OpenAPI document, made of what each view says of itself: `reads`, `takes`, `answers` and its docstrings."""

import re
from collections.abc import Iterator

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import SAFE_METHODS, AllowAny

from articles.filters import FacetField

from .descriptions import describe_parameter
from .parameters import NamesField, fields_of
from .problems import MEDIA_TYPE, PROBLEMS
from .serializers.problem import ProblemSerializer
from .serializers.strict import StrictFields

READING_PROBLEMS = (400, 401, 404, 406, 429, 503)
WRITING_PROBLEMS = (400, 401, 403, 404, 406, 409, 413, 415, 429)


MEANINGS = {
    200: _("Here it is."),
    201: _("It was made; “Location” is its address."),
    204: _("It was deleted."),
    301: _("It has another address now: see “Location”."),
    304: _("What you have kept still holds."),
    **{problem.status: problem.meaning for problem in PROBLEMS.values()},
}


class ApiSchema(AutoSchema):
    def get_summary(self):
        return self._docstring()[0]

    def get_description(self):
        return self._docstring()[1]

    def get_tags(self):
        return [capfirst(self.path.removeprefix("/api/v1/").split("/")[0] or "start")]

    def get_operation_id(self):
        words = re.findall(r"\w+", self.path.removeprefix("/api/v1/")) or ["start"]
        return "_".join([self.method.lower(), *words])

    def get_auth(self):
        needed = [each for each in super().get_auth() if each]
        is_open = self.method in SAFE_METHODS or AllowAny in self.view.permission_classes
        return [*needed, {}] if is_open else needed

    def get_override_parameters(self):
        return list(_parameters_of(self.view)) if self.method in SAFE_METHODS else []

    def get_request_serializer(self):
        return self.view.takes.get(self.method)

    def get_response_serializers(self):
        """The answers of the method by status; for one that is not said: 200."""
        answers = self.view.answers.get(self.method)
        answers = answers if isinstance(answers, dict) else {200: answers}
        reading = self.method in SAFE_METHODS
        answers |= {301: None, 304: None} if reading and "{slug}" in self.path else {304: None} if reading else {}
        statuses = READING_PROBLEMS if reading else WRITING_PROBLEMS
        return answers | {(status, MEDIA_TYPE): ProblemSerializer for status in statuses}

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for status, body in bodies.items():
            body["description"] = str(MEANINGS[int(status)])
        return bodies

    def _map_basic_serializer(self, serializer, direction):
        schema = super()._map_basic_serializer(serializer, direction)
        return schema | ({"additionalProperties": False} if isinstance(serializer, StrictFields) else {})

    def _docstring(self) -> tuple[str, str]:
        """The first line, and the rest."""
        summary, _, description = get_doc(getattr(self.view, self.method.lower())).partition("\n")
        return summary.strip(), description.strip()


def _parameters_of(view) -> Iterator[OpenApiParameter]:
    for reader in view.reads:
        for name, field in fields_of(reader({})).items():
            yield OpenApiParameter(
                name, _schema_of(field), description=describe_parameter(name, field), **_style(field)
            )


def _style(field: forms.Field) -> dict:
    return {"style": "form", "explode": False} if isinstance(field, NamesField) else {}


def _schema_of(field: forms.Field) -> dict:
    match field:
        case NamesField():
            return {"type": "array", "items": {"type": "string", "enum": field.names}}
        case FacetField():
            return {"type": "array", "items": {"type": "string"}}
        case forms.IntegerField():
            return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.ChoiceField():
            return {"type": "string", "enum": [value for value, label in field.choices if value]}
    longest = [each.limit_value for each in field.validators if isinstance(each, MaxLengthValidator)]
    return {"type": "string"} | ({"maxLength": longest[0]} if longest else {})
