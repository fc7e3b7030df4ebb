"""People, places or topics with all that is compared and fetched, in a few queries for any number of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from articles.api.named_results import add_paths
from articles.models import Place, Subject, SubjectKind


@dataclass
class Entity:
    """A subject, its other names, what it is a part of (outermost first), and its country."""

    subject: Subject
    aliases: list[str]
    article_count: int
    page: str
    path: list[Subject] = field(default_factory=list)
    country: Place | None = None

    @property
    def names(self) -> list[str]:
        return [self.subject.name, *self.aliases]


def fetch_entities(
    kind: SubjectKind, subjects: Iterable[Subject], counts: Mapping, request: HttpRequest
) -> dict[int, Entity]:
    """By the subjects' ids. Give them with their aliases prefetched."""
    subjects = list(subjects)
    if kind.is_tree:
        add_paths(kind, subjects)
    countries = _countries(subjects) if kind.model is Place else {}
    return {
        subject.pk: Entity(
            subject=subject,
            aliases=[alias.name for alias in subject.aliases.all() if alias.name != subject.name],
            article_count=counts.get(subject.pk, 0),
            page=request.build_absolute_uri(subject.get_absolute_url()),
            path=getattr(subject, "path", []),
            country=countries.get(getattr(subject, "country_code", "")),
        )
        for subject in subjects
    }


def _countries(places: list[Place]) -> dict[str, Place]:
    codes = {place.country_code for place in places if place.country_code}
    found = Place.objects.filter(kind=Place.Kind.COUNTRY, country_code__in=codes)
    return {place.country_code: place for place in found}
