"""Slugs for many new subjects at once, with a few questions to the database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

from articles.models import Subject, SubjectKind
from articles.models.slugs import make_slug
from articles.models.tree import in_parts

# For so many namesakes at once it is asked which numbers are taken.
NAMESAKES = 100


def give_slugs(kind: SubjectKind, subjects: Sequence[Subject]) -> None:
    """Set the slug of each: its name, with a number where others have it or had it once."""
    wished = [make_slug(subject.name, fallback=kind.name) for subject in subjects]
    taken = _taken(kind, set(wished))
    repeated = taken | {slug for slug, times in Counter(wished).items() if times > 1}
    taken |= _taken(kind, [numbered for slug in repeated for numbered in _numbered(slug, 2)])
    for subject, slug in zip(subjects, wished, strict=True):
        subject.slug = slug if slug not in taken else _first_free(kind, slug, taken)
        taken.add(subject.slug)


def _first_free(kind: SubjectKind, slug: str, taken: set[str]) -> str:
    for first in count(2, NAMESAKES):
        candidates = _numbered(slug, first)
        if first > 2:
            taken |= _taken(kind, candidates)
        if free := next((candidate for candidate in candidates if candidate not in taken), None):
            return free
    raise AssertionError("There is always a free number.")


def _numbered(slug: str, first: int) -> list[str]:
    return [f"{slug}-{number}" for number in range(first, first + NAMESAKES)]


def _taken(kind: SubjectKind, slugs: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for model in (kind.model, kind.model.former_slugs.rel.related_model):
        for part in in_parts(slugs):
            found.update(model._default_manager.filter(slug__in=part).values_list("slug", flat=True))
    return found
