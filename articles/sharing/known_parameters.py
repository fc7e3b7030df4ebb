"""Feeds and exports refuse the parameters they do not know. The pages pass over them, and people see what they got;
nobody looks at a file that is the whole archive because a filter was misspelt."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import gettext

from articles.filters import MAX_MESSAGES, ArticleFilterSet, shortened
from articles.views.address import Address
from articles.views.article_list import read_filters
from articles.views.public_page import BadAddress

# The address of a list may come with the page somebody was on. Feeds and exports have no pages.
WITHOUT_MEANING = ("page",)


def read_known_filters(request: HttpRequest) -> tuple[ArticleFilterSet, Address]:
    """The filters of the request and the address of the list; raises `BadAddress`."""
    filterset, address = read_filters(request)
    refuse_unknown(request, address, known={*filterset.filters, *WITHOUT_MEANING})
    return filterset, address


def refuse_unknown(request: HttpRequest, way_out: Address, known: Collection[str] = ()) -> None:
    unknown = [shortened(name) for name in request.GET if name not in known]
    if unknown:
        message = gettext("There is no parameter “%(name)s” here. Correct it, or take it out.")
        raise BadAddress([message % {"name": name} for name in unknown[:MAX_MESSAGES]], way_out)
