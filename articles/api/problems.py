"""Errors as problem details (RFC 9457): what is wrong, in words for people and in a form for programs."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from articles.search import IndexUnavailable

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 60


@dataclass(frozen=True)
class Problem:
    """A kind of problem. Its `type` is the address of the reference page, with the name as the anchor."""

    status: int
    name: str
    meaning: str

    @property
    def title(self) -> str:
        return HTTPStatus(self.status).phrase


PROBLEMS: dict[int, Problem] = {
    problem.status: problem
    for problem in (
        Problem(400, "bad-request", _("Something in the request is wrong; “errors” names each parameter or field.")),
        Problem(401, "not-authenticated", _("Writing needs a token that is known: Authorization: Bearer …")),
        Problem(403, "not-allowed", _("The user of this token may not do this.")),
        Problem(404, "not-found", _("There is nothing at this address.")),
        Problem(405, "method-not-allowed", _("This address does not know the method; “Allow” names those it knows.")),
        Problem(406, "not-acceptable", _("The answer does not exist in a format that “Accept” asks for.")),
        Problem(409, "conflict", _("Something else was written at the same time. Read anew, and try again.")),
        Problem(413, "too-large", _("More was sent than is taken at once.")),
        Problem(415, "unsupported-format", _("The content is not in a format that is understood here.")),
        Problem(429, "too-many-requests", _("Wait as many seconds as “Retry-After” says.")),
        Problem(503, "unavailable", _("The search index cannot be read just now. Try again later.")),
    )
}


class BadParameters(exceptions.ValidationError):
    """Carries, for each bad parameter or field, sentences that say what is wrong with it."""


class Conflict(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_detail = PROBLEMS[409].meaning


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = PROBLEMS[413].meaning


class Unavailable(exceptions.APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = PROBLEMS[503].meaning
    wait = RETRY_AFTER_SECONDS


def problem_response(exception: Exception, context: Mapping) -> Response | None:
    """Django REST framework's exception handler; None leaves an exception to Django."""
    exception = _as_api_exception(exception)
    response = exception_handler(exception, context)
    if response is not None:
        response.data = _details(exception, context)
        response.content_type = MEDIA_TYPE
    return response


def _as_api_exception(exception: Exception) -> Exception:
    match exception:
        case Http404():
            return exceptions.NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case IndexUnavailable():
            logger.error("%s", exception)  # names folders and commands: for whoever runs the archive
            return Unavailable()
        case DjangoValidationError():
            return BadParameters(get_error_detail(exception))
        case IntegrityError():
            return Conflict()
        case RequestDataTooBig():
            return TooLarge()
        case SuspiciousOperation():
            return exceptions.ParseError(str(exception))
    return exception


def _details(exception: exceptions.APIException, context: Mapping) -> dict:
    problem = PROBLEMS[exception.status_code]
    errors = list(_errors(exception.detail)) if isinstance(exception.detail, dict | list) else []
    details = {
        "type": context["request"].build_absolute_uri(f"{reverse('api:reference')}#{problem.name}"),
        "title": problem.title,
        "status": problem.status,
        "detail": " ".join(map(_sentence, errors)) if errors else str(exception.detail),
    }
    return _readable({**details, "errors": errors} if errors else details)


def _errors(detail: dict | list | str, name: str = "") -> Iterator[dict[str, str]]:
    """What is wrong with each parameter or field; one inside another is named like "aliases.0.name"."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            own = "" if key in (api_settings.NON_FIELD_ERRORS_KEY, NON_FIELD_ERRORS) else str(key)
            yield from _errors(inner, ".".join(part for part in (name, own) if part))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            yield from _errors(inner, f"{name}.{number}" if isinstance(inner, dict | list) else name)
    else:
        yield {"name": name, "reason": str(detail)}


def _sentence(error: dict[str, str]) -> str:
    """With the name: whoever reads the details alone would not know what it is about."""
    return f"{error['name']}: {error['reason']}" if error["name"] else error["reason"]


def _readable(value):
    """What was sent may be quoted, and hold half a character that cannot be sent back."""
    match value:
        case dict():
            return {key: _readable(each) for key, each in value.items()}
        case list():
            return [_readable(each) for each in value]
        case str():
            return value.encode(errors="replace").decode()
    return value
