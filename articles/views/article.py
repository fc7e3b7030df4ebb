from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.body import render_for_page
from articles.markdown import plain_text
from articles.models import Article
from articles.search.facets import FACETS, FacetLabel
from articles.sharing.site import web_page

from .article_subjects import names_in_text, subjects_of, with_subjects
from .exact_time import time_of_day
from .former import redirect_from_former_slug
from .neighbours import find_neighbours
from .public_page import public_page
from .related import related_articles
from .versions import other_versions

WORDS_A_MINUTE = 230
# With fewer headings a text needs no list of contents.
LEAST_HEADINGS = 3


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    published = Article.objects.published()
    found = with_subjects(published.select_related("source")).filter(slug=slug).first()
    if found is None:
        return redirect_from_former_slug(published, slug)
    return render(request, "articles/article.html", _context(found))


def _context(article: Article) -> dict:
    groups, versions = subjects_of(article), other_versions(article)
    body = render_for_page(article.body, names_in_text(groups))
    words = plain_text(article.body).split()
    return {
        "article": article,
        "body": body.html,
        "headings": body.headings if len(body.headings) >= LEAST_HEADINGS else [],
        "summary": article.lead if words[: len(article.lead.split())] != article.lead.split() else "",
        "minutes": round(len(words) / WORDS_A_MINUTE),
        "time": time_of_day(article),
        "subjects": groups,
        "original_url": web_page(article.url),
        "language": _language(article),
        "versions": versions,
        "related": related_articles(article, groups, versions),
        "neighbours": find_neighbours(article),
    }


def _language(article: Article) -> FacetLabel | None:
    return FACETS["language"].labels_of([article.language]).get(article.language) if article.language else None
