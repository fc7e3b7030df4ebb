"""The whole import, as a user runs it: `manage.py import_articles` on invented JSON lines, against 50,000 known names.

Parses, links, stores and indexes; then the same again, which changes nothing; then `loaddata` of some of the same
articles with their links, as natural keys, into an archive without them. Needs an empty archive (DATABASE_URL,
NEWSROOM_DATA_DIR) and empties it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

import measure

# isort: split
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from generate_archive import empty_the_archive, filled_models, write_subjects
from invented_archive import InventedArchive
from invented_articles import CHUNK, ArticleInventor

from articles.models import SUBJECT_KINDS, Article, ImportBatch

WORDS = 240
LOOK_EVERY = 0.1


def main() -> None:
    options = read_options()
    call_command("migrate", verbosity=0)
    if not options.force and any(model.objects.exists() for model in filled_models()):
        sys.exit("This archive is not empty. Name an empty one, or delete what is in it with --force.")
    archive = InventedArchive(options.names_of, options.seed)
    prepare(archive)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        with measure.stage(f"inventing {options.articles:,} articles"):
            write_articles(file, archive, options.articles)
        print(f"{file.stat().st_size / 1e6:,.0f} MB of JSON lines, on {connection.vendor}")
        first = import_file(file, options.articles, "the first import")
        again = import_file(file, options.articles, "the same again")
        print(f"unchanged imports take a {first / again:.1f}th of the time")
        fixture = Path(folder) / "articles.json"
        write_fixture(fixture, min(options.loaded, options.articles))
        prepare(archive)
        loaded = load(fixture, min(options.loaded, options.articles))
    print(f"loaddata takes {loaded / (first / options.articles):.1f} times as long for each article")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--loaded", type=int, default=5_000, help="how many articles loaddata gets")
    parser.add_argument(
        "--names-of",
        type=int,
        default=1_000_000,
        help="the names of an archive of so many articles; of a million: 50,000 people, 10,000 places, 1,400 topics",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--force", action="store_true", help="delete all articles and names that are there")
    return parser.parse_args()


def prepare(archive: InventedArchive) -> None:
    """An archive with names and no articles, and an index of it."""
    empty_the_archive()
    write_subjects(archive)
    ImportBatch.objects.all().delete()
    call_command("index_articles", verbosity=0, stdout=sys.stderr)


def write_articles(file: Path, archive: InventedArchive, number: int) -> None:
    inventor = ArticleInventor(archive, WORDS)
    with file.open("w") as lines:
        for chunk in range((number + CHUNK - 1) // CHUNK):
            for row in inventor.records(chunk)[: number - chunk * CHUNK]:
                lines.write(json.dumps(row) + "\n")


def import_file(file: Path, articles: int, what: str) -> float:
    """Seconds that the command takes. Prints rate and memory."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", "import_articles", str(file)], cwd=measure.ROOT)
    with PeakMemory(process.pid) as memory:
        if process.wait():
            sys.exit("The import failed.")
    seconds = time.perf_counter() - start
    rate = articles / seconds
    print(f"{what:20} {seconds:8.1f} s {rate:8,.0f} articles/s, at most {memory.megabytes:,.0f} MB", flush=True)
    return seconds


def write_fixture(file: Path, number: int) -> None:
    articles = list(Article.objects.order_by("pk")[:number])
    for article in articles:
        article.batch = None
    links = [link for kind in SUBJECT_KINDS.values() for link in kind.link.objects.filter(article__in=articles)]
    for link in links:
        link.batch = None
    with file.open("w") as stream:
        # Fixtures of this archive name each other by slug: the rows they meet may have any ids.
        serializers.serialize(
            "json", [*articles, *links], stream=stream, use_natural_foreign_keys=True, use_natural_primary_keys=True
        )


def load(fixture: Path, articles: int) -> float:
    """Seconds for each article."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", "loaddata", str(fixture)], cwd=measure.ROOT, check=True)
    seconds = time.perf_counter() - start
    print(f"{'loaddata':20} {seconds:8.1f} s {articles / seconds:8,.0f} articles/s", flush=True)
    return seconds / articles


class PeakMemory:
    """The most memory that a process and its children hold at once, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid, self._done = pid, Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            self.megabytes = max(self.megabytes, sum(map(_own_megabytes, _family(self._pid))))


def _family(pid: int) -> list[int]:
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(child))]


def _own_megabytes(pid: int) -> float:
    """Anonymous memory: what is mapped from files may be dropped by the system at any time."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")) / 1024


if __name__ == "__main__":
    main()
