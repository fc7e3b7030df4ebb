"""The likely duplicates that were found last, kept for all processes: looking for them takes seconds to a minute."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from django.core.cache import caches
from django.db.models import Q
from django.utils import timezone

from articles.models import Namesakes, SubjectKind
from articles.search.files import index_folder

from .evidence import Reason
from .likely_duplicates import Pair, Progress, find_duplicates

# Written anew where what is stored changes its shape.
VERSION = 1
# So many pairs are held against the database at once.
PORTION = 100


@dataclass(frozen=True)
class Findings:
    found_at: datetime.datetime
    pairs: Sequence[Pair]


def look_for_duplicates(kind: SubjectKind, on_progress: Progress = lambda step: None) -> Findings:
    """Looks for them anew, and keeps what was found."""
    findings = Findings(timezone.now(), find_duplicates(kind, on_progress))
    caches["findings"].set(_key(kind), (findings.found_at, [astuple(pair) for pair in findings.pairs]))
    return findings


def stored_duplicates(kind: SubjectKind) -> Findings | None:
    """None if nobody has looked yet."""
    stored = caches["findings"].get(_key(kind))
    if stored is None:
        return None
    found_at, rows = stored
    return Findings(found_at, _Pairs(rows))


def open_pairs(kind: SubjectKind, pairs: Sequence[Pair], start: int = 0) -> Iterator[tuple[int, Pair]]:
    """(place, pair) from the place `start` on, without those that were merged, removed or told apart since."""
    for first in range(start, len(pairs), PORTION):
        portion = pairs[first : first + PORTION]
        there = _there(kind, portion)
        told_apart = _told_apart(kind, portion)
        for place, pair in enumerate(portion, first):
            if {pair.first, pair.second} <= there and (pair.first, pair.second) not in told_apart:
                yield place, pair


def pairs_with(kind: SubjectKind, subject: int) -> list[Pair]:
    """The likely duplicates of one subject."""
    findings = stored_duplicates(kind)
    rows = findings.pairs.rows if findings else []
    pairs = [_pair(row) for row in rows if subject in row[:2]]
    return [pair for _place, pair in open_pairs(kind, pairs)]


class _Pairs(Sequence[Pair]):
    """Thousands of pairs, of which a page shows twenty: each is built when it is asked for."""

    def __init__(self, rows: list[tuple]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place):
        return [_pair(row) for row in self.rows[place]] if isinstance(place, slice) else _pair(self.rows[place])


def _pair(row: tuple) -> Pair:
    first, second, score, reason, company = row
    return Pair(first, second, score, Reason(*reason), tuple(map(tuple, company)))


def _key(kind: SubjectKind) -> str:
    return f"duplicates-{VERSION}-{kind.name}-{index_folder().name}"


def _there(kind: SubjectKind, pairs: Sequence[Pair]) -> set[int]:
    ids = {id for pair in pairs for id in (pair.first, pair.second)}
    return set(kind.model.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _told_apart(kind: SubjectKind, pairs: Sequence[Pair]) -> set[tuple[int, int]]:
    of_pairs = Q(first_id__in=[pair.first for pair in pairs], second_id__in=[pair.second for pair in pairs])
    return set(Namesakes.objects.filter(of_pairs, kind=kind.name).values_list("first_id", "second_id"))
