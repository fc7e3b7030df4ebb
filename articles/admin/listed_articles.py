"""Many articles, as an address names them: those that were chosen in the list, or all that the list shows.

{"ids": [1, 2]} or {"filter": "parameters of the list", "last": 123}, where no article is newer than the last.
"""

from collections.abc import Mapping

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.editing.selections import ChosenArticles, FoundArticles, MatchedArticles, Selection, newest_id
from articles.editing.verdicts import BulkEditRefused
from articles.models import Article
from articles.search import ArticleQuery

from .article_list import ArticleList
from .numbers import read_number
from .search import EVERY_STATUS

MOST_CHOSEN = 1_000
# Parameters of the list that say how it is shown and not what is in it.
NOT_FILTERS = ("q", "p", "o", "all", "e")


class WholeListRequest(HttpRequest):
    """Asks for a list that nobody looks at."""

    def __init__(self, parameters: QueryDict, user) -> None:
        super().__init__()
        self.method, self.GET, self.user = "GET", parameters, user


class WholeList(ArticleList):
    """What the list shows on all its pages: a queryset, of which nothing is counted or fetched."""

    def get_results(self, request):
        pass


def read_selection(parameters: QueryDict) -> dict | None:
    """None where the address names no articles."""
    if "filter" in parameters:
        newest = newest_id()
        return {"filter": parameters["filter"], "last": min(read_number(parameters.get("last")) or newest, newest)}
    ids = [read_number(text) for text in parameters.get("ids", "").split(",")]
    ids = list(dict.fromkeys(filter(None, ids)))[:MOST_CHOSEN]
    return {"ids": ids} if ids else None


def parameters_for(articles: Mapping) -> dict[str, str]:
    """The same again, for an address or a form."""
    if "ids" in articles:
        return {"ids": ",".join(map(str, articles["ids"]))}
    return {"filter": articles["filter"], "last": str(articles["last"])}


def list_address(articles: Mapping) -> str:
    """The list from which they were taken."""
    parameters = articles.get("filter", "")
    return reverse("admin:articles_article_changelist") + (f"?{parameters}" if parameters else "")


def back_to_list(request: HttpRequest, reason: str) -> HttpResponseRedirect:
    messages.error(request, reason)
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def selection_of(articles: Mapping, user) -> Selection:
    """Of those that the user may see. Raises BulkEditRefused."""
    parameters = QueryDict(articles.get("filter", ""), mutable=True)
    words = parameters.get("q", "").strip()
    for name in NOT_FILTERS:
        parameters.pop(name, None)
    found = _listed(parameters, user)
    if "ids" in articles:
        return ChosenArticles(found, articles["ids"])
    if words:
        return FoundArticles(found, articles["last"], ArticleQuery(words=words, statuses=EVERY_STATUS))
    return MatchedArticles(found, articles["last"])


def _listed(parameters: QueryDict, user) -> QuerySet[Article]:
    """By the list itself, so that nothing is changed that it does not show."""
    request = WholeListRequest(parameters, user)
    try:
        changelist = admin.site.get_model_admin(Article).get_changelist_instance(request)
    except IncorrectLookupParameters:
        refusal = _("A filter of this list is not known. Nothing was changed; go back to the list and filter again.")
        raise BulkEditRefused(refusal) from None
    return changelist.queryset.select_related(None)
