"""Triggers that write down every change the search index has to follow.

Whatever changes an article, one of its links or the tree of places and topics (the admin, `bulk_create`,
`QuerySet.update`, `loaddata`, plain SQL) leaves a row in the change queue, in the same transaction. Only the links
that an import adds leave none: it writes their articles in the same transaction, and one row for each is enough.
"""

from django.core import checks
from django.db import connections

from . import history_triggers

QUEUE = "articles_indexchange"
ARTICLE_TABLES = {
    "articles_article": "id",
    "articles_personlink": "article_id",
    "articles_placelink": "article_id",
    "articles_topiclink": "article_id",
}
IMPORT_GOES_ON = f"EXISTS (SELECT 1 FROM {history_triggers.CURRENT} WHERE is_import)"
TREE_TABLES = {"articles_place": "place", "articles_topic": "topic"}
PREFIX = "newsroom_index_"


def install_triggers(using: str = "default", **kwargs) -> None:
    """Create or renew all triggers; called after every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not tables.issuperset({QUEUE, *ARTICLE_TABLES, *TREE_TABLES}):
        return  # migrated back to before the queue existed
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)
    history_triggers.install_history(using)


def remove_triggers(using: str = "default", **kwargs) -> None:
    """Called before every migrate: SQLite cannot remake a table that a trigger of another one writes to."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in _names(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing_triggers(using: str = "default") -> list[str]:
    """Names of the triggers that should be in the database and are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        found = {name for (name,) in cursor.fetchall()}
    return sorted(_names(connection.vendor) - found)


def check_triggers(databases=None, **kwargs) -> list[checks.CheckMessage]:
    problems = []
    for using in databases or []:
        if QUEUE not in connections[using].introspection.table_names():
            continue  # not migrated yet
        if missing := missing_triggers(using):
            problems.append(
                checks.Warning(
                    f"Triggers are missing in the database '{using}': {', '.join(missing)}. "
                    "Changes would not reach the search index.",
                    hint="Run manage.py migrate, then manage.py index_articles.",
                    id="articles.W001",
                )
            )
    return problems


def _names(vendor: str) -> set[str]:
    events = ["insert", "update", "delete"] + (["truncate"] if vendor == "postgresql" else [])
    names = {f"{PREFIX}{table}_{event}" for table in ARTICLE_TABLES for event in events}
    return names | {f"{PREFIX}{table}_parent" for table in TREE_TABLES} | history_triggers.trigger_names()


def _statements(vendor: str) -> list[str]:
    return _sqlite_statements() if vendor == "sqlite" else _postgresql_statements()


def _sqlite_statements() -> list[str]:
    statements = []
    for table, column in ARTICLE_TABLES.items():
        for event, rows in {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}.items():
            name = f"{PREFIX}{table}_{event}"
            inserts = "".join(
                f"INSERT INTO {QUEUE} (kind, object_id) SELECT 'article', {row}.{column}"
                + (f" WHERE NEW.{column} <> OLD.{column}; " if (event, row) == ("update", "OLD") else "; ")
                for row in rows
            )
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
            is_link_made = (column, event) == ("article_id", "insert")
            condition = f"WHEN NEW.batch_id IS NULL OR NOT {IMPORT_GOES_ON} " if is_link_made else ""
            statements.append(f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} {condition}BEGIN {inserts}END")
    for table, kind in TREE_TABLES.items():
        name = f"{PREFIX}{table}_parent"
        statements.append(f"DROP TRIGGER IF EXISTS {name}")
        statements.append(
            f"CREATE TRIGGER {name} AFTER UPDATE OF parent_id ON {table} "
            "WHEN OLD.parent_id IS NOT NEW.parent_id "
            f"BEGIN INSERT INTO {QUEUE} (kind, object_id) VALUES ('{kind}', NEW.id); END"
        )
    return statements


# One queue row for each article that a statement touched, however many rows it touched. TRUNCATE
# fires no row trigger and names no rows: it asks for a rebuild.
POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION {PREFIX}changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND TG_ARGV[0] = 'article_id' AND {IMPORT_GOES_ON} THEN
        INSERT INTO {QUEUE} (kind, object_id) SELECT DISTINCT 'article', article_id FROM changed WHERE batch_id IS NULL;
        RETURN NULL;
    END IF;
    EXECUTE format('INSERT INTO {QUEUE} (kind, object_id) SELECT DISTINCT ''article'', %I FROM changed', TG_ARGV[0]);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION {PREFIX}updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('INSERT INTO {QUEUE} (kind, object_id) '
        'SELECT ''article'', %1$I FROM before UNION SELECT ''article'', %1$I FROM after', TG_ARGV[0]);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION {PREFIX}truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {QUEUE} (kind, object_id) VALUES ('everything', 0);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION {PREFIX}moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {QUEUE} (kind, object_id) VALUES (TG_ARGV[0], NEW.id);
    RETURN NULL;
END $$;
"""
POSTGRESQL_EVENTS = {
    "insert": ("INSERT", "REFERENCING NEW TABLE AS changed", "changed"),
    "delete": ("DELETE", "REFERENCING OLD TABLE AS changed", "changed"),
    "update": ("UPDATE", "REFERENCING OLD TABLE AS before NEW TABLE AS after", "updated"),
    "truncate": ("TRUNCATE", "", "truncated"),
}


def _postgresql_statements() -> list[str]:
    statements = [POSTGRESQL_FUNCTIONS]
    for table, column in ARTICLE_TABLES.items():
        for event, (sql_event, referencing, function) in POSTGRESQL_EVENTS.items():
            statements.append(
                f"CREATE OR REPLACE TRIGGER {PREFIX}{table}_{event} AFTER {sql_event} ON {table} "
                f"{referencing} FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}{function}('{column}')"
            )
    for table, kind in TREE_TABLES.items():
        statements.append(
            f"CREATE OR REPLACE TRIGGER {PREFIX}{table}_parent AFTER UPDATE OF parent_id ON {table} "
            "FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) "
            f"EXECUTE FUNCTION {PREFIX}moved('{kind}')"
        )
    return statements
