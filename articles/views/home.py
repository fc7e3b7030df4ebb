from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import SUBJECT_KINDS, Article
from articles.search import NONE, ArticleQuery, SearchPage, search
from articles.search.facets import FACETS

from .address import article_list_address
from .facet_labels import ALL_VALUES
from .public_page import public_page
from .time_chart import build_time_chart
from .top_lists import build_top_lists

NEWEST = 10


@dataclass(frozen=True)
class Total:
    """How many subjects of a kind the articles are about; `plural` is the address of their list."""

    plural: str
    label: str
    count: int


@public_page
def home(request: HttpRequest) -> HttpResponse:
    plurals = [kind.plural for kind in SUBJECT_KINDS.values()]
    page = search(ArticleQuery(), limit=NEWEST, facets=dict.fromkeys(plurals, ALL_VALUES), with_periods=True)
    context = {
        "total": page.total,
        "totals": [_total(plural, page) for plural in plurals],
        "first_year": page.periods[0].first.year if page.periods else None,
        "last_year": page.periods[-1].first.year if page.periods else None,
        "articles": Article.objects.published().for_list().in_order(page.ids),
        "top_lists": build_top_lists(page.facets),
        "chart": build_time_chart(page.periods, article_list_address()),
    }
    return render(request, "articles/home.html", context)


def _total(plural: str, page: SearchPage) -> Total:
    count = sum(1 for count in page.facets[plural] if count.value != NONE)
    return Total(plural, str(FACETS[plural].label), count)
