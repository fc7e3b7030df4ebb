"""A surname alone counts once the full name has appeared in the same text."""

import re
from typing import TYPE_CHECKING

from .rules import is_boundary

if TYPE_CHECKING:
    from .index import KnownName

Match = tuple[int, int, list["KnownName"]]


def find_surnames(text: str, matches: list[Match], surnames: dict[str, list[tuple[int, "KnownName"]]]) -> list[Match]:
    """`matches`, and the surnames that stand alone after the full name.

    Where the surname is a known name too (Washington), the match keeps both meanings. Where two people of the
    text share it, it keeps both as well: neither is counted for sure.
    """
    if not surnames:
        return matches
    by_span = {(start, end): (start, end, known) for start, end, known in matches}
    spans = sorted(by_span)
    pattern = re.compile("|".join(re.escape(surname) for surname in sorted(surnames, key=len, reverse=True)))
    for found in pattern.finditer(text):
        start, end = found.span()
        bearers = [name for since, name in surnames[found.group()] if start >= since]
        if not bearers or not (is_boundary(text, start) and is_boundary(text, end)):
            continue
        if (start, end) in by_span:
            known = by_span[start, end][2]
            by_span[start, end] = (start, end, known + [name for name in bearers if name not in known])
        elif not _overlaps(spans, start, end):
            by_span[start, end] = (start, end, bearers)
    return [by_span[span] for span in sorted(by_span)]


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)
