"""The front page of the desk: what waits, what was done lately, how much the archive holds."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse

from articles.editing.permissions import may
from articles.editing.publication import is_contributor
from articles.editing.reverting import those_to_take_back
from articles.editing.waiting import Heap, heaps
from articles.models import Article, Occasion
from articles.search import ArticleQuery, IndexUnavailable, search
from articles.views.address import article_list_address
from articles.views.time_chart import build_time_chart

from .duplicates import duplicate_heaps
from .search import EVERY_STATUS
from .upload_permissions import may_import

LATELY = 10


def start_page_context(request: HttpRequest) -> dict:
    return {
        "groups": [(group, _with_addresses(found)) for group, found in groupby(_waiting(request.user), _group)],
        **_lately(request.user),
        "may_import": may_import(request.user),
        **_size(request.user),
    }


def _waiting(user) -> list[Heap]:
    return [*heaps(user), *duplicate_heaps(user)]


def _group(heap: Heap) -> str:
    return heap.group


def _with_addresses(found: Iterable[Heap]) -> list[tuple[Heap, str]]:
    return [(heap, reverse(f"admin:{heap.page}", query=heap.parameters)) for heap in found]


def _lately(user) -> dict:
    """What was done, newest first; None where the user may not read the history."""
    if not may(user, "view", Occasion):
        return {"lately": None}
    lately = list(Occasion.objects.select_related("user", "undone_by")[:LATELY])
    return {"lately": lately, "to_take_back": those_to_take_back(user, lately)}


def _size(user) -> dict:
    statuses = (Article.Status.PUBLISHED.value,) if is_contributor(user) else EVERY_STATUS
    try:
        page = search(ArticleQuery(statuses=statuses), limit=0, with_periods=True)
    except IndexUnavailable as problem:
        return {"index_problem": str(problem)}
    undated = page.total - sum(period.count for period in page.periods)
    return {
        "article_total": page.total,
        "undated_total": undated,
        "chart": build_time_chart(page.periods, article_list_address()),
    }
