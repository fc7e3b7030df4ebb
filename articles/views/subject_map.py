from collections.abc import Iterable
from dataclasses import dataclass, replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.filters import ArticleFilterSet, problems_of
from articles.maps import Spot, build_map
from articles.models import SUBJECT_KINDS, Place
from articles.search import ArticleQuery, search

from .address import Address, article_list_address
from .facet_labels import ALL_VALUES, fetch_labels
from .public_page import BadAddress, public_page
from .wording import describe

# More dots cover each other, and make a heavy page.
MOST_DOTS = 120


class MapForm(forms.Form):
    kind = forms.ChoiceField(
        required=False,
        choices=Place.Kind,
        error_messages={"invalid_choice": _("“%(value)s” is not a kind of place. Choose one of the links.")},
    )


@dataclass(frozen=True)
class PlaceLine:
    """A place on the map; `url` leads to its articles among those of the map."""

    place: Place
    count: int
    url: str


@dataclass(frozen=True)
class KindLink:
    label: str
    url: str
    is_current: bool


@public_page
def subject_map(request: HttpRequest) -> HttpResponse:
    """Where articles happened: of all of them, or of those that the parameters of the article list ask for."""
    filterset, kind, address = _read_parameters(request)
    page = search(_query(filterset, address), limit=0, facets={"places": ALL_VALUES})
    placed = dict(Place.objects.exclude(latitude=None).order_by().values_list("pk", "kind"))
    counts = {count.value: count.count for count in page.facets["places"] if count.value in placed and count.count}
    shown = [id for id in counts if placed[id] == kind or (not kind and placed[id] != Place.Kind.CONTINENT)]
    lines = _lines(shown[:MOST_DOTS], counts, filterset)
    labels = fetch_labels(filterset, {})
    context = {
        "kind": SUBJECT_KINDS["place"],
        "title": describe(filterset, labels, page.total),
        "list_address": article_list_address(filterset.parameters()),
        "kind_links": _kind_links(kind, {placed[id] for id in counts}, address),
        "map": build_map((Spot.of(line.place, line.count) for line in lines), is_wide=True),
        "lines": lines,
        "total": len(shown),
        "address": address,
    }
    return render(request, "articles/subject_map.html", context)


def _read_parameters(request: HttpRequest) -> tuple[ArticleFilterSet, str, Address]:
    filterset, form = ArticleFilterSet(request.GET), MapForm(request.GET)
    address = Address(request.path, tuple(filterset.parameters()))
    problems = filterset.problems() + problems_of(form)
    if problems:
        raise BadAddress(problems, address)
    kind = form.cleaned_data["kind"]
    return filterset, kind, address.adding("kind", kind) if kind else address


def _query(filterset: ArticleFilterSet, address: Address) -> ArticleQuery:
    """Counted within the chosen place, unlike on the list, where the numbers say what choosing another one adds."""
    query, places = filterset.article_query(), tuple(filterset.chosen("places"))
    if len(places) > 1 and not filterset.matches_all("places"):
        message = gettext("The map cannot join several places by “any of these”. Take all but one out.")
        raise BadAddress([message], address.adding("places_match", "all"))
    if not places:
        return query
    return query.with_choice("places", replace(query.facets["places"], match_all=True))


def _lines(ids: list[int], counts: dict[int, int], filterset: ArticleFilterSet) -> list[PlaceLine]:
    places = Place.objects.in_bulk(ids)
    address = article_list_address(filterset.parameters())
    match = [("places_match", "all")] if filterset.chosen("places") else []
    address = Address(address.path, (*address.removing("places_match").parameters, *match))
    return [
        PlaceLine(places[id], counts[id], str(address.adding("places", places[id].slug))) for id in ids if id in places
    ]


def _kind_links(current: str, kinds: Iterable[str], address: Address) -> list[KindLink]:
    """All kinds of places together but continents, then each one that there is."""
    links = [KindLink(gettext("All but continents"), str(address.removing("kind")), not current)]
    return links + [
        KindLink(str(kind.label), str(address.replacing("kind", kind.value)), kind == current)
        for kind in Place.Kind
        if kind in kinds
    ]
