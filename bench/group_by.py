"""The facet counts of an `ArticleQuery` in SQL, as quick as we could make it on SQLite and PostgreSQL.

What helps: the matching articles are found once for all facets that share them; the parents of each place and topic
stand ready in a table; duplicates are removed before counting, which PostgreSQL can spread over processes.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from articles.models import SUBJECT_KINDS
from articles.models.tree import climb
from articles.search import ArticleQuery, FacetChoice

KINDS = {kind.plural: kind for kind in SUBJECT_KINDS.values()}
COLUMNS = {"source": "source_id", "language": "language"}
YEAR = {"sqlite": "CAST(substr(published_on, 1, 4) AS integer)", "postgresql": "extract(year FROM published_on)::int"}
MATCHING = "bench_matching"

Counts = list[tuple[int | str, int]]


class GroupBy:
    def prepare(self) -> None:
        """Temporary tables with each place and topic beside itself and everything above it."""
        with connection.cursor() as cursor:
            for kind in KINDS.values():
                if kind.is_tree:
                    parents = dict(kind.model.objects.values_list("pk", "parent_id"))
                    pairs = [(id, above) for id in parents for above in (id, *climb(parents, id))]
                    cursor.execute(f"CREATE TEMPORARY TABLE bench_{kind.name} (id integer, above integer)")
                    cursor.executemany(f"INSERT INTO bench_{kind.name} VALUES (%s, %s)", pairs)  # noqa: S608
                    cursor.execute(f"CREATE INDEX bench_{kind.name}_id ON bench_{kind.name} (id, above)")
                    cursor.execute(f"CREATE INDEX bench_{kind.name}_above ON bench_{kind.name} (above, id)")
                    cursor.execute(f"ANALYZE bench_{kind.name}")

    def count(self, query: ArticleQuery, names: Sequence[str], size: int) -> dict[str, Counts]:
        """The most frequent values of each facet, counted without the facet's own choice."""
        counts = {}
        for without, together in _groups(query, names):
            conditions, parameters = _conditions(query, without)
            with connection.cursor() as cursor:
                if any(self._is_narrow(query, without) and name in KINDS for name in together):
                    source = f"SELECT id, published_on, source_id FROM articles_article WHERE {conditions}"  # noqa: S608
                    cursor.execute(f"DROP TABLE IF EXISTS {MATCHING}")
                    cursor.execute(f"CREATE TEMPORARY TABLE {MATCHING} AS {source}", parameters)
                    # Without statistics both databases would read all links for a handful of articles.
                    cursor.execute(f"CREATE UNIQUE INDEX {MATCHING}_id ON {MATCHING} (id)")
                    cursor.execute(f"ANALYZE {MATCHING}")
                    conditions, parameters, table = "1 = 1", [], MATCHING
                else:
                    table = "articles_article"
                for name in together:
                    statement = _statement(name, table, conditions)
                    cursor.execute(f"{statement} ORDER BY 2 DESC LIMIT {size}", parameters)
                    counts[name] = cursor.fetchall()
        return counts

    @staticmethod
    def _is_narrow(query: ArticleQuery, without: str | None) -> bool:
        """Whether anything but the status restricts the articles, so that writing them down once pays."""
        return any(name != without for name in query.facets)


def _groups(query: ArticleQuery, names: Sequence[str]) -> Iterable[tuple[str | None, list[str]]]:
    """Facets that count the same articles, and the choice that these leave out."""
    apart = [name for name in names if query.counts_beside_choice(name)]
    together = [name for name in names if name not in apart]
    return ([(None, together)] if together else []) + [(name, [name]) for name in apart]


def _conditions(query: ArticleQuery, without: str | None) -> tuple[str, list]:
    conditions, parameters = ["status = 'published'"], []
    for name, choice in query.facets.items():
        if name != without:
            condition, values = _chosen(name, choice)
            conditions.append(condition)
            parameters += values
    return " AND ".join(conditions), parameters


def _chosen(name: str, choice: FacetChoice) -> tuple[str, list]:
    (value,) = choice.values
    if name == "year":
        return "published_on BETWEEN %s AND %s", [f"{value}-01-01", f"{value}-12-31"]
    if name in COLUMNS:
        return f"{COLUMNS[name]} = %s", [value]
    kind = KINDS[name]
    subjects = f"SELECT id FROM bench_{kind.name} WHERE above = %s" if kind.is_tree else "%s"  # noqa: S608
    links = f"SELECT article_id FROM {_links(name)} WHERE status = 'accepted' AND subject_id IN ({subjects})"  # noqa: S608
    return f"id IN ({links})", [value]


def _statement(name: str, table: str, conditions: str) -> str:
    if name in KINDS:
        articles = f"SELECT id FROM {table} WHERE {conditions}"  # noqa: S608
        links = f"{_links(name)} AS link JOIN ({articles}) AS article ON article.id = link.article_id"
        if not KINDS[name].is_tree:
            return f"SELECT subject_id, count(*) FROM {links} WHERE link.status = 'accepted' GROUP BY 1"  # noqa: S608
        pairs = (
            f"SELECT DISTINCT above, link.article_id FROM {links} JOIN bench_{KINDS[name].name} AS tree "  # noqa: S608
            "ON tree.id = link.subject_id WHERE link.status = 'accepted'"
        )
        return f"SELECT above, count(*) FROM ({pairs}) AS pair GROUP BY 1"  # noqa: S608
    value = YEAR[connection.vendor] if name == "year" else COLUMNS[name]
    known = "published_on IS NOT NULL" if name == "year" else f"{value} IS NOT NULL"
    return f"SELECT {value}, count(*) FROM {table} WHERE {conditions} AND {known} GROUP BY 1"  # noqa: S608


def _links(name: str) -> str:
    return KINDS[name].link._meta.db_table
