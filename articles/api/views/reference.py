from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.api.reference import Reference, build_reference

from .document import read_document


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/api/reference.html", {"reference": read_reference(get_language())})


@cache
def read_reference(language: str) -> Reference:
    return build_reference(read_document(language))
