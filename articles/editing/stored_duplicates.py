"""The likely duplicates that were found last, kept for all processes: looking for them takes seconds to a minute."""

import datetime
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from django.core.cache import caches
from django.db.models import F
from django.utils import timezone

from articles.database.among import Among
from articles.models import Namesakes, SubjectKind
from articles.search.files import index_folder

from .evidence import Reason
from .likely_duplicates import Pair, Progress, find_duplicates

# Written anew where what is stored changes its shape.
VERSION = 1


class Pairs(Sequence[Pair]):
    """Thousands of pairs, of which a page shows ten: each is built when it is asked for."""

    def __init__(self, rows: Sequence[tuple]) -> None:
        self._rows = rows

    @property
    def ids(self) -> list[tuple[int, int]]:
        return [row[:2] for row in self._rows]

    def having(self, subject: int) -> "Pairs":
        """Those of which one is this subject."""
        return Pairs([row for row in self._rows if subject in row[:2]])

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place):
        return Pairs(self._rows[place]) if isinstance(place, slice) else _pair(self._rows[place])


@dataclass(frozen=True)
class Findings:
    """The likeliest pairs come first."""

    found_at: datetime.datetime
    pairs: Pairs


def look_for_duplicates(kind: SubjectKind, on_progress: Progress = lambda step: None) -> Findings:
    """Looks for them anew, and keeps what was found."""
    rows = [astuple(pair) for pair in find_duplicates(kind, on_progress)]
    findings = Findings(timezone.now(), Pairs(rows))
    caches["findings"].set(_key(kind), (findings.found_at, rows))
    return findings


def stored_duplicates(kind: SubjectKind) -> Findings | None:
    """None if nobody has looked yet."""
    stored = caches["findings"].get(_key(kind))
    if stored is None:
        return None
    found_at, rows = stored
    return Findings(found_at, Pairs(rows))


def open_places(kind: SubjectKind, pairs: Pairs) -> list[int]:
    """The places of those that were not merged, removed or told apart since; two queries, however many there are."""
    ids = {id for pair in pairs.ids for id in pair}
    there = set(kind.model.objects.filter(Among(F("pk"), ids)).values_list("pk", flat=True))
    told_apart = set(Namesakes.objects.filter(kind=kind.name).values_list("first_id", "second_id"))
    return [place for place, pair in enumerate(pairs.ids) if there.issuperset(pair) and pair not in told_apart]


def pairs_with(kind: SubjectKind, subject: int) -> list[Pair]:
    """The likely duplicates of one subject."""
    findings = stored_duplicates(kind)
    if findings is None:
        return []
    pairs = findings.pairs.having(subject)
    return [pairs[place] for place in open_places(kind, pairs)]


def _pair(row: tuple) -> Pair:
    first, second, score, reason, company = row
    return Pair(first, second, score, Reason(*reason), tuple(map(tuple, company)))


def _key(kind: SubjectKind) -> str:
    return f"duplicates-{VERSION}-{kind.name}-{index_folder().name}"
