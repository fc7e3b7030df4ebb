"""Triggers that write down every change of an article, a subject, a link: who, when, from what, to what.

Whatever makes the change (the admin, `bulk_update`, `QuerySet.update`, a command, plain SQL) leaves a row in the
history, in the same transaction. Rows that an import makes leave none: they name their import, which is their history.
"""

from dataclasses import dataclass

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
IGNORED = {"id", "created_at", "updated_at", "folded_name"}
EVENTS = ("insert", "update", "delete")
OWNER_COLUMNS = ("article_id", "subject_id", "former_subject_id")
# The keys by which a row belongs to another one: links, other names, former addresses. Sources and parents own nothing.
OWNING = {"article", "subject", "target"}


@dataclass(frozen=True)
class Owners:
    """The columns of a table that say to which article its rows belong, and to which person, place, topic or source."""

    article: str = ""
    subject: str = ""


def recorded_models() -> list[type[models.Model]]:
    return [apps.get_model("articles", name) for name in RECORDED]


def owning_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if field.many_to_one and field.name in OWNING]


def owners_of(model: type[models.Model]) -> Owners:
    keys = {"article" if is_key_to_article(key) else "subject": key.column for key in owning_keys(model)}
    return Owners(**keys)


def is_key_to_article(key: models.ForeignKey) -> bool:
    return key.related_model._meta.model_name == "article"


def install_history(using: str = "default", **kwargs) -> None:
    """Create or renew all triggers; called after every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not tables.issuperset({HISTORY, CURRENT}) or not _columns(connection, HISTORY).issuperset(OWNER_COLUMNS):
        return  # migrated back to before the history existed, or named what a row belongs to
    found = [model for model in recorded_models() if model._meta.db_table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for model in found:
            table = model._meta.db_table
            existing = _columns(connection, table)
            columns = [field.column for field in model._meta.concrete_fields if field.column in existing]
            for statement in statements(connection.vendor, table, columns, owners_of(model)):
                cursor.execute(statement)


def _columns(connection, table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def trigger_names() -> set[str]:
    return {f"{PREFIX}{model._meta.db_table}_{event}" for model in recorded_models() for event in EVENTS}


def statements(vendor: str, table: str, columns: list[str], owners: Owners) -> list[str]:
    make = _sqlite_statements if vendor == "sqlite" else _postgresql_statements
    columns = [column for column in columns if column not in IGNORED]
    return make(table, columns, owners, has_batch="batch_id" in columns)


def _sqlite_statements(table: str, columns: list[str], owners: Owners, has_batch: bool) -> list[str]:
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
            f'INSERT INTO {HISTORY} (occasion_id, "table", object_id, action, fields, made_at, '
            f"{', '.join(OWNER_COLUMNS)}) VALUES ("
            f"(SELECT occasion_id FROM {CURRENT}), '{table}', {row}.id, '{event}', "
            f"{_sqlite_fields(event, columns)}, strftime('%Y-%m-%d %H:%M:%f', 'now'), "
            f"{_sqlite_owners(event, row, owners)}); END"
        )
    return made


def _sqlite_owners(event: str, row: str, owners: Owners) -> str:
    article, subject = (f'{row}."{column}"' if column else "NULL" for column in (owners.article, owners.subject))
    is_moved = event == "update" and owners.subject
    former = f'nullif(OLD."{owners.subject}", NEW."{owners.subject}")' if is_moved else "NULL"
    return f"{article}, {subject}, {former}"


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


# The row as JSON, column by column. The arguments are the columns of the owners, empty where there is none.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{{}}'::jsonb ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{{}}'::jsonb ELSE to_jsonb(NEW) END;
    current jsonb := before || after;
    subject bigint := current ->> TG_ARGV[1];
    former bigint := CASE WHEN TG_OP = 'UPDATE' THEN before ->> TG_ARGV[1] END;
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
    INSERT INTO {HISTORY} (occasion_id, "table", object_id, action, fields, made_at, {", ".join(OWNER_COLUMNS)})
        VALUES ((SELECT occasion_id FROM {CURRENT} LIMIT 1), TG_TABLE_NAME, (current ->> 'id')::bigint,
            lower(TG_OP), changed, clock_timestamp(),
            (current ->> TG_ARGV[0])::bigint, subject, nullif(former, subject));
    RETURN NULL;
END $$;
"""


def _postgresql_statements(table: str, columns: list[str], owners: Owners, has_batch: bool) -> list[str]:
    made = []
    for event in EVENTS:
        condition = "WHEN (NEW.batch_id IS NULL) " if event == "insert" and has_batch else ""
        made.append(
            f"CREATE OR REPLACE TRIGGER {PREFIX}{table}_{event} AFTER {event.upper()} ON {table} "
            f"FOR EACH ROW {condition}EXECUTE FUNCTION {PREFIX}write('{owners.article}', '{owners.subject}')"
        )
    return made
