"""Fill an archive with invented articles: `bench/generate_archive.py --articles 1000000 --seed 1`.

Writes into the database of DATABASE_URL or NEWSROOM_DATA_DIR and builds its search index.
"""

import argparse
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from threading import Semaphore

import measure

# isort: split
import time

from bulk_write import fast_writing, finish, insert
from django.core.management import call_command
from django.db import models, transaction
from django.utils.text import slugify
from invented_archive import PLACE_KINDS, InventedArchive, InventedSubject
from invented_articles import ARTICLE_COLUMNS, CHUNK, LINK_COLUMNS, ArticleInventor, Chunk

from articles.models import SUBJECT_KINDS, Article, ImportBatch, IndexChange, Source
from articles.search import rebuild

# How many chunks may wait to be written, so that a slow disk does not fill the memory.
WAITING_CHUNKS = 12
SUBJECT_COLUMNS = ("id", "slug", "name", "name_is_matched", "description", "wikidata_id")


def main() -> None:
    options = read_options()
    call_command("migrate", verbosity=0)
    if not options.force and any(model.objects.exists() for model in filled_models()):
        sys.exit("This archive is not empty. Name an empty one, or delete what is in it with --force.")
    with measure.stage("inventing names"):
        archive = InventedArchive(options.articles, options.seed)
    empty_the_archive()
    with measure.stage("all rows and indexes of the database"), fast_writing():
        with measure.stage("  people, places, topics, sources"):
            write_subjects(archive)
        write_articles(archive, options.processes)
    with measure.stage("database statistics"):
        finish([*filled_models(), *(kind.link for kind in SUBJECT_KINDS.values())])
    build_index(options.articles)
    print(f"database {measure.database_megabytes():,.0f} MB   search index {measure.index_megabytes():,.0f} MB")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="how many invent articles beside the one that writes")
    parser.add_argument("--force", action="store_true", help="delete all articles and names that are there")
    return parser.parse_args()


def filled_models() -> list[type[models.Model]]:
    return [Article, ImportBatch, Source, *(kind.model for kind in SUBJECT_KINDS.values())]


def empty_the_archive() -> None:
    for kind in SUBJECT_KINDS.values():
        kind.link.objects.all()._raw_delete("default")
    for model in filled_models():
        model.objects.all().delete()


def write_subjects(archive: InventedArchive) -> None:
    kinds = {name: kind.model for name, kind in SUBJECT_KINDS.items()}
    with transaction.atomic():
        insert(Source, ("id", "slug", "name", "url", "description"), list(_sources(archive)))
        insert(kinds["person"], SUBJECT_COLUMNS, [_subject_row(person) for person in archive.people])
        tree_columns = (*SUBJECT_COLUMNS, "parent_id")
        insert(
            kinds["place"],
            (*tree_columns, "kind", "country_code"),
            [(*_subject_row(place), place.parent, PLACE_KINDS[place.level], "") for place in archive.places],
        )
        insert(
            kinds["topic"],
            (*tree_columns, "iptc_code"),
            [(*_subject_row(topic), topic.parent, "") for topic in archive.topics],
        )
        ImportBatch.objects.create(pk=1, paths=["invented"], status=ImportBatch.Status.FINISHED)


def write_articles(archive: InventedArchive, processes: int) -> None:
    start, written, links = time.perf_counter(), 0, 0
    for chunk in invent_chunks(archive, processes):
        with transaction.atomic():
            insert(Article, ARTICLE_COLUMNS, chunk.articles)
            for name, rows in chunk.links.items():
                insert(SUBJECT_KINDS[name].link, LINK_COLUMNS, rows)
                links += len(rows)
        written += len(chunk.articles)
        if written % (CHUNK * 25) == 0 or written == archive.articles:
            speed = (written + links) / (time.perf_counter() - start)
            print(f"  {written:>9,} articles {links:>10,} links {speed:>10,.0f} rows/s", flush=True)


def invent_chunks(archive: InventedArchive, processes: int) -> Iterator[Chunk]:
    """All chunks in their order, made by other processes while this one writes."""
    waiting = Semaphore(WAITING_CHUNKS)

    def numbers() -> Iterator[int]:
        for number in range((archive.articles + CHUNK - 1) // CHUNK):
            waiting.acquire()
            yield number

    with get_context("spawn").Pool(processes, _prepare, (archive.articles, archive.seed)) as pool:
        for chunk in pool.imap(_invent_chunk, numbers()):
            yield chunk
            waiting.release()


def build_index(articles: int) -> None:
    """The triggers were off: the index does not follow the queue but reads all articles."""
    IndexChange.objects.all()._raw_delete("default")
    start = time.perf_counter()
    rebuild()
    seconds = time.perf_counter() - start
    print(f"{'search index':48} {seconds:8.1f} s {articles / seconds:10,.0f} articles/s", flush=True)


def _sources(archive: InventedArchive) -> Iterator[tuple]:
    for id, name in enumerate(archive.sources, start=1):
        yield id, f"{slugify(name)}-{id}", name, "", ""


def _subject_row(subject: InventedSubject) -> tuple:
    return subject.id, f"{slugify(subject.name)}-{subject.id}", subject.name, True, "", ""


_inventor: ArticleInventor


def _prepare(articles: int, seed: int) -> None:
    global _inventor
    _inventor = ArticleInventor(InventedArchive(articles, seed))


def _invent_chunk(number: int) -> Chunk:
    return _inventor.chunk(number)


if __name__ == "__main__":
    main()
