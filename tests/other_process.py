"""Another process of the archive, asked by `tests/test_index_files.py`: one line of JSON in, one line out.

A line names one of the functions below and its arguments.
"""

import json
import os
import signal
import sys
import threading
import time

import django

if __name__ == "__main__":
    django.setup()

from articles import search as archive
from articles.models import Article
from articles.search import ArticleQuery, files, queue
from articles.search.check import compare
from tests.factories import make_article


def add(headline: str) -> None:
    make_article(headline)


def rename(old: str, new: str) -> None:
    Article.objects.filter(headline=old).update(headline=new)


def found(words: str) -> list[str]:
    page = archive.search(ArticleQuery(words=words), limit=1_000)
    return [article.headline for article in Article.objects.in_order(page.ids)]


def pending() -> int:
    return queue.pending_changes()


def differs() -> bool:
    return bool(compare())


def die_when_indexed() -> None:
    """Catch up, and be killed when the index has the changes but the queue has them still."""
    index_ids = queue.index_ids

    def index_and_die(*args):
        index_ids(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    queue.index_ids = index_and_die
    queue.catch_up()


def die_before_indexing() -> None:
    queue.as_document = lambda entry: os.kill(os.getpid(), signal.SIGKILL)
    queue.catch_up()


def die_in_a_rebuild() -> None:
    archive.rebuild(lambda done, total: os.kill(os.getpid(), signal.SIGKILL))


def hold_writing_lock(seconds: float) -> None:
    """Returns once the lock is held; lets go of it later."""
    held = threading.Event()

    def hold():
        with files.lock("writing"):
            held.set()
            time.sleep(seconds)

    threading.Thread(target=hold).start()
    held.wait()


def rebuild_again_and_again(seconds: float) -> int:
    end, times = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        archive.rebuild()
        times += 1
    return times


def search_again_and_again(seconds: float) -> list[int]:
    """The different totals that were seen."""
    end, totals = time.monotonic() + seconds, set()
    while time.monotonic() < end:
        totals.add(archive.search(ArticleQuery()).total)
    return sorted(totals)


def main() -> None:
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(globals()[name](*arguments)), flush=True)


if __name__ == "__main__":
    main()
