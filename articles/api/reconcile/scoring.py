"""How well a candidate fits a question, and which one is meant beyond doubt."""

from dataclasses import dataclass

from articles.models import SubjectKind
from articles.names.folding import fold_name

from .candidates import forms_of, similarity
from .entities import Entity
from .properties import PROPERTIES, texts_of
from .questions import Question
from .types import Type, types_of

# How much of the score is the properties', where any are given.
PROPERTIES_WEIGHT = 0.3
LEAST_SCORE = 40.0


@dataclass(frozen=True)
class Candidate:
    """An entity and how it fits: its name, and each property that was given."""

    entity: Entity
    types: list[Type]
    name_similarity: float
    properties: dict[str, bool]
    is_identified: bool
    has_type: bool

    @property
    def score(self) -> float:
        if self.is_identified:
            return 100.0
        if not self.properties:
            return self.name_similarity
        share = sum(self.properties.values()) / len(self.properties)
        return (1 - PROPERTIES_WEIGHT) * self.name_similarity + PROPERTIES_WEIGHT * 100 * share

    @property
    def is_exact(self) -> bool:
        is_named = self.name_similarity == 100
        return (self.is_identified or is_named) and all(self.properties.values()) and self.has_type


def rank(kind: SubjectKind, question: Question, entities: list[Entity]) -> list[tuple[Candidate, bool]]:
    """The best candidates, and of each whether it is meant beyond doubt: the only one that fits in everything."""
    candidates = [_judge(kind, question, entity) for entity in entities]
    candidates = [each for each in candidates if each.has_type or question.types_are_hints]
    candidates = [each for each in candidates if each.score >= LEAST_SCORE]
    candidates.sort(key=lambda each: (-each.score, -each.entity.article_count, each.entity.subject.slug))
    certain = _certain([each for each in candidates if each.is_exact])
    return [(each, each is certain) for each in candidates[: question.limit]]


def _certain(exact: list[Candidate]) -> Candidate | None:
    """An identifier counts for more than a name; several that fit alike leave a doubt."""
    identified = [each for each in exact if each.is_identified] or exact
    return identified[0] if len(identified) == 1 else None


def _judge(kind: SubjectKind, question: Question, entity: Entity) -> Candidate:
    types = types_of(entity.subject, kind)
    known = {type.id for type in types}
    decide = all if question.matches_all_types else any
    return Candidate(
        entity=entity,
        types=types,
        name_similarity=_name_similarity(question.text, entity),
        properties=dict(_fitting(kind, question, entity)),
        is_identified=_is_identified(kind, question, entity),
        has_type=not question.types or decide(type in known for type in question.types),
    )


def _name_similarity(text: str, entity: Entity) -> float:
    """The slug is as good as a name."""
    if not text:
        return 0.0
    return 100.0 if text == entity.subject.slug else similarity(forms_of(text), entity.names)


def _fitting(kind: SubjectKind, question: Question, entity: Entity):
    """(property, whether it has one of the values) for each property that was given; an unknown one never has."""
    for condition in question.conditions:
        property = PROPERTIES.get(condition.property)
        is_known = property is not None and kind.name in property.kinds
        texts = {fold_name(text) for text in texts_of(entity, property)} if is_known else set()
        yield condition.property, bool(texts & {fold_name(value) for value in condition.values})


def _is_identified(kind: SubjectKind, question: Question, entity: Entity) -> bool:
    """Whether the question gives an identifier of the entity from another catalogue."""
    identifiers = {
        str(value)
        for property in PROPERTIES.values()
        if property.column and kind.name in property.kinds
        for value in property.values(entity)
    }
    asked = {value for each in question.conditions if _is_identifier(each.property) for value in each.values}
    return bool(identifiers & {question.text, *asked})


def _is_identifier(id: str) -> bool:
    return id in PROPERTIES and bool(PROPERTIES[id].column)
