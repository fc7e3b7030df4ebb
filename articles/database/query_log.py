"""Keeping Django from keeping every statement: in debug mode a long command would fill the memory with them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def no_query_log() -> Iterator[None]:
    """For this thread's connection, also in debug mode."""
    made = connection.make_debug_cursor
    connection.make_debug_cursor = connection.make_cursor
    try:
        yield
    finally:
        connection.make_debug_cursor = made
