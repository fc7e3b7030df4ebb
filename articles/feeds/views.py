from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page

from articles.models import SubjectKind
from articles.search import ArticleQuery, FacetChoice, search
from articles.sharing.known_parameters import read_known_filters, refuse_unknown
from articles.sharing.site import SITE_NAME
from articles.sharing.xml_text import xml_text
from articles.views.address import Address
from articles.views.facet_labels import fetch_labels
from articles.views.public_page import public_page
from articles.views.wording import phrase

from . import FEED_FORMATS
from .entries import entry_of, fetch_articles

NEWEST = 50


def named_by_its_content(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Leaves the ETag to `conditional_page`. That of other pages changes with anything in the archive: readers who
    ask every hour would get each feed again, though nothing in it is new."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            del response.headers["ETag"]
        return response

    return answered


@dataclass(frozen=True)
class Feed:
    """What a feed is about, its page, and its own address."""

    subject: str
    page: str
    address: str
    description: str = ""


@conditional_page
@named_by_its_content
@public_page
def list_feed(request: HttpRequest, format: str) -> HttpResponse:
    """The newest of what the article list shows with the same parameters, however it is sorted there."""
    filterset, page = read_known_filters(request)
    page = page.removing("sort")
    asked = phrase(filterset, fetch_labels(filterset, {}))
    subject = gettext("articles %s") % asked if asked else gettext("all articles")
    feed = Feed(subject, str(page), str(Address(request.path, page.parameters)))
    return _answer(request, format, feed, filterset.article_query())


@conditional_page
@named_by_its_content
@public_page
def subject_feed(request: HttpRequest, slug: str, kind: SubjectKind, format: str) -> HttpResponse:
    """The newest articles about a person, a place or a topic, and about what lies below it."""
    subject = kind.model.objects.filter(slug=slug).first()
    if subject is None:
        subject = get_object_or_404(kind.model, former_slugs__slug=slug)
        return HttpResponsePermanentRedirect(reverse(f"articles:{kind.name}_feed_{format}", args=[subject.slug]))
    refuse_unknown(request, way_out=Address(subject.get_absolute_url()))
    feed = Feed(subject.name, subject.get_absolute_url(), request.path, subject.description)
    query = ArticleQuery(facets={kind.plural: FacetChoice((subject.pk,))})
    return _answer(request, format, feed, query)


def _answer(request: HttpRequest, format: str, feed: Feed, query: ArticleQuery) -> HttpResponse:
    page = search(replace(query, sort="newest"), limit=NEWEST)
    address = request.build_absolute_uri(feed.address)
    generator = FEED_FORMATS[format](
        title=xml_text(f"{SITE_NAME}: {feed.subject}"),
        link=request.build_absolute_uri(feed.page),
        description=xml_text(feed.description or gettext("The newest articles of this list.")),
        subtitle=xml_text(feed.description) or None,
        author_name=SITE_NAME,
        language=get_language(),
        feed_url=address,
        feed_guid=address,
    )
    for article in fetch_articles(page.ids):
        generator.add_item(**entry_of(article, request.build_absolute_uri))
    return HttpResponse(generator.writeString("utf-8"), content_type=generator.content_type)
