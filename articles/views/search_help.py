from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.search.language import MAX_NAMES, MAX_TERMS

from .public_page import public_page


@public_page
def search_help(request: HttpRequest) -> HttpResponse:
    """What the search box understands. docs/searching.md says the same to developers."""
    return render(request, "articles/search_help.html", {"most_words": MAX_TERMS, "most_names": MAX_NAMES})
