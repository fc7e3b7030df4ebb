"""Looking for names in this process, or in others beside it."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from typing import Generic, TypeVar

from .annotate import KnownSubjects, annotate
from .memory import collect_seldom
from .records import AnnotatedRecord, ArticleRecord

# So many portions are worth a process: it takes a second to start, and a small import is over by then.
WORTH_A_PROCESS = 2
# How many portions wait for each process, so that none is idle and memory stays bounded.
WAITING = 2

# The fields of an annotated record that annotating finds, and those of the record itself that it may make.
FINDINGS = [field.name for field in fields(AnnotatedRecord) if field.name != "record"]
MADE = ("headline", "headline_is_derived", "summary")

Portion = TypeVar("Portion")


@dataclass
class _Waiting(Generic[Portion]):
    """A portion with its records; `future` gives what other processes find about them, once they are asked."""

    portion: Portion
    records: list[ArticleRecord]
    future: Future | None = None


class Annotators:
    """Annotates portions of records ahead of where they are needed: in `processes` others, if there is enough to do,
    else in this one."""

    def __init__(self, load: Callable[[], KnownSubjects], processes: int) -> None:
        """`load` gives the known names. It is asked when there is something to annotate."""
        self._load = load
        self._known: KnownSubjects | None = None
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Annotators":
        return self

    def __exit__(self, *error) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def annotate(self, records: list[ArticleRecord]) -> list[AnnotatedRecord]:
        """At once."""
        if self._pool:
            return _joined(records, self._pool.submit(_annotate_all, records).result()) if records else []
        self._known = self._known or (self._load() if records else None)
        return [annotate(record, self._known) for record in records]

    def ahead(
        self, portions: Iterable[Portion], records_of: Callable[[Portion], list[ArticleRecord]]
    ) -> Iterator[tuple[Portion, dict[int, AnnotatedRecord]]]:
        """Each portion, in order, with its records annotated, by the `id()` of each, while later ones are being
        worked on."""
        waiting: deque[_Waiting] = deque()
        for portion in portions:
            waiting.append(_Waiting(portion, records_of(portion)))
            self._hand_out(waiting)
            while len(waiting) > self._most_waiting:
                yield self._finished(waiting.popleft())
        yield from map(self._finished, waiting)

    @property
    def _most_waiting(self) -> int:
        if self._pool:
            return WAITING * self._processes
        return WORTH_A_PROCESS - 1 if self._processes else 0

    def _hand_out(self, waiting: Iterable[_Waiting]) -> None:
        """To other processes. They are started when enough waits for the first time."""
        if self._processes and not self._pool and sum(bool(each.records) for each in waiting) >= WORTH_A_PROCESS:
            self._start_processes()
        if self._pool:
            for each in waiting:
                each.future = each.future or self._pool.submit(_annotate_all, each.records)

    def _finished(self, each: _Waiting[Portion]) -> tuple[Portion, dict[int, AnnotatedRecord]]:
        annotated = _joined(each.records, each.future.result()) if each.future else self.annotate(each.records)
        return each.portion, dict(zip(map(id, each.records), annotated, strict=True))

    def _start_processes(self) -> None:
        # Spawned, not forked: a copy of this process would share its connection to the database.
        context = multiprocessing.get_context("spawn")
        known = self._known.without_index() if self._known else self._load()
        self._pool = ProcessPoolExecutor(self._processes, context, _remember, (known,))
        # From here on this process needs no names of its own.
        self._known = None


_known: KnownSubjects | None = None


def _remember(known: KnownSubjects) -> None:
    global _known
    _known = known
    known.index  # noqa: B018 - built while the first records are on their way
    collect_seldom()


def _annotate_all(records: list[ArticleRecord]) -> list[tuple]:
    return [_findings(record, annotate(record, _known)) for record in records]


def _findings(record: ArticleRecord, annotated: AnnotatedRecord) -> tuple:
    """What came of annotating, without what the record had: it need not travel back."""
    values = {name: getattr(annotated, name) for name in FINDINGS}
    made = {name: getattr(annotated.record, name) for name in MADE} if annotated.record is not record else {}
    return made, *values.values()


def _joined(records: list[ArticleRecord], findings: list[tuple]) -> list[AnnotatedRecord]:
    joined = zip(records, findings, strict=True)
    return [AnnotatedRecord(replace(record, **made) if made else record, *values) for record, (made, *values) in joined]
