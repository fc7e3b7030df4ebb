"""Following the change queue: the index catches up with the database, at least once for every change.

The index commits first, then exactly the handled queue rows are deleted. A process that dies between
the two leaves the rows, and the next one indexes these articles again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from articles.database.transactions import is_inside_transaction
from articles.models import SUBJECT_KINDS, IndexChange
from articles.models.tree import descendants_of, in_parts

from . import files
from .documents import as_document, entries_for

BATCH = 1_000
HEAP = 64_000_000
# How many changes make one commit: a commit costs some 30 ms of the disk, and an imported article makes ten changes.
PORTION = 50_000


class Change(NamedTuple):
    """A row of the queue."""

    pk: int
    kind: str
    object_id: int


def pending_changes() -> int:
    return IndexChange.objects.count()


def catch_up(limit: int | None = None, patience: float | None = None) -> int:
    """Index what the queue names. Returns how many articles were indexed.

    `limit` bounds roughly the number of articles; `patience` the seconds to wait for another process.
    Raises `IndexBusy`, `IndexNotWritten`, or `IndexUnavailable` where there is no index to bring up to date.

    Does nothing inside a transaction: the index would keep what the database takes back, and nothing would tell.
    """
    if is_inside_transaction() or not IndexChange.objects.exists():
        return 0
    done = handled = 0
    while limit is None or handled < limit:
        portion = PORTION if limit is None else min(PORTION, limit - handled)
        # Given up after each portion, so that a reader who waits can have its turn.
        with files.lock("writing", patience):
            rows = IndexChange.objects.order_by("pk").values_list("pk", "kind", "object_id")
            changes = [Change(*row) for row in rows[:portion]]
            if not changes:
                break
            done += _follow(changes)
        handled += len(changes)
    return done


def index_ids(generation: Path, article_ids: Iterable[int]) -> int:
    """Make the index say of these articles what the database says. The caller holds the writing lock."""
    ids = list(dict.fromkeys(article_ids))
    with files.writer_of(generation, HEAP) as writer:
        for id in ids:
            writer.delete_documents_by_term("id", str(id))
        for start in range(0, len(ids), BATCH):
            for entry in entries_for(ids[start : start + BATCH]):
                writer.add_document(as_document(entry))
    return len(ids)


def journal_path() -> Path:
    return files.index_folder() / "journal"


def _follow(changes: list[Change]) -> int:
    generation = files.live_generation()
    if generation is None:
        raise files.IndexUnavailable("There is no search index to bring up to date. Build it: manage.py index_articles")
    if any(change.kind == IndexChange.Kind.EVERYTHING for change in changes):
        raise files.IndexUnavailable(
            "A table was truncated: the search index must be built anew: manage.py index_articles"
        )
    ids = list(dict.fromkeys(change.object_id for change in changes if change.kind == IndexChange.Kind.ARTICLE))
    if ids:
        if journal_path().exists():
            _write_journal(ids)
        index_ids(generation, ids)
    moved = _articles_that_moved(changes)
    with transaction.atomic():
        IndexChange.objects.bulk_create(IndexChange(kind=IndexChange.Kind.ARTICLE, object_id=id) for id in moved)
        for first, last in _runs([change.pk for change in changes]):
            IndexChange.objects.filter(pk__range=(first, last)).delete()
    return len(ids)


def _articles_that_moved(changes: list[Change]) -> list[int]:
    """All articles at or below a place or topic that moved. They are put into the queue: they may be many more than
    a reader has the time to index."""
    articles: set[int] = set()
    for kind in SUBJECT_KINDS.values():
        moved = {change.object_id for change in changes if change.kind == kind.name}
        below = descendants_of(kind.model, moved) if moved else ()
        for part in in_parts(below):
            articles.update(kind.link.objects.filter(subject__in=part).values_list("article_id", flat=True))
    return sorted(articles)


def _runs(ids: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of rising ids without a gap: exactly these ids, in far fewer pieces."""
    first = last = ids[0]
    for id in ids[1:]:
        if id != last + 1:
            yield first, last
            first = id
        last = id
    yield first, last


def _write_journal(ids: list[int]) -> None:
    """A running rebuild may have read these articles already: tell it to read them again."""
    with journal_path().open("a") as journal:
        # The line break comes first: what a killed process left unfinished must not join the next number.
        journal.writelines(f"\n{id}" for id in ids)
