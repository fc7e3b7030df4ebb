"""What somebody else does at the worst moment: between the reading of a row and the transaction that writes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, models


def act_before(monkeypatch, place, name: str, act: Callable[[], object]) -> None:
    """Whenever the function of this name is called in its module or class, `act` happens first; once in all."""
    original, left = getattr(place, name), [act]

    def after_somebody_else(*args, **kwargs):
        if left:
            left.pop()()
        return original(*args, **kwargs)

    monkeypatch.setattr(place, name, after_somebody_else)


@contextmanager
def locks_rows_of(*tables: type[models.Model]) -> Iterator[None]:
    """Asserts that rows of these tables are read for change. In SQLite a transaction has the whole database."""
    asked: list[str] = []

    def note(execute, sql, *others):
        asked.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        yield
    locking = [sql for sql in asked if "FOR UPDATE" in sql]
    for model in () if connection.vendor == "sqlite" else tables:
        assert any(f'"{model._meta.db_table}"' in sql for sql in locking), model
