"""Whether what is read here may still be taken back."""

from django.db import DEFAULT_DB_ALIAS, connections


def is_inside_transaction(using: str = DEFAULT_DB_ALIAS) -> bool:
    """The transaction around a test does not count; `atomic(durable=True)` tells them apart in the same way."""
    connection = connections[using]
    if connection.atomic_blocks:
        return not connection.atomic_blocks[-1]._from_testcase
    return connection.in_atomic_block or not connection.get_autocommit()
