"""Values that are unusually frequent in a result, beside those that are frequent everywhere."""

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
