from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, Subject, SubjectKind
from articles.search import ArticleQuery, FacetChoice, SearchPage, search
from articles.search.facets import FACETS

from .address import article_list_address
from .facet_labels import ALL_VALUES
from .former import redirect_from_former_slug
from .identifiers import identifiers_of
from .public_page import public_page
from .time_chart import build_time_chart
from .top_lists import TOP, TopLine, build_top_lists

NEWEST = 20
MAX_CHILDREN = 50


@public_page
def subject(request: HttpRequest, slug: str, kind: SubjectKind) -> HttpResponse:
    found = kind.model.objects.prefetch_related("aliases").filter(slug=slug).first()
    if found is None:
        return redirect_from_former_slug(kind.model.objects.all(), slug)
    ancestors = found.ancestors() if kind.is_tree else []
    page = _articles_about(found, kind, extra=len(ancestors) + 1)
    children = _children_with_counts(found, kind, page)
    address = article_list_address([(kind.plural, found.slug)])
    context = {
        "subject": found,
        "kind": kind,
        "label": FACETS[kind.plural].label,
        "ancestors": ancestors,
        "aliases": [alias.name for alias in found.aliases.all() if alias.name != found.name],
        "identifiers": list(identifiers_of(found)),
        "articles": Article.objects.published().for_list().in_order(page.ids),
        "total": page.total,
        "address": address,
        "children": children[:MAX_CHILDREN],
        "children_total": len(children),
        "chart": build_time_chart(page.periods, address),
        "top_lists": build_top_lists(
            page.facets, leave_out={kind.plural: {found.pk, *(ancestor.pk for ancestor in ancestors)}}
        ),
    }
    return render(request, "articles/subject.html", context)


def _articles_about(subject: Subject, kind: SubjectKind, extra: int) -> SearchPage:
    """The newest articles, and who and what else they are about; `extra` values of the kind are not shown."""
    # "All of these" makes the facet count within the choice: what appears together with the subject.
    query = ArticleQuery(facets={kind.plural: FacetChoice((subject.pk,), match_all=True)})
    sizes = {"people": TOP + 1, "places": TOP + 1, "topics": TOP + 1}
    sizes[kind.plural] = ALL_VALUES if kind.is_tree else TOP + 1 + extra
    return search(query, limit=NEWEST, facets=sizes, with_periods=True)


def _children_with_counts(subject: Subject, kind: SubjectKind, page: SearchPage) -> list[TopLine]:
    """The parts of a place or topic that have articles, most frequent first."""
    if not kind.is_tree:
        return []
    counts = {count.value: count.count for count in page.facets[kind.plural]}
    lines = [
        TopLine(child.name, child.get_absolute_url(), counts[child.pk])
        for child in subject.children.only("name", "slug", "parent")
        if child.pk in counts
    ]
    return sorted(lines, key=lambda line: (-line.count, line.name))
