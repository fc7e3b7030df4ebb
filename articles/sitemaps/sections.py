"""The pages of the archive, in portions that a sitemap can hold.

A portion is a range of ids, so that the last of millions is found as quickly as the first, and an article never moves
from one sitemap to another.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from articles.models import SUBJECT_KINDS, Article, SubjectKind
from articles.models.tree import in_parts
from articles.search import NONE, count_values
from articles.sharing.site import pages_of

# The most that a sitemap may hold: https://www.sitemaps.org/protocol.html
PORTION = 50_000


@dataclass(frozen=True)
class Entry:
    """A page, and when it last changed, where that is known."""

    path: str
    changed: datetime.datetime | None = None


@dataclass(frozen=True)
class Section:
    """`numbers` says which portions have any pages, from 1; `entries` gives the pages of one."""

    name: str
    numbers: Callable[[], Iterable[int]]
    entries: Callable[[int], Iterator[Entry]]


def _lists(number: int = 1) -> Iterator[Entry]:
    for name in ("home", "articles", *(kind.plural for kind in SUBJECT_KINDS.values())):
        yield Entry(reverse(f"articles:{name}"))


def _article_numbers() -> Iterator[int]:
    """One question for each portion: from the first id of one to the first id beyond it."""
    ids, last = Article.objects.published().order_by("pk").values_list("pk", flat=True), 0
    while (found := ids.filter(pk__gt=last).first()) is not None:
        number = _number_of(found)
        yield number
        last = number * PORTION


def _articles(number: int) -> Iterator[Entry]:
    first, last = _range(number)
    rows = Article.objects.published().filter(pk__gte=first, pk__lte=last).order_by("pk")
    path = pages_of("article")
    for slug, changed in rows.values_list("slug", "updated_at").iterator():
        yield Entry(path(slug), changed)


def _section_of(kind: SubjectKind) -> Section:
    """The people, places or topics that an article is about, themselves or what lies below them."""

    def ids() -> list[int]:
        return sorted(id for id in count_values(kind.plural) if id != NONE)

    def entries(number: int) -> Iterator[Entry]:
        (first, last), path = _range(number), pages_of(kind.name)
        for part in in_parts(id for id in ids() if first <= id <= last):
            rows = kind.model.objects.filter(pk__in=part).order_by("pk")
            yield from (Entry(path(slug)) for slug in rows.values_list("slug", flat=True))

    return Section(kind.plural, lambda: dict.fromkeys(map(_number_of, ids())), entries)


def _number_of(id: int) -> int:
    return (id - 1) // PORTION + 1


def _range(number: int) -> tuple[int, int]:
    return (number - 1) * PORTION + 1, number * PORTION


SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section("lists", lambda: [1], _lists),
        Section("articles", _article_numbers, _articles),
        *map(_section_of, SUBJECT_KINDS.values()),
    )
}
