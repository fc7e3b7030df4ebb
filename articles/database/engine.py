"""Connection settings for each database engine."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

# WAL lets readers go on while one process writes; NORMAL is safe with WAL when a process is killed
# (https://www.sqlite.org/wal.html). The page cache is 64 MB, and the log grows to 80 MB before it is written back: an
# import touches the same pages of its indexes again and again. REPLACE fires the triggers for the rows that it removes
# only with recursive_triggers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; "
    "PRAGMA recursive_triggers=ON; PRAGMA wal_autocheckpoint=20000;",
}

# Seconds. Opening one takes as long as a page without articles, on SQLite too: it reads the schema, with its triggers.
LONGEST_CONNECTION = 60


def database_settings(url: str, data_dir: Path) -> dict:
    """Django's settings for the database at `url`; without one, an SQLite file in `data_dir`."""
    if not url:
        url = f"sqlite:///{data_dir / 'newsroom.sqlite3'}"
    settings = environ.Env.db_url_config(url)
    engine = settings.get("ENGINE", "")
    if engine.endswith("sqlite3"):
        return {**settings, "OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": LONGEST_CONNECTION}
    if engine.endswith("postgresql"):
        return {**settings, "CONN_MAX_AGE": LONGEST_CONNECTION, "CONN_HEALTH_CHECKS": True}
    raise ImproperlyConfigured(
        "DATABASE_URL names no database that Newsroom runs on. Use sqlite:////full/path.sqlite3 "
        "or postgres://user:password@host:5432/name"
    )


def keep_few_pages(connection) -> None:
    """Let this connection have a small page cache: for one that reads each row once. PostgreSQL has one for all."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-8192")
