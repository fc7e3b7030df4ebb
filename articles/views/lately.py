"""What the archive has been about lately: counted back from its own last day, not from today's."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.models import SUBJECT_KINDS
from articles.search import ArticleQuery, search
from articles.search.days import Days

from .address import Address, article_list_address
from .top_lists import SPARE, TopList, build_top_lists

# The shortest span with enough articles to speak of is taken.
SPANS = {30: _("The last 30 days"), 365: _("The last year"), 3652: _("The last ten years")}
LEAST_ARTICLES = 5
SHOWN = 5


@dataclass(frozen=True)
class Lately:
    label: str
    first: datetime.date
    last: datetime.date
    top_lists: list[TopList]

    @property
    def address(self) -> Address:
        return article_list_address([("from", self.first.isoformat()), ("to", self.last.isoformat())])


def find_lately(days: Days) -> Lately | None:
    """None where even the longest span has hardly anything, or is the whole archive."""
    if days.last is None:
        return None
    for length, label in SPANS.items():
        first = days.last - datetime.timedelta(length - 1)
        if first <= days.first:
            return None
        if days.total(first, days.last) >= LEAST_ARTICLES:
            return Lately(str(label), first, days.last, _top_lists(first, days.last))
    return None


def _top_lists(first: datetime.date, last: datetime.date) -> list[TopList]:
    sizes = {kind.plural: SHOWN + SPARE for kind in SUBJECT_KINDS.values()}
    page = search(ArticleQuery(first_day=first, last_day=last), limit=0, facets=sizes)
    return build_top_lists(page.facets, size=SHOWN)
