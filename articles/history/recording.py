"""Saying on whose behalf changes are made."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from articles.models import CurrentOccasion, Occasion


@contextmanager
def occasion(what: str, user=None, why: str = "", **values) -> Iterator[Occasion]:
    """A transaction whose changes belong together in the history. Inside another occasion, they belong to that one.

    One that has no name yet, as a request's has (see middleware.py), takes the name of the first inside it, and its
    other `values`; where it has a name these would be lost, which is a ValueError. An occasion on which nothing changed
    is not kept.
    """
    with transaction.atomic():
        outer = CurrentOccasion.objects.select_related("occasion").first()
        if outer:
            if outer.occasion.what and values:
                raise ValueError(f"“{what}” would be lost in “{outer.occasion.what}”: give it an occasion of its own.")
            yield outer.occasion if outer.occasion.what else _name(outer.occasion, what, user, why, values)
            return
        user = user if user is not None and user.is_authenticated else None
        made = Occasion.objects.create(what=what[:200], why=why, user=user, **values)
        with belonging_to(made):
            yield made
        if not made.changes.exists():
            made.delete()


def _name(made: Occasion, what: str, user, why: str, values: dict) -> Occasion:
    made.what, made.why = what[:200], why
    made.user = user if user is not None and user.is_authenticated else made.user
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    return made


@contextmanager
def long_occasion(what: str, user=None) -> Iterator[Occasion]:
    """An occasion of many transactions: each of them is opened by `belonging_to`."""
    made = Occasion.objects.create(what=what[:200], user=user)
    try:
        yield made
    finally:
        if not made.changes.exists():
            made.delete()


@contextmanager
def belonging_to(made: Occasion, is_import: bool = False) -> Iterator[Occasion]:
    """A transaction of several on the same occasion: for commands that work in portions.

    Rows that an import makes are not written down one by one: they name their import.
    """
    with transaction.atomic():
        # Never committed: no other connection sees it, and the triggers of this one do.
        current = CurrentOccasion.objects.create(occasion=made, is_import=is_import)
        yield made
        current.delete()
