"""The ways from the list of articles to the pages on which many are changed or exported."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .article_list import ArticleList
from .bulk_form import BULK_LABELS
from .bulk_permissions import may_edit_many
from .listed_articles import NOT_FILTERS, WholeList, WholeListRequest

EXPORT = "export"


class BulkActions:
    """For the admin of articles."""

    def get_changelist(self, request, **kwargs):
        return WholeList if isinstance(request, WholeListRequest) else ArticleList

    def has_bulk_permission(self, request) -> bool:
        return may_edit_many(request.user)

    def changelist_view(self, request, extra_context=None):
        context = {"whole_list": _whole_list(request), "may_edit_many": may_edit_many(request.user)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def response_action(self, request, queryset):
        """What goes on to a page of its own takes on everything that the list shows, however much that is."""
        chosen = set(request.POST.getlist("action")) & set(BULK_ACTION_NAMES)
        if chosen and request.POST.get("select_across") == "1":
            name = next(iter(chosen))
            if name in self.get_actions(request):
                return _lead_on(name, _whole_list(request))
        return super().response_action(request, queryset)


def _action(name: str, label: str, permission: str):
    @admin.action(description=label, permissions=[permission])
    def lead_on(model_admin, request, queryset):
        ids = request.POST.getlist(ACTION_CHECKBOX_NAME)
        return _lead_on(name, {"ids": ",".join(ids)})

    lead_on.__name__ = name
    return lead_on


BULK_ACTIONS = [
    *(_action(f"bulk_{what.value}", label, "bulk") for what, label in BULK_LABELS.items()),
    _action(EXPORT, _("Export…"), "view"),
]
BULK_ACTION_NAMES = [action.__name__ for action in BULK_ACTIONS]


def _whole_list(request: HttpRequest) -> dict[str, str]:
    """Everything that this list shows, on all its pages."""
    parameters: QueryDict = request.GET.copy()
    for name in set(NOT_FILTERS) - {"q"}:
        parameters.pop(name, None)
    return {"filter": parameters.urlencode()}


def _lead_on(name: str, articles: dict[str, str]) -> HttpResponse:
    if name == EXPORT:
        return HttpResponseRedirect(reverse("admin:articles_bulk_export", query=articles))
    what = name.removeprefix("bulk_")
    return HttpResponseRedirect(reverse("admin:articles_bulk_new", query={"what": what, **articles}))
