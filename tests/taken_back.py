"""A transaction around a test or several, rolled back at the end. As around every test, searches inside it catch up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def all_taken_back() -> Iterator[None]:
    block = transaction.atomic()
    block._from_testcase = True  # as Django marks those of its own
    with block:
        yield
        transaction.set_rollback(True)
