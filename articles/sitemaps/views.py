from collections.abc import Iterator
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from articles.sharing.site import site_of
from articles.views.public_page import public_page

from .documents import index_document, news_document, pages_document
from .news import fetch_news
from .sections import SECTIONS

XML = "application/xml; charset=utf-8"


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The addresses of all sitemaps that have any pages."""
    return HttpResponse("".join(index_document(list(_sitemaps()), site_of(request))), content_type=XML)


@public_page
def sitemap(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Up to 50,000 pages of one section, sent while they are read."""
    if section not in SECTIONS:
        raise Http404(gettext("There is no such sitemap."))
    entries = SECTIONS[section].entries(number)
    first = next(entries, None)
    if first is None:
        raise Http404(gettext("There is nothing in this sitemap."))
    return StreamingHttpResponse(pages_document(chain([first], entries), site_of(request)), content_type=XML)


@public_page
def news_sitemap(request: HttpRequest) -> HttpResponse:
    news = fetch_news(timezone.now())
    return HttpResponse("".join(news_document(news, get_language(), site_of(request))), content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("articles:sitemap_index"))}
    return render(request, "articles/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def open_search(request: HttpRequest) -> HttpResponse:
    """How a browser searches here: https://github.com/dewitt/opensearch"""
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "articles/opensearch.xml", content_type=content_type)


def _sitemaps() -> Iterator[str]:
    for section in SECTIONS.values():
        for number in section.numbers():
            yield reverse("articles:sitemap", args=[section.name, number])
    if fetch_news(timezone.now()):
        yield reverse("articles:news_sitemap")
