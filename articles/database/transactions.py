"""What is not committed yet: here, or by others."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, Func


def is_inside_transaction(using: str = DEFAULT_DB_ALIAS) -> bool:
    """The transaction around a test does not count; `atomic(durable=True)` tells them apart in the same way."""
    connection = connections[using]
    if connection.atomic_blocks:
        return not connection.atomic_blocks[-1]._from_testcase
    return connection.in_atomic_block or not connection.get_autocommit()


class IsWrittenByOthers(Func):
    """Whether another connection has written to a table and not committed yet: `IsWrittenByOthers(Value(its name))`.

    Such a connection holds a lock on the table until its end. On SQLite one writes at a time.
    """

    arity = 1
    output_field = BooleanField()

    def as_sqlite(self, compiler, connection, **context):
        return "0", []

    def as_postgresql(self, compiler, connection, **context):
        template = (
            "EXISTS (SELECT FROM pg_locks WHERE relation = %(expressions)s::regclass AND mode = 'RowExclusiveLock' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND pid <> pg_backend_pid())"
        )
        return self.as_sql(compiler, connection, template=template, **context)
