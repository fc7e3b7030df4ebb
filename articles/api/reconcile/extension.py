"""Data extension: the values of some properties for entities that were matched."""

from decimal import Decimal

from django.http import HttpRequest

from articles.api.named_results import count_articles
from articles.models import SUBJECT_KINDS, Subject, SubjectKind

from .entities import Entity, fetch_entities
from .properties import Property, Value, properties_of
from .questions import DataRequest
from .types import main_type


def extend(kind: SubjectKind, asked: DataRequest, request: HttpRequest) -> dict:
    """`meta` says what the properties are, `rows` has the values for each identifier: none for one that is unknown."""
    properties = [properties_of(kind)[id] for id in asked.properties]
    entities = _entities_by_slug(kind, asked.slugs, request)
    return {
        "meta": [_describe(kind, property) for property in properties],
        "rows": {
            slug: {
                property.id: [_as_json(value) for value in property.values(entities[slug])] if slug in entities else []
                for property in properties
            }
            for slug in asked.slugs
        },
    }


def propose(kind: SubjectKind, type_id: str, limit: int | None) -> dict:
    """The properties that can be fetched."""
    proposed = [property.as_json() for property in properties_of(kind).values()]
    answer = {"type": type_id or main_type(kind).id, "properties": proposed[:limit]}
    return {**answer, "limit": limit} if limit else answer


def _entities_by_slug(kind: SubjectKind, slugs: list[str], request: HttpRequest) -> dict[str, Entity]:
    """Also by slugs that they had once."""
    subjects = kind.model.objects.prefetch_related("aliases")
    former = dict(
        kind.model.former_slugs.rel.related_model.objects.filter(slug__in=slugs).values_list("slug", "target_id")
    )
    found = {
        subject.pk: subject for subject in (subjects.filter(slug__in=slugs) | subjects.filter(pk__in=former.values()))
    }
    entities = fetch_entities(kind, found.values(), count_articles(kind.plural), request)
    by_slug = {slug: entities[pk] for slug, pk in former.items() if pk in entities}
    return by_slug | {entity.subject.slug: entity for entity in entities.values()}


def _describe(kind: SubjectKind, property: Property) -> dict:
    """A property whose values are places or topics names their type, and where to find those of another kind."""
    if property.id == "country":
        return {**property.as_json(), "type": main_type(SUBJECT_KINDS["place"]).as_json()}
    if property.id == "part_of":
        return {**property.as_json(), "type": main_type(kind).as_json()}
    return property.as_json()


def _as_json(value: Value) -> dict:
    match value:
        case Subject():
            return {"id": value.slug, "name": value.name}
        case Decimal():
            return {"float": float(value)}
        case int():
            return {"int": value}
    return {"str": str(value)}
