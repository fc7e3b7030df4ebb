from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.maps import PlaceMap, Spot, build_map
from articles.models import SUBJECT_KINDS, Article, Place, Subject, SubjectKind
from articles.search import ArticleQuery, FacetChoice, SearchPage, search
from articles.search.facets import FACETS

from .address import article_list_address
from .branch import Branch, find_branch
from .company import WEIGHED, build_company
from .facet_labels import ALL_VALUES
from .former import redirect_from_former_slug
from .identifiers import identifiers_of
from .other_names import other_names_of
from .public_page import public_page
from .time_chart import build_time_chart

NEWEST = 10


@public_page
def subject(request: HttpRequest, slug: str, kind: SubjectKind) -> HttpResponse:
    """A person, place or topic: who it is, its articles through time, its parts, and what it appears with."""
    found = kind.model.objects.prefetch_related("aliases").filter(slug=slug).first()
    if found is None:
        return redirect_from_former_slug(kind.model.objects.all(), slug)
    page, everywhere = _articles_about(found, kind), _all_articles()
    branch = find_branch(found, kind, page.facets[kind.plural], everywhere.facets[kind.plural])
    address = article_list_address([(kind.plural, found.slug)])
    context = {
        "subject": found,
        "kind": kind,
        "label": str(FACETS[kind.plural].label),
        "branch": branch,
        "other_names": other_names_of(found),
        "identifiers": list(identifiers_of(found)),
        "articles": Article.objects.published().for_list().in_order(page.ids),
        "total": page.total,
        "address": address,
        "chart": build_time_chart(page.periods, address),
        "map": _map(found, branch),
        "companies": build_company(
            found, kind, page, everywhere, hidden={found.pk, *(node.subject.pk for node in branch.above)}
        ),
    }
    return render(request, "articles/subject.html", context)


def _articles_about(subject: Subject, kind: SubjectKind) -> SearchPage:
    """The newest articles, and who and what else they are about."""
    # "All of these" makes the facet count within the choice: what appears together with the subject.
    query = ArticleQuery(facets={kind.plural: FacetChoice((subject.pk,), match_all=True)})
    sizes = {each.plural: WEIGHED for each in SUBJECT_KINDS.values()}
    if kind.is_tree:
        sizes[kind.plural] = ALL_VALUES  # its parts are among them, however rare
    return search(query, limit=NEWEST, facets=sizes, with_periods=True)


def _all_articles() -> SearchPage:
    """How often everybody and everything is written about. The index keeps these counts until it changes."""
    return search(ArticleQuery(), limit=0, facets={kind.plural: ALL_VALUES for kind in SUBJECT_KINDS.values()})


def _map(subject: Subject, branch: Branch) -> PlaceMap | None:
    """Where a place and its parts lie."""
    if not isinstance(subject, Place):
        return None
    spots = [Spot.of(node.subject, node.count) for node in branch.parts if node.subject.latitude is not None]
    if subject.latitude is not None:
        spots.append(Spot.of(subject, is_focus=True))
    return build_map(spots)
