"""Triggers that write down every change of an article, a subject, a link: who, when, from what, to what.

Whatever makes the change (the admin, `bulk_update`, `QuerySet.update`, a command, plain SQL) leaves a row in the
history, in the same transaction. Rows that an import makes leave none: they name their import, which is their history.
"""

from django.apps import apps
from django.db import connections, models

HISTORY, CURRENT = "articles_change", "articles_currentoccasion"
PREFIX = "newsroom_history_"
RECORDED = (
    "Article", "Person", "Place", "Topic", "Source", "Candidate", "Namesakes", "PersonAlias", "PlaceAlias",
    "TopicAlias", "PersonLink", "PlaceLink", "TopicLink", "ArticleFormerSlug", "PersonFormerSlug", "PlaceFormerSlug",
    "TopicFormerSlug", "SourceFormerSlug", "TextGroup",
)  # fmt: skip
# Follows from the other columns, or from the clock.
IGNORED = {"id", "created_at", "updated_at"}


def recorded_models() -> list[type[models.Model]]:
    return [apps.get_model("articles", name) for name in RECORDED]


def install_history(using: str = "default", **kwargs) -> None:
    """Create or renew all triggers; called after every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    found = [model for model in recorded_models() if model._meta.db_table in tables]
    if not tables.issuperset({HISTORY, CURRENT}):
        return  # migrated back to before the history existed
    with connection.cursor() as cursor:
        for model in found:
            table = model._meta.db_table
            existing = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            columns = [field.column for field in model._meta.concrete_fields if field.column in existing]
            for statement in statements(connection.vendor, table, columns):
                cursor.execute(statement)


def trigger_names() -> set[str]:
    return {f"{PREFIX}{model._meta.db_table}_{event}" for model in recorded_models() for event in EVENTS}


EVENTS = ("insert", "update", "delete")


def statements(vendor: str, table: str, columns: list[str]) -> list[str]:
    make = _sqlite_statements if vendor == "sqlite" else _postgresql_statements
    return make(table, [column for column in columns if column not in IGNORED], has_batch="batch_id" in columns)


def _sqlite_statements(table: str, columns: list[str], has_batch: bool) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    by_person = f"NOT EXISTS (SELECT 1 FROM {CURRENT} WHERE is_import)"
    by_person = f"NEW.batch_id IS NULL AND {by_person}" if has_batch else by_person
    conditions = {"insert": by_person, "update": changed or "0", "delete": "1"}
    made = []
    for event in EVENTS:
        name = f"{PREFIX}{table}_{event}"
        row = "OLD" if event == "delete" else "NEW"
        made.append(f"DROP TRIGGER IF EXISTS {name}")
        made.append(
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} WHEN {conditions[event]} BEGIN "
            f'INSERT INTO {HISTORY} (occasion_id, "table", object_id, action, fields, made_at) VALUES ('
            f"(SELECT occasion_id FROM {CURRENT}), '{table}', {row}.id, '{event}', "
            f"{_sqlite_fields(event, columns)}, strftime('%Y-%m-%d %H:%M:%f', 'now')); END"
        )
    return made


def _sqlite_fields(event: str, columns: list[str]) -> str:
    """An expression for {column: [before, after]} of the columns that changed."""
    before = {"insert": "NULL"}.get(event, 'OLD."{}"')
    after = {"delete": "NULL"}.get(event, 'NEW."{}"')
    rows = [
        f"SELECT '{column}' AS name, json_array({before.format(column)}, {after.format(column)}) AS pair"
        + (f' WHERE OLD."{column}" IS NOT NEW."{column}"' if event == "update" else "")
        for column in columns
    ]
    return f"(SELECT json_group_object(name, json(pair)) FROM ({' UNION ALL '.join(rows)}))" if rows else "'{}'"


# The row as JSON, column by column.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{{}}'::jsonb ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{{}}'::jsonb ELSE to_jsonb(NEW) END;
    changed jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(name, jsonb_build_array(before -> name, after -> name)), '{{}}'::jsonb)
        INTO changed FROM jsonb_object_keys(before || after) AS name
        WHERE name <> ALL (ARRAY['{"', '".join(sorted(IGNORED))}'])
            AND (TG_OP <> 'UPDATE' OR (before -> name) IS DISTINCT FROM (after -> name));
    IF TG_OP = 'UPDATE' AND changed = '{{}}'::jsonb THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM {CURRENT} WHERE is_import) THEN
        RETURN NULL;
    END IF;
    INSERT INTO {HISTORY} (occasion_id, "table", object_id, action, fields, made_at)
        VALUES ((SELECT occasion_id FROM {CURRENT} LIMIT 1), TG_TABLE_NAME, (before || after ->> 'id')::bigint,
            lower(TG_OP), changed, clock_timestamp());
    RETURN NULL;
END $$;
"""


def _postgresql_statements(table: str, columns: list[str], has_batch: bool) -> list[str]:
    made = [POSTGRESQL_FUNCTION]
    for event in EVENTS:
        condition = "WHEN (NEW.batch_id IS NULL) " if event == "insert" and has_batch else ""
        made.append(
            f"CREATE OR REPLACE TRIGGER {PREFIX}{table}_{event} AFTER {event.upper()} ON {table} "
            f"FOR EACH ROW {condition}EXECUTE FUNCTION {PREFIX}write()"
        )
    return made
