"""What is unusually frequent somewhere, beside what is frequent everywhere."""

import math
from collections.abc import Mapping

from articles.search import FacetCount, Value

# A value that occurs only once or twice may do so by chance.
LEAST = 3


def by_significance(counts: list[FacetCount], everywhere: Mapping[Value, int]) -> list[FacetCount]:
    """Those that are more frequent here than everywhere, the most unusual first.

    The score is JLH, as in Elasticsearch's significant terms: the absolute times the relative rise in share. Shares
    are taken of all mentions counted, so that a result that is the whole archive has no unusual values.
    """
    here_total = sum(count.count for count in counts) or 1
    everywhere_total = sum(everywhere.values()) or 1
    scored = []
    for count in counts:
        here = count.count / here_total
        usual = everywhere.get(count.value, 0) / everywhere_total
        if count.count >= LEAST and usual and here > usual:
            scored.append(((here - usual) * (here / usual), count))
    return [count for _, count in sorted(scored, key=lambda pair: (-pair[0], -pair[1].count))]


def expected_together(one: int, other: int, total: int) -> float:
    """How many of `total` articles would have both of two things by chance, which `one` and `other` have."""
    return one * other / total if total else 0.0


def log_likelihood(together: int, one: int, other: int, total: int) -> float:
    """How sure it is that two things do not appear together by chance alone: Dunning's G², below 0 if they avoid
    each other. (Dunning 1993, Accurate Methods for the Statistics of Surprise and Coincidence.)

    Unlike the ratio to chance it does not prefer the rarest.
    """
    neither = total - one - other + together
    observed = (together, one - together, other - together, neither)
    rows, columns = (one, one, total - one, total - one), (other, total - other, other, total - other)
    score = 0.0
    for seen, row, column in zip(observed, rows, columns, strict=True):
        if seen > 0 and row > 0 and column > 0:
            score += 2 * seen * math.log(seen * total / (row * column))
    return score if together >= expected_together(one, other, total) else -score
