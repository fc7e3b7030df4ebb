"""Building the index anew beside the live one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections

from articles.database.transactions import is_inside_transaction
from articles.models import Article, IndexChange

from . import files
from .documents import as_document, entries_for
from .queue import BATCH, catch_up, index_ids, journal_path

HEAP = 256_000_000

Progress = Callable[[int, int], None]


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Index every article into a new generation and make it live. Returns the number of articles.

    Readers keep the old generation until the end. Changes made meanwhile are followed in the old one and
    written to the journal, from which the new one catches up before it takes over. A rebuild that is killed
    leaves the old generation as it was. Raises `IndexBusy` while another rebuild runs, `IndexNotWritten`, and
    `IndexUnavailable` inside a transaction, which may still be taken back.
    """
    if is_inside_transaction():
        raise files.IndexUnavailable("The search index cannot be built inside a transaction. Build it after its end.")
    with files.lock("rebuilding", patience=0):
        with files.lock("writing"):
            journal_path().write_text("")
            if files.live_generation() is None:
                # All that waits is read below anyway, and if this is killed there is still no index to be wrong.
                IndexChange.objects.all().delete()
            truncations = list(
                IndexChange.objects.filter(kind=IndexChange.Kind.EVERYTHING).values_list("pk", flat=True)
            )
        with _nothing_left_on_failure():
            generation = files.new_generation()
            total = _index_all(generation, progress)
            with files.lock("writing"):
                _replay(generation)
                files.make_live(generation)
                journal_path().unlink()
        IndexChange.objects.filter(pk__in=truncations).delete()
        files.remove_other_generations(keep=generation)
    catch_up()
    return total


def all_article_ids() -> Iterator[list[int]]:
    """All ids in order, a batch at a time, read by key so that the last batch is as quick as the first.

    Those that are added meanwhile are left to the change queue: an import may add them faster than this reads.
    """
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    last, ids = 0, Article.objects.filter(pk__lte=newest).order_by("pk").values_list("pk", flat=True)
    while batch := list(ids.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]


def forget_index_of_nothing(using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """After `flush`, which empties the change queue like everything else, perhaps after the triggers wrote to it."""
    tables = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and Article._meta.db_table in tables and not Article.objects.exists():
        (files.index_folder() / "live").unlink(missing_ok=True)


@contextmanager
def _nothing_left_on_failure() -> Iterator[None]:
    """A disk that is full gets back what the rebuild took. While there is a journal, every change is written to it."""
    try:
        yield
    except BaseException:
        files.remove_other_generations(keep=files.named_generation())
        with files.lock("writing"):
            journal_path().unlink(missing_ok=True)
        raise


def _index_all(generation: Path, progress: Progress) -> int:
    total, done = Article.objects.count(), 0
    with files.writer_of(generation, HEAP) as writer:
        for ids in all_article_ids():
            for entry in entries_for(ids):
                writer.add_document(as_document(entry))
            done += len(ids)
            progress(done, total)
    return done


def _replay(generation: Path) -> None:
    """Index again what changed while the rebuild was reading."""
    ids = [int(line) for line in journal_path().read_text().split()]
    if ids:
        index_ids(generation, ids)
