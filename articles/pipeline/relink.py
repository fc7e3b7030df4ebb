"""Looking for known names in the articles that are stored already."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from articles.history import belonging_to, long_occasion, occasion
from articles.models import Article, Occasion
from articles.names import NameIndex
from articles.pipeline.storing.known_subjects import load_known_subjects
from articles.pipeline.storing.store_links import store_links
from articles.search import update_index

from .annotate import link_mentions, matched_text

BATCH = 500
COLUMNS = ("pk", "headline", "headline_is_derived", "body")


def link_articles(on_progress: Callable[[int], None] = lambda articles: None) -> tuple[int, int]:
    """Match every article's text again. Returns the number of articles and of links made.

    Name matches that no longer hold are removed; what a person decided and what a source said stays.
    """
    with long_occasion("manage.py link_articles") as occasion:
        return _link_all(occasion, on_progress)


def link_article(id: int, names: NameIndex) -> int:
    """The same for one article, if it is still there. Returns the number of links made."""
    row = Article.objects.filter(pk=id).values_list(*COLUMNS).first()
    if row is None:
        return 0
    pk, headline, *_rest = row
    matched = {pk: link_mentions(matched_text(*row[1:]), names)}
    with occasion(_("Names looked for in “%(headline)s”") % {"headline": headline}):
        return store_links(matched, batch=None, origins=("match",))


def _link_all(occasion: Occasion, on_progress: Callable[[int], None]) -> tuple[int, int]:
    names = load_known_subjects().index
    articles = links = 0
    for rows in _rows():
        matched = {pk: link_mentions(matched_text(*texts), names) for pk, *texts in rows}
        with belonging_to(occasion):
            links += store_links(matched, batch=None, origins=("match",))
        update_index()
        articles += len(rows)
        on_progress(len(rows))
    return articles, links


def _rows() -> Iterator[list[tuple]]:
    last = 0
    while rows := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list(*COLUMNS)[:BATCH]):
        yield rows
        last = rows[-1][0]
