"""Writing millions of rows quickly into an archive that nobody uses meanwhile.

Indexes and triggers are taken away and made again afterwards, foreign keys are not checked, and a crash may leave
half a database. Good for made-up archives only. The one place in bench/ that knows how to fill each database.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection, models

from articles.database.triggers import install_triggers

TABLE_PREFIX = "articles_"


@contextmanager
def fast_writing() -> Iterator[None]:
    """Inside, rows are written without indexes (other than unique ones), triggers and checks of foreign keys."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        indexes = _sqlite_indexes(cursor) if is_sqlite else _postgresql_indexes(cursor)
        for name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        if is_sqlite:
            _relax_sqlite(cursor)
        else:
            # Needs a superuser; switches off triggers and foreign keys alike.
            cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '1GB'")
        yield
        if is_sqlite:
            cursor.execute("PRAGMA cache_size=-1000000")
        for statement in indexes.values():
            cursor.execute(statement)
        cursor.execute("PRAGMA journal_mode=WAL" if is_sqlite else "SET session_replication_role = DEFAULT")
    install_triggers()
    connection.close()  # the next use opens it with its usual settings


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Add rows by the names of their columns."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
        else:
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv, NULL '\\N')", _csv(rows))


def finish(tables: Sequence[type[models.Model]]) -> None:
    """Let new rows get ids above those written, and let the database learn how its tables look."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _relax_sqlite(cursor) -> None:
    for name in _column(cursor, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        cursor.execute(f'DROP TRIGGER "{name}"')
    for setting in ("foreign_keys=OFF", "journal_mode=MEMORY", "synchronous=OFF", "cache_size=-400000"):
        cursor.execute(f"PRAGMA {setting}")


def _sqlite_indexes(cursor) -> dict[str, str]:
    """Name and statement of every index that no unique constraint brings along."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE %s",
        [f"{TABLE_PREFIX}%"],
    )
    return dict(cursor.fetchall())


def _postgresql_indexes(cursor) -> dict[str, str]:
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename LIKE %s "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [f"{TABLE_PREFIX}%"],
    )
    return dict(cursor.fetchall())


def _column(cursor, statement: str) -> list:
    cursor.execute(statement)
    return [value for (value,) in cursor.fetchall()]


def _csv(rows: Iterable[Sequence]) -> io.StringIO:
    file = io.StringIO()
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([r"\N" if value is None else value for value in row])
    file.seek(0)
    return file
