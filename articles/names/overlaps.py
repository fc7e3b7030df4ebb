"""Choosing among matches that overlap each other. A match is (start, end, the names it can be)."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .index import KnownName

Match = tuple[int, int, list["KnownName"]]


def longest_first(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches the leftmost, and of those the longest."""
    chosen, free_from = [], 0
    for match in sorted(matches, key=lambda match: (match[0], -match[1])):
        if match[0] >= free_from:
            chosen.append(match)
            free_from = match[1]
    return chosen


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether `start:end` shares a character with one of the spans, which are sorted and do not overlap."""
    after = bisect_left(spans, (start, end))
    return (after > 0 and spans[after - 1][1] > start) or (after < len(spans) and spans[after][0] < end)
