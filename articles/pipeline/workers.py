"""Looking for names in this process, or in others beside it."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import fields, replace
from typing import TypeVar

from .annotate import KnownSubjects, annotate
from .records import AnnotatedRecord, ArticleRecord

# Starting a process takes a second: a small import is over by then.
WORTH_A_PROCESS = 4
# How many portions wait for each process, so that none is idle and memory stays bounded.
WAITING = 2

# The fields of an annotated record that annotating finds, and those of the record itself that it may make.
FINDINGS = [field.name for field in fields(AnnotatedRecord) if field.name != "record"]
MADE = ("headline", "headline_is_derived", "summary")

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
        return _joined(records, self._submit(records)) if records else []

    def ahead(
        self, portions: Iterable[Portion], records_of: Callable[[Portion], list[ArticleRecord]]
    ) -> Iterator[tuple[Portion, dict[int, AnnotatedRecord]]]:
        """Each portion, in order, with its records annotated, by the `id()` of each, while later ones are being
        worked on."""
        waiting: deque[tuple[Portion, list[ArticleRecord], Future]] = deque()
        for portion in portions:
            records = records_of(portion)
            waiting.append((portion, records, self._submit(records)))
            while len(waiting) > (WAITING * self._processes if self._pool else 0):
                first, records, future = waiting.popleft()
                yield first, _by_id(records, future)
        for portion, records, future in waiting:
            yield portion, _by_id(records, future)

    def _submit(self, records: list[ArticleRecord]) -> Future:
        if self._processes and not self._pool and self._started >= WORTH_A_PROCESS:
            self._start_processes()
        self._started += bool(records)
        if self._pool:
            return self._pool.submit(_annotate_all, records)
        future: Future = Future()
        future.set_result([_findings(record, annotate(record, self._known)) for record in records])
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


def _annotate_all(records: list[ArticleRecord]) -> list[tuple]:
    return [_findings(record, annotate(record, _known)) for record in records]


def _findings(record: ArticleRecord, annotated: AnnotatedRecord) -> tuple:
    """What came of annotating, without what the record had: it need not travel back."""
    values = {name: getattr(annotated, name) for name in FINDINGS}
    made = {name: getattr(annotated.record, name) for name in MADE} if annotated.record is not record else {}
    return made, *values.values()


def _joined(records: list[ArticleRecord], future: Future) -> list[AnnotatedRecord]:
    joined = zip(records, future.result(), strict=True)
    return [AnnotatedRecord(replace(record, **made) if made else record, *values) for record, (made, *values) in joined]


def _by_id(records: list[ArticleRecord], future: Future) -> dict[int, AnnotatedRecord]:
    return dict(zip(map(id, records), _joined(records, future), strict=True))
