"""The OpenAPI document as a page to read: operations in groups, and what they take and answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from rest_framework.settings import api_settings

from .problems import PROBLEMS, Problem

METHODS = ("get", "post", "patch", "delete")


@dataclass(frozen=True)
class Kind:
    """Of what kind a value is: some words, and the name of the object it is or holds, if any."""

    text: str
    component: str = ""


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of an object."""

    name: str
    kind: Kind
    description: str
    is_required: bool = False


@dataclass(frozen=True)
class Answer:
    status: str
    description: str
    component: str


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    summary: str
    description: str
    needs_token: bool
    parameters: list[Field]
    takes: str
    answers: list[Answer]


@dataclass(frozen=True)
class Component:
    """An object that is sent or answered."""

    name: str
    description: str
    fields: list[Field]


@dataclass(frozen=True)
class Reference:
    groups: dict[str, list[Operation]]
    components: list[Component]
    problems: list[Problem]
    rates: dict[str, str | None]


def build_reference(document: dict) -> Reference:
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = _operation(path, method, methods[method])
                groups.setdefault(methods[method]["tags"][0], []).append(operation)
    components = [_component(name, schema) for name, schema in document["components"]["schemas"].items()]
    return Reference(groups, components, list(PROBLEMS.values()), api_settings.DEFAULT_THROTTLE_RATES)


def _operation(path: str, method: str, operation: dict) -> Operation:
    return Operation(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        needs_token={} not in operation.get("security", []),
        parameters=[_parameter(each) for each in operation.get("parameters", [])],
        takes=_component_in(operation.get("requestBody", {})),
        answers=list(_answers(operation["responses"])),
    )


def _parameter(parameter: dict) -> Field:
    kind = _kind_of(parameter["schema"])
    return Field(parameter["name"], kind, parameter.get("description", ""), parameter.get("required", False))


def _answers(responses: dict) -> Iterator[Answer]:
    """Without the problems: they are the same everywhere, and have a place of their own."""
    for status, response in responses.items():
        if int(status) not in PROBLEMS:
            yield Answer(status, response["description"], _component_in(response))


def _component_in(body: dict) -> str:
    for content in body.get("content", {}).values():
        return _kind_of(content["schema"]).component
    return ""


def _component(name: str, schema: dict) -> Component:
    required = schema.get("required", [])
    fields = [
        Field(field, _kind_of(each), each.get("description", ""), field in required)
        for field, each in schema.get("properties", {}).items()
    ]
    return Component(name, schema.get("description", ""), fields)


def _kind_of(schema: dict) -> Kind:
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            kinds = [_kind_of(each) for each in schema[several]]
            return next((kind for kind in kinds if kind.component), kinds[0])
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return Kind(name, name)
    if "enum" in schema:
        return Kind(gettext("one of %s") % ", ".join(str(each) for each in schema["enum"] if each not in ("", None)))
    if schema.get("type") == "array":
        item = _kind_of(schema["items"])
        return Kind(gettext("list of %s") % item.text, item.component)
    return Kind(_words_for(schema))


def _words_for(schema: dict) -> str:
    names = {
        "string": gettext("text"),
        "integer": gettext("whole number"),
        "number": gettext("number"),
        "boolean": gettext("true or false"),
        "null": gettext("null"),
        "object": gettext("object"),
    }
    formats = {"date": gettext("date"), "date-time": gettext("date and time"), "uri": gettext("address")}
    types: Iterable[str] = schema.get("type", "object")
    types = [types] if isinstance(types, str) else types
    if schema.get("format") in formats:
        names["string"] = formats[schema["format"]]
    return gettext(" or ").join(names[each] for each in types)
