from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.filters import MAX_WORDS_LENGTH
from articles.search import FacetCount, Value, search
from articles.search.facets import FACETS, FacetLabel

from .address import Address
from .article_list import read_filters
from .facet_labels import ALL_VALUES, fetch_labels
from .facet_panels import build_chips, build_options
from .facet_tree import TreeLine
from .pagination import paginate, read_page_number
from .public_page import public_page
from .value_order import arrange_values, none_last
from .wording import describe

PAGE_SIZE = 120
ORDERS = {"": _("Most frequent"), "name": _("By name"), "unusual": _("Unusually frequent here")}
# A database takes a limited number of values in one question.
LABELS_AT_ONCE = 10_000


@dataclass(frozen=True)
class OrderLink:
    label: str
    url: str
    is_current: bool


@public_page
def facet_values(request: HttpRequest, facet: str) -> HttpResponse:
    """All values of one facet among the articles chosen so far, to look through and to search."""
    if facet not in FACETS:
        raise Http404(gettext("There is no such list of values."))
    filterset, list_address = read_filters(request)
    address = Address(request.path, list_address.parameters)
    name = request.GET.get("name", "")[:MAX_WORDS_LENGTH].strip()
    named_address = address.adding("name", name) if name else address
    order = request.GET.get("order", "") if request.GET.get("order") in ORDERS else ""
    number = read_page_number(request.GET, address)

    answer = search(filterset.article_query(), limit=0, facets={facet: ALL_VALUES})
    counts = [count for count in answer.facets[facet] if count.count or count.value in filterset.chosen(facet)]
    counts = _arrange(facet, counts, order, name)
    labels = _fetch_labels(facet, counts)
    counts = [count for count in counts if count.value in labels]
    lines = [TreeLine(count, depth=0) for count in counts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]]
    chosen_labels = fetch_labels(filterset, {})
    context = {
        "facet": FACETS[facet],
        "name": name,
        "list_title": describe(filterset, chosen_labels, answer.total),
        "list_address": list_address,
        "address": address,
        "options": build_options(filterset, facet, lines, labels, list_address),
        "total": len(counts),
        "order_links": _order_links(order, named_address),
        "chips": list(build_chips(filterset, chosen_labels, list_address)),
        "pagination": paginate(len(counts), PAGE_SIZE, number, _ordered(named_address, order)),
    }
    return render(request, "articles/facet_values.html", context)


def _fetch_labels(facet: str, counts: list[FacetCount]) -> dict[Value, FacetLabel]:
    values, labels = [count.value for count in counts], {}
    for start in range(0, len(values), LABELS_AT_ONCE):
        labels |= FACETS[facet].labels_of(values[start : start + LABELS_AT_ONCE])
    return labels


def _arrange(facet: str, counts: list[FacetCount], order: str, name: str) -> list[FacetCount]:
    """As the reader wants them: most frequent first, but years from the latest; "none" comes last."""
    counts = arrange_values(facet, counts, order, name)
    if facet == "year" and not order:
        counts = sorted(counts, key=lambda count: -count.value)
    return none_last(counts)


def _order_links(order: str, address: Address) -> list[OrderLink]:
    return [OrderLink(str(label), str(_ordered(address, key)), key == order) for key, label in ORDERS.items()]


def _ordered(address: Address, order: str) -> Address:
    return address.adding("order", order) if order else address
