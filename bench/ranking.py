"""The twenty most relevant articles for common words: the index against `ts_rank` in PostgreSQL, in the same run.

Makes a side table with a stored, GIN-indexed tsvector of every published article, and drops it again.
"""

import argparse
import os
import sys
from collections import Counter
from statistics import median

import measure

# isort: split
from django.db import connection

from articles.models import Article
from articles.search import ArticleQuery, search
from articles.search.engine import Answerer
from articles.search.files import open_latest

# Each run has its own, so that two at once do not take each other's away. Not a temporary table: PostgreSQL reads
# those with one process only.
TABLE = f"bench_ranking_{os.getpid()}"
TOP = 20
SAMPLE = 5_000
BUILD = f"""
CREATE UNLOGGED TABLE {TABLE} AS
    SELECT id, to_tsvector('english', headline || ' ' || summary || ' ' || body) AS document
    FROM articles_article WHERE status = 'published';
CREATE INDEX {TABLE}_document ON {TABLE} USING gin (document);
"""  # noqa: S608
RANKED = f"""
SELECT id FROM {TABLE}, plainto_tsquery('english', %s) AS question
WHERE document @@ question ORDER BY ts_rank(document, question) DESC LIMIT {TOP}
"""  # noqa: S608
RANKED_WITH_TOTAL = RANKED.replace("SELECT id", "SELECT id, count(*) OVER ()", 1)


def main() -> None:
    options = read_options()
    if connection.vendor != "postgresql":
        sys.exit("This compares with PostgreSQL: name one in DATABASE_URL.")
    with connection.cursor() as cursor:
        try:
            with measure.stage("building the tsvector column and its GIN index"):
                cursor.execute(BUILD)
            with measure.stage("VACUUM ANALYZE"):
                cursor.execute(f"VACUUM ANALYZE {TABLE}")
            compare(cursor, common_words(cursor, options.words), options.repeat)
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=3, help="of which the best counts, on both sides")
    return parser.parse_args()


def common_words(cursor, number: int) -> list[str]:
    """The commonest words that PostgreSQL does not leave out as stop words."""
    headlines = Article.objects.published().newest_first().values_list("headline", flat=True)[:SAMPLE]
    counted = Counter(word.lower() for headline in headlines for word in headline.split() if word.isascii())
    words = []
    for word, _ in counted.most_common():
        cursor.execute("SELECT numnode(plainto_tsquery('english', %s))", [word])
        if cursor.fetchone()[0]:
            words.append(word)
        if len(words) == number:
            break
    return words


def compare(cursor, words: list[str], repeat: int) -> None:
    """The ranking alone, then with the exact number of articles found, each against its like."""
    times: dict[str, list[float]] = {name: [] for name in ("ranking", "ts_rank", "with total", "ts_rank, total")}
    for word in words:
        query = ArticleQuery(words=word, sort="relevance")
        actions = (
            lambda query=query: Answerer(open_latest(), query).ids(0, TOP),
            lambda word=word: _rank(cursor, RANKED, word),
            lambda query=query: search(query, limit=TOP),
            lambda word=word: _rank(cursor, RANKED_WITH_TOTAL, word),
        )
        for found, action in zip(times.values(), actions, strict=True):
            found.append(_best(action, repeat))
        figures = " ".join(f"{found[-1]:9.1f} ms" for found in times.values())
        print(f"  {word:16} {search(query).total:>9,} articles {figures}", flush=True)
    for name, found in times.items():
        print(f"{name:16} {measure.summary(found)}")
    print(f"median of ratios, ranking alone {_ratio(times['ts_rank'], times['ranking']):.0f}")
    print(f"median of ratios, with total    {_ratio(times['ts_rank, total'], times['with total']):.0f}")


def _ratio(theirs: list[float], ours: list[float]) -> float:
    return median(their / our for our, their in zip(ours, theirs, strict=True))


def _rank(cursor, statement: str, word: str) -> list:
    cursor.execute(statement, [word])
    return cursor.fetchall()


def _best(action, repeat: int) -> float:
    return min(measure.milliseconds(action) for _ in range(repeat))


if __name__ == "__main__":
    main()
