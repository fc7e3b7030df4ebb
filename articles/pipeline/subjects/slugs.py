"""Slugs for many new subjects at once, with a few questions to the database."""

from collections import Counter
from collections.abc import Sequence
from itertools import count

from articles.models import Subject, SubjectKind
from articles.models.slugs import make_slug, taken_slugs

# For so many namesakes at once it is asked which numbers are taken.
NAMESAKES = 100


def give_slugs(kind: SubjectKind, subjects: Sequence[Subject]) -> None:
    """Set the slug of each: its name, with a number where others have it or had it once."""
    wished = [make_slug(subject.name, fallback=kind.name) for subject in subjects]
    taken = taken_slugs(kind.model, set(wished))
    repeated = taken | {slug for slug, times in Counter(wished).items() if times > 1}
    taken |= taken_slugs(kind.model, [numbered for slug in repeated for numbered in _numbered(slug, 2)])
    for subject, slug in zip(subjects, wished, strict=True):
        subject.slug = slug if slug not in taken else _first_free(kind, slug, taken)
        taken.add(subject.slug)


def _first_free(kind: SubjectKind, slug: str, taken: set[str]) -> str:
    for first in count(2, NAMESAKES):
        candidates = _numbered(slug, first)
        if first > 2:
            taken |= taken_slugs(kind.model, candidates)
        if free := next((candidate for candidate in candidates if candidate not in taken), None):
            return free
    raise AssertionError("There is always a free number.")


def _numbered(slug: str, first: int) -> list[str]:
    return [f"{slug}-{number}" for number in range(first, first + NAMESAKES)]
