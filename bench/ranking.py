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
    ours, theirs = [], []
    for word in words:
        query = ArticleQuery(words=word, sort="relevance")
        ours.append(_best(lambda query=query: search(query, limit=TOP), repeat))
        theirs.append(_best(lambda word=word: _rank(cursor, word), repeat))
        print(f"  {word:16} {search(query).total:>9,} articles {ours[-1]:8.1f} ms {theirs[-1]:8.1f} ms", flush=True)
    print(f"index    {measure.summary(ours)}")
    print(f"ts_rank  {measure.summary(theirs)}")
    print(f"median of ratios {median(their / our for our, their in zip(ours, theirs, strict=True)):.0f}")


def _rank(cursor, word: str) -> list:
    cursor.execute(RANKED, [word])
    return cursor.fetchall()


def _best(action, repeat: int) -> float:
    return min(measure.milliseconds(action) for _ in range(repeat))


if __name__ == "__main__":
    main()
