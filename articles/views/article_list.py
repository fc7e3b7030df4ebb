from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.filters import SORT_LABELS, ArticleFilterSet
from articles.models import Article
from articles.search import search, snippets
from articles.search.facets import FACETS

from .address import Address, article_list_address
from .facet_labels import FACET_SIZES, fetch_labels, values_to_show
from .facet_panels import build_chips, build_panels
from .pagination import paginate, read_page_number
from .public_page import BadAddress, public_page
from .time_chart import build_time_chart
from .versions import count_versions
from .ways_out import find_ways_out
from .wording import describe

PAGE_SIZE = 20


@dataclass(frozen=True)
class SortLink:
    name: str
    label: str
    url: str
    is_current: bool


@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    filterset, address = read_filters(request)
    number = read_page_number(request.GET, address)
    query = filterset.article_query()
    offset = (number - 1) * PAGE_SIZE
    page = search(query, offset, PAGE_SIZE, facets=FACET_SIZES, with_periods=True, with_suggestion=True)
    shown = {name: values_to_show(filterset, page, name) for name in FACETS}
    labels = fetch_labels(filterset, shown)
    chips = list(build_chips(filterset, labels, address))
    articles = _articles(page.ids, with_text=bool(filterset.words))
    context = {
        "title": describe(filterset, labels, page.total),
        "filterset": filterset,
        "address": address,
        "articles": articles,
        "snippets": snippets(query, articles),
        "versions": count_versions(articles),
        "chart": build_time_chart(page.periods, address),
        "page": page,
        "pagination": paginate(page.total, PAGE_SIZE, number, address),
        "panels": build_panels(filterset, page, shown, labels, address),
        "chips": chips,
        "ways_out": find_ways_out(chips) if not page.total else [],
        "api_url": str(Address(reverse("api:articles"), address.parameters)),
        "suggestion_url": str(address.replacing("q", page.suggestion)) if page.suggestion else "",
        "sort_links": _sort_links(filterset, address),
        "date_form_parameters": address.parameters_besides("from", "to"),
        "search_form_parameters": address.parameters_besides("q", "sort"),
    }
    return render(request, "articles/article_list.html", context)


def _articles(ids: list[int], with_text: bool) -> list[Article]:
    """The articles of the page; with their texts where passages are to be shown."""
    articles = Article.objects.published()
    return (articles.select_related("source") if with_text else articles.for_list()).in_order(ids)


def read_filters(request: HttpRequest) -> tuple[ArticleFilterSet, Address]:
    """The filters of the request and the address that says the same; raises `BadAddress`."""
    filterset = ArticleFilterSet(request.GET)
    address = article_list_address(filterset.parameters())
    if not filterset.is_valid():
        raise BadAddress(filterset.problems(), way_out=address)
    return filterset, address


def _sort_links(filterset: ArticleFilterSet, address: Address) -> list[SortLink]:
    sorts = [sort for sort in SORT_LABELS if filterset.words or sort != "relevance"]
    links = []
    for sort in sorts:
        is_default = sort == filterset.default_sort
        target = address.removing("sort") if is_default else address.replacing("sort", sort)
        links.append(SortLink(sort, str(SORT_LABELS[sort]), str(target), is_current=sort == filterset.sort))
    return links
