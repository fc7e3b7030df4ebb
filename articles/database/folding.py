"""Comparing names without accents and case inside the database."""

from django.db.models import BooleanField, CharField, Func

from articles.names.folding import fold_name

SQLITE_FUNCTION = "newsroom_fold"


class Folded(Func):
    """A text as `fold_name` folds it, near enough to compare with a folded name."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function=SQLITE_FUNCTION, **context)

    def as_postgresql(self, compiler, connection, **context):
        # Accents fall off the decomposed letters; letters with a stroke have none to fall off.
        template = (
            "replace(translate(lower(regexp_replace(normalize(%(expressions)s, NFKD), "
            "'[\u0300-\u036f]', '', 'g')), 'łøđħŧı’‘', 'lodhti'''''), 'ß', 'ss')"
        )
        return self.as_sql(compiler, connection, template=template, **context)


class IsBeyondAscii(Func):
    """Whether a text has any character that folding could change, besides capitals. Cheap, unlike `Folded`."""

    arity = 1
    output_field = BooleanField()

    def as_sqlite(self, compiler, connection, **context):
        template = "length(%(expressions)s) <> length(CAST(%(expressions)s AS BLOB))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "char_length(%(expressions)s) <> octet_length(%(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **context)


def add_functions(connection, **kwargs) -> None:
    """Teach a new SQLite connection to fold."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold_name(text)
