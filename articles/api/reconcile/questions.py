"""Reading what is asked: a batch of questions, or a request for data, as JSON. Every fault is named."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from rest_framework import serializers

from articles.api.problems import BadParameters, TooLarge
from articles.models import SubjectKind

from .properties import properties_of

BATCH_SIZE = 25
MOST_CANDIDATES, DEFAULT_CANDIDATES = 50, 5
LONGEST_TEXT, LONGEST_KEY = 500, 100
MOST_VALUES = 20
MOST_IDS = 200


@dataclass(frozen=True)
class Condition:
    """That a property has one of these values."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    text: str = ""
    types: tuple[str, ...] = ()
    matches_all_types: bool = False
    types_are_hints: bool = False
    conditions: tuple[Condition, ...] = ()
    limit: int = DEFAULT_CANDIDATES


@dataclass(frozen=True)
class DataRequest:
    """Values of these properties for these identifiers."""

    slugs: list[str]
    properties: list[str]


def _text(value: str) -> str:
    """Raises ValidationError for one that is too long, or that no database can compare."""
    return serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True).run_validation(value)


class ValueField(serializers.Field):
    """A text, number or truth value, another entity, or a list of these; as texts."""

    def to_internal_value(self, data) -> tuple[str, ...]:
        values = data if isinstance(data, list) else [data]
        if len(values) > MOST_VALUES:
            raise serializers.ValidationError(gettext("The most is %s values.") % MOST_VALUES)
        return tuple(text for value in values for text in self._texts(value))

    def _texts(self, value) -> list[str]:
        parts = [value[key] for key in ("id", "name") if value.get(key)] if isinstance(value, dict) else [value]
        return [_text(str(part)) for part in parts]


class ConditionSerializer(serializers.Serializer):
    pid = serializers.CharField(max_length=100)
    v = ValueField()


class TypesField(serializers.Field):
    """The id of a type, or a list of ids."""

    def to_internal_value(self, data) -> tuple[str, ...]:
        return tuple(_text(str(each)) for each in (data if isinstance(data, list) else [data])[:MOST_VALUES])


class QuestionSerializer(serializers.Serializer):
    query = serializers.CharField(max_length=LONGEST_TEXT, required=False, default="")
    type = TypesField(required=False, default=())
    type_strict = serializers.ChoiceField(choices=["any", "all", "should"], required=False, default="any")
    limit = serializers.IntegerField(min_value=1, required=False, default=DEFAULT_CANDIDATES)
    properties = ConditionSerializer(many=True, required=False, default=(), max_length=MOST_VALUES)

    def validate(self, question: dict) -> dict:
        if not question["query"] and not question["properties"]:
            raise serializers.ValidationError({"query": [gettext("Give a query, or properties.")]})
        return question


class DataPropertySerializer(serializers.Serializer):
    id = serializers.CharField(max_length=100)


class DataRequestSerializer(serializers.Serializer):
    ids = serializers.ListField(child=serializers.CharField(max_length=LONGEST_TEXT), max_length=MOST_IDS)
    properties = DataPropertySerializer(many=True, max_length=MOST_VALUES)


def read_batch(text: str) -> dict[str, Question]:
    """The questions by their keys. Raises `BadParameters`; `TooLarge` for more than are taken at once."""
    batch = _read_json(text, "queries")
    if len(batch) > BATCH_SIZE:
        raise TooLarge(gettext("The most is %s queries at once.") % BATCH_SIZE)
    if any(len(key) > LONGEST_KEY or not key.isprintable() for key in batch):
        raise BadParameters({"queries": [gettext("Use short and printable keys, such as q0, q1, q2.")]})
    return {key: read_question(question, f"queries.{key}") for key, question in batch.items()}


def read_single(text: str) -> Question:
    """One question: as JSON, or only its text."""
    if text.lstrip().startswith("{"):
        return read_question(_read_json(text, "query"), "query")
    return read_question({"query": text}, "query")


def read_question(data: object, name: str) -> Question:
    values = _checked(QuestionSerializer, data, name)
    return Question(
        text=values["query"],
        types=values["type"],
        matches_all_types=values["type_strict"] == "all",
        types_are_hints=values["type_strict"] == "should",
        conditions=tuple(Condition(each["pid"], each["v"]) for each in values["properties"]),
        limit=min(values["limit"], MOST_CANDIDATES),
    )


def read_data_request(text: str, kind: SubjectKind) -> DataRequest:
    values = _checked(DataRequestSerializer, _read_json(text, "extend"), "extend")
    properties = [each["id"] for each in values["properties"]]
    unknown = [id for id in properties if id not in properties_of(kind)]
    if unknown:
        message = gettext("There is no property %(unknown)s. Known are: %(known)s.")
        known = ", ".join(properties_of(kind))
        raise BadParameters({"extend": [message % {"unknown": unknown[0][:60], "known": known}]})
    return DataRequest(values["ids"], properties)


def _read_json(text: str, name: str) -> dict:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, Mapping):
        raise BadParameters({name: [gettext("This is no JSON object.")]})
    return data


def _checked(serializer: type[serializers.Serializer], data: object, name: str) -> dict:
    found = serializer(data=data)
    if not found.is_valid():
        raise BadParameters({name: found.errors})
    return found.validated_data
