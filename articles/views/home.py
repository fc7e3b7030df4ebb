from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import SUBJECT_KINDS, Article
from articles.search import NONE, ArticleQuery, SearchPage, search
from articles.search.days import Days, count_days
from articles.search.facets import FACETS

from .address import article_list_address
from .facet_labels import ALL_VALUES
from .lately import find_lately
from .on_this_day import find_on_this_day
from .public_page import public_page
from .time_chart import build_time_chart
from .top_lists import TopLine, build_top_lists

NEWEST = 8
SHOWN_SUBJECTS = 7
SHOWN_SOURCES = 24


@dataclass(frozen=True)
class Total:
    """How many subjects of a kind the articles are about; `plural` is the address of their list."""

    plural: str
    label: str
    count: int


@public_page
def home(request: HttpRequest) -> HttpResponse:
    plurals = [kind.plural for kind in SUBJECT_KINDS.values()]
    sizes = dict.fromkeys(plurals, ALL_VALUES) | {"source": SHOWN_SOURCES + 1}
    page, days = search(ArticleQuery(), limit=0, facets=sizes, with_periods=True), count_days()
    context = {
        "total": page.total,
        "totals": [_total(plural, page) for plural in plurals],
        "days": days,
        "articles": _newest(days),
        "chart": build_time_chart(page.periods, article_list_address()),
        "lately": find_lately(days),
        "top_lists": build_top_lists(page.facets, size=SHOWN_SUBJECTS),
        "on_this_day": find_on_this_day(days, timezone.localdate()),
        "sources": _sources(page),
    }
    return render(request, "articles/home.html", context)


def _newest(days: Days) -> list[Article]:
    """Asked for among the last days only, which takes the index a tenth of the time."""
    query = ArticleQuery(first_day=days.beginning_of_last(NEWEST))
    return Article.objects.published().for_list().in_order(search(query, limit=NEWEST).ids)


def _total(plural: str, page: SearchPage) -> Total:
    counts = page.facets[plural]
    has_none = any(count.value == NONE for count in counts)
    return Total(plural, str(FACETS[plural].label), len(counts) - has_none)


def _sources(page: SearchPage) -> list[TopLine]:
    """The sources with most articles; nothing to choose from where there is only one."""
    labels = FACETS["source"].labels_of([count.value for count in page.facets["source"] if count.value != NONE])
    lines = [
        TopLine(label.text, str(article_list_address([("source", label.slug)])), count.count)
        for count in page.facets["source"]
        if (label := labels.get(count.value))
    ]
    return lines[:SHOWN_SOURCES] if len(lines) > 1 else []
