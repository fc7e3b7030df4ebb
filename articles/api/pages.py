"""Pages of a list: which one is asked for, and the addresses of those beside it."""

from math import ceil

from django.utils.translation import gettext
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from .parameters import PageForm


def page_details(request: Request, form: PageForm, total: int) -> dict:
    """What a page says of itself. Page 1 is always there; raises `NotFound` for one behind the last."""
    last = max(ceil(total / form.page_size), 1)
    if form.number > last:
        message = gettext("There is no page %(number)s: the last one is page %(last)s.")
        raise NotFound(message % {"number": form.number, "last": last})
    return {
        "total": total,
        "page": form.number,
        "pages": last,
        "size": form.page_size,
        "next": address_with(request, page=form.number + 1) if form.number < last else None,
        "previous": address_with(request, page=form.number - 1) if form.number > 1 else None,
    }


def address_with(request: Request, **parameters: object) -> str:
    """The address of the request with other values of some parameters."""
    changed = request.query_params.copy()
    for name, value in parameters.items():
        changed[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{changed.urlencode()}")
