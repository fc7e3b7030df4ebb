"""Looking for names in this process, or in others beside it."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from .annotate import KnownSubjects, annotate
from .records import AnnotatedRecord, ArticleRecord

# Starting a process takes a second: a small import is over by then.
WORTH_A_PROCESS = 4
# How many portions wait for each process, so that none is idle and memory stays bounded.
WAITING = 2

Portion = TypeVar("Portion")


class Annotators:
    """Annotates portions of records ahead of where they are needed.

    The first portions are annotated in this process. If there are more, `processes` others are started.
    """

    def __init__(self, known: KnownSubjects, processes: int) -> None:
        self._known: KnownSubjects | None = known
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._started = 0

    def __enter__(self) -> "Annotators":
        return self

    def __exit__(self, *error) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def annotate(self, records: list[ArticleRecord]) -> list[AnnotatedRecord]:
        """At once."""
        return self._submit(records).result() if records else []

    def ahead(
        self, portions: Iterable[Portion], records_of: Callable[[Portion], list[ArticleRecord]]
    ) -> Iterator[tuple[Portion, list[AnnotatedRecord]]]:
        """Each portion with its records annotated, in order, while later ones are being worked on."""
        waiting: deque[tuple[Portion, Future]] = deque()
        for portion in portions:
            waiting.append((portion, self._submit(records_of(portion))))
            while len(waiting) > (WAITING * self._processes if self._pool else 0):
                first, future = waiting.popleft()
                yield first, future.result()
        for portion, future in waiting:
            yield portion, future.result()

    def _submit(self, records: list[ArticleRecord]) -> Future:
        if self._processes and not self._pool and self._started >= WORTH_A_PROCESS:
            self._start_processes()
        self._started += bool(records)
        if self._pool:
            return self._pool.submit(_annotate_all, records)
        future: Future = Future()
        future.set_result([annotate(record, self._known) for record in records])
        return future

    def _start_processes(self) -> None:
        # Spawned, not forked: a copy of this process would share its connection to the database.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self._processes, context, _remember, (self._known.without_index(),))
        # From here on this process needs no names of its own.
        self._known = None


_known: KnownSubjects | None = None


def _remember(known: KnownSubjects) -> None:
    global _known
    _known = known


def _annotate_all(records: list[ArticleRecord]) -> list[AnnotatedRecord]:
    return [annotate(record, _known) for record in records]
