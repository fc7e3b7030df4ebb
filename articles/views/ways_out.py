"""What to do where nothing matches: each thing that was asked for, and how much there is without it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict

from articles.filters import ArticleFilterSet
from articles.search import totals

from .facet_panels import Chip

MOST_WAYS = 12


@dataclass(frozen=True)
class WayOut:
    """Leaving out `chip` finds `count` articles."""

    chip: Chip
    count: int


def find_ways_out(chips: list[Chip]) -> list[WayOut]:
    """The single things whose removal finds anything, the most fruitful first."""
    if not chips:
        return []
    without = [ArticleFilterSet(QueryDict(urlsplit(chip.url).query)) for chip in chips[:MOST_WAYS]]
    counts = totals(filterset.article_query() for filterset in without)
    ways = [WayOut(chip, count) for chip, count in zip(chips, counts, strict=False) if count]
    return sorted(ways, key=lambda way: -way.count)
