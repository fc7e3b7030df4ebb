from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import override

from articles.search import all_ids
from articles.sharing.known_parameters import read_known_filters
from articles.sharing.site import site_of
from articles.views.facet_labels import fetch_labels
from articles.views.public_page import public_page
from articles.views.wording import phrase

from . import EXPORT_FORMATS
from .articles import read_articles

LONGEST_NAME = 80


@public_page
def export(request: HttpRequest, format: str) -> HttpResponse:
    """All articles of a list, sent while they are read: neither memory nor time to the first byte grow with it."""
    filterset, _ = read_known_filters(request)
    chosen = EXPORT_FORMATS[format]
    texts = chosen.write(read_articles(all_ids(filterset.article_query())), site_of(request))
    response = StreamingHttpResponse(
        texts if request.method == "GET" else (), content_type=f"{chosen.content_type}; charset=utf-8"
    )
    name = f"{_name(filterset)}.{chosen.file_ending}"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _name(filterset) -> str:
    """ "articles-about-rafah-in-2024", whatever the language of the page."""
    with override("en"):
        words = slugify(phrase(filterset, fetch_labels(filterset, {})))
    return f"articles-{words}"[:LONGEST_NAME].strip("-")
