"""Facet counts from the index against the quickest GROUP BY we know on the same database, in the same run.

Asserts first that all counts are equal, then times the hundred most frequent values of each facet, as pages ask
for them. Words are left out: the database has no text index.
"""

import argparse
from statistics import median

import measure

# isort: split
from django.db import connection
from drawn_addresses import draw_questions
from group_by import GroupBy

from articles.models import Article
from articles.search import NONE, ArticleQuery, search

COUNTED_FACETS = ("people", "places", "topics", "source", "year")
SHOWN = 100
ALL = 1_000_000


def main() -> None:
    options = read_options()
    questions = draw_questions(options.questions)
    group_by = GroupBy()
    group_by.prepare()
    print(f"{Article.objects.count():,} articles on {connection.vendor}, {len(questions)} questions")
    assert_equal_counts(questions, group_by)
    print("all counts are equal")
    for name in COUNTED_FACETS:
        compare(questions, group_by, (name,), options.repeat)
    ratios = compare(questions, group_by, COUNTED_FACETS, options.repeat)
    print("ratio by question, all five facets: " + " ".join(f"{ratio:.1f}" for ratio in ratios))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--repeat", type=int, default=3, help="of which the best counts, on both sides")
    return parser.parse_args()


def assert_equal_counts(questions: list[ArticleQuery], group_by: GroupBy) -> None:
    for query in questions:
        page = search(query, limit=0, facets=dict.fromkeys(COUNTED_FACETS, ALL))
        expected = group_by.count(query, COUNTED_FACETS, ALL)
        for name in COUNTED_FACETS:
            # A facet with a choice is counted without it; the database counts the same. "None" is left out.
            counted = {count.value: count.count for count in page.facets[name] if count.value != NONE and count.count}
            assert counted == dict(expected[name]), f"{name} differs for {query}"


def compare(questions: list[ArticleQuery], group_by: GroupBy, names: tuple[str, ...], repeat: int) -> list[float]:
    """Returns how many times as long the database takes, for each question."""
    sizes = dict.fromkeys(names, SHOWN)
    from_index, from_database = [], []
    for query in questions:
        from_index.append(_best(lambda query=query: search(query, limit=0, facets=sizes), repeat))
        from_database.append(_best(lambda query=query: group_by.count(query, names, SHOWN), repeat))
    ratios = [theirs / ours for ours, theirs in zip(from_index, from_database, strict=True)]
    label = names[0] if len(names) == 1 else "all together"
    print(f"{label:13} index    {measure.summary(from_index)}")
    print(f"{'':13} GROUP BY {measure.summary(from_database)}   median of ratios {median(ratios):.1f}", flush=True)
    return ratios


def _best(action, repeat: int) -> float:
    return min(measure.milliseconds(action) for _ in range(repeat))


if __name__ == "__main__":
    main()
