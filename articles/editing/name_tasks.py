"""Looking for the names that the archive knows in an article that somebody has written: in the background, because
putting all names together takes a second where they are many."""

import time
from collections.abc import Iterable

from django.db.models import Count, Max
from django_tasks import task

from articles.background import do_in_background
from articles.models import SUBJECT_KINDS, Article
from articles.names import NameIndex
from articles.pipeline.relink import link_article
from articles.pipeline.storing.known_subjects import load_known_subjects

# What names are looked for in, and whether the headline counts.
TEXT = {"headline", "headline_is_derived", "body"}
# Seconds: a process that has many articles to look at puts the names together anew after so long, and whenever there
# are others.
KEPT = 20
_kept: dict[tuple, tuple[float, NameIndex]] = {}


@task()
def look_for_names(article_id: int) -> None:
    link_article(article_id, _names())


def ask_to_look_for_names(article: Article, changed: Iterable[str]) -> None:
    """Once this transaction is committed, if its text is not what it was."""
    if TEXT & set(changed):
        do_in_background(look_for_names, article.pk)


def _names() -> NameIndex:
    now, stamp = time.monotonic(), _stamp()
    made, names = _kept.get(stamp, (0.0, None))
    if names is None or now - made > KEPT:
        names = load_known_subjects().index
        _kept.clear()
        _kept[stamp] = now, names
    return names


def _stamp() -> tuple:
    """Another one where names came or went."""
    tables = [table for kind in SUBJECT_KINDS.values() for table in (kind.model, kind.alias)]
    return tuple(tuple(table.objects.aggregate(Count("pk"), Max("pk")).values()) for table in tables)
