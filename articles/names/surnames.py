"""A surname alone counts once the full name has appeared in the same text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .overlaps import Match, longest_first, overlaps
from .rules import is_boundary

if TYPE_CHECKING:
    from .index import KnownName


def find_surnames(text: str, matches: list[Match], surnames: dict[str, list[tuple[int, "KnownName"]]]) -> list[Match]:
    """`matches`, and the surnames that stand alone after the full name.

    `surnames` says for each from where on it counts, and for whom. Where the surname is a known name too
    (Washington), the match keeps both meanings. Where two people of the text share it, it keeps both as
    well: neither is counted for sure.
    """
    by_span = {(start, end): known for start, end, known in matches}
    spans = sorted(by_span)
    alone = []
    for surname, bearers in surnames.items():
        for start, end in _occurrences(text, surname, after=min(since for since, _ in bearers)):
            named = [name for since, name in bearers if since <= start]
            if (start, end) in by_span:
                known = by_span[start, end]
                by_span[start, end] = known + [name for name in named if name not in known]
            elif not overlaps(spans, start, end):
                alone.append((start, end, named))
    return [(start, end, known) for (start, end), known in by_span.items()] + longest_first(alone)


def _occurrences(text: str, surname: str, after: int) -> Iterator[tuple[int, int]]:
    start = text.find(surname, after)
    while start >= 0:
        end = start + len(surname)
        if is_boundary(text, start) and is_boundary(text, end):
            yield start, end
        start = text.find(surname, start + 1)
