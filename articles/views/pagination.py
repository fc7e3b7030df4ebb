"""Pages of a list whose total is known and whose rows are fetched elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import EmptyPage, Paginator
from django.http import QueryDict
from django.utils.translation import gettext

from .address import Address
from .public_page import BadAddress

MAX_DIGITS = 9


@dataclass(frozen=True)
class PageLink:
    """A number in the row of pages; without a number it is a gap."""

    number: int | None = None
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Pagination:
    number: int
    paginator: Paginator
    address: Address

    @property
    def last(self) -> int:
        return self.paginator.num_pages

    @property
    def previous_url(self) -> str:
        return self._url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self._url(self.number + 1) if self.number < self.last else ""

    def links(self) -> Iterator[PageLink]:
        for number in self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1):
            if number == self.paginator.ELLIPSIS:
                yield PageLink()
            else:
                yield PageLink(number, self._url(number), is_current=number == self.number)

    def _url(self, number: int) -> str:
        return str(self.address if number == 1 else self.address.adding("page", str(number)))


def read_page_number(data: QueryDict, address: Address) -> int:
    text = data.get("page", "") or "1"
    if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS and int(text) > 0:
        return int(text)
    raise BadAddress([gettext("The page must be a number, from 1 upwards.")], address)


def paginate(total: int, size: int, number: int, address: Address) -> Pagination:
    """Raises `BadAddress` (404) where there is no such page; page 1 is always there."""
    paginator = Paginator(range(total), size)
    try:
        paginator.validate_number(number)
    except EmptyPage:
        message = gettext("There is no page %(number)s: the last one is page %(last)s.")
        raise BadAddress([message % {"number": number, "last": paginator.num_pages}], address, status=404) from None
    return Pagination(number, paginator, address)
