"""What all public pages share: they only read, and they explain what went wrong."""

import logging
from collections.abc import Callable, Iterable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.search import IndexUnavailable

from .address import Address
from .caching import kept_while_nothing_changes

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 60


class BadAddress(Exception):
    """The parameters of an address make no sense. Carries a sentence for each fault, and the way out."""

    def __init__(self, problems: Iterable[str], way_out: Address, status: int = 400) -> None:
        super().__init__(*problems)
        self.problems = list(problems)
        self.way_out = way_out
        self.status = status


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers `BadAddress` and `IndexUnavailable` with a page that says what to do; kept while nothing changes."""

    @require_safe
    @kept_while_nothing_changes
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadAddress as bad:
            return render(request, "articles/bad_address.html", {"bad": bad}, status=bad.status)
        except IndexUnavailable as error:
            logger.error("%s", error)  # names folders and commands: for whoever runs the archive
            response = render(request, "articles/unavailable.html", status=503)
            response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
            return response

    return guarded
