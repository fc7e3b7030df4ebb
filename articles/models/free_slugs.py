"""Slugs that nobody has, for one row or for many, with a few questions to an index of the database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

from django.db import models

from .tree import in_parts

# For so many namesakes at once it is asked which numbers are taken.
NAMESAKES = 100


def free_slugs(model: type[models.Model], wished: Sequence[str]) -> list[str]:
    """Each of the slugs, with a number where other rows have it or had it once: slug-2, slug-3, …"""
    taken = taken_slugs(model, wished)
    repeated = taken | {slug for slug, times in Counter(wished).items() if times > 1}
    taken |= taken_slugs(model, [numbered for slug in repeated for numbered in _numbered(slug, 2, NAMESAKES)])
    found = []
    for slug in wished:
        found.append(slug if slug not in taken else _first_free(model, slug, taken))
        taken.add(found[-1])
    return found


def taken_slugs(model: type[models.Model], slugs: Iterable[str]) -> set[str]:
    """Those of the slugs that rows of the model have, or had once: a former slug goes on leading to its page."""
    slugs, found = set(slugs), set()
    for each in (model, model.former_slugs.rel.related_model):
        for part in in_parts(slugs):
            found.update(each._default_manager.filter(slug__in=part).values_list("slug", flat=True))
    return found


def _first_free(model: type[models.Model], slug: str, taken: set[str]) -> str:
    """Asks for twice as many numbers each time: what cannot be written in a-z has thousands of namesakes."""
    for doubled in count():
        many = NAMESAKES * 2**doubled
        candidates = _numbered(slug, 2 + many - NAMESAKES, many)
        if doubled:
            taken |= taken_slugs(model, candidates)
        if free := next((candidate for candidate in candidates if candidate not in taken), None):
            return free
    raise AssertionError("There is always a free number.")


def _numbered(slug: str, first: int, many: int) -> list[str]:
    return [f"{slug}-{number}" for number in range(first, first + many)]
