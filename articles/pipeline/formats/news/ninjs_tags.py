"""The people, places and topics of a ninjs item."""

from collections.abc import Iterator

from articles.pipeline.records import Tag

from .iptc_codes import code_of, media_topic
from .json_values import first_text, objects_of, texts_of
from .news_item import subject_name

# The fields of the three versions, and what agencies add. Organisations, events and objects have no kind here.
FIELDS = {
    "person": "person", "people": "person", "place": "place", "places": "place", "subject": "topic",
    "subjects": "topic", "keywords": "topic", "located": "place",
}  # fmt: skip


def tags_of(item: dict) -> Iterator[Tag]:
    """`item` has its fields in lower case. A subject may be an object or simply a name."""
    for field, kind in FIELDS.items():
        yield from (Tag(kind, name) for name in texts_of(item.get(field)))
        yield from (Tag(kind, _name(concept), _code(concept, kind)) for concept in objects_of(item.get(field)))


def _name(concept: dict) -> str:
    return subject_name(first_text(concept, "name") or next(filter(None, _names(concept)), ""))


def _names(concept: dict) -> Iterator[str]:
    """Of several names: a list of texts, or of objects with a value."""
    yield from texts_of(concept.get("names"))
    yield from (first_text(name, "value", "name") for name in objects_of(concept.get("names")))


def _code(concept: dict, kind: str) -> str:
    """From its address, or from a scheme and a code in it."""
    number, scheme = first_text(concept, "code", "qcode", "literal"), first_text(concept, "scheme")
    separator = "/" if scheme.startswith("http") and not scheme.endswith(("/", "#", "=")) else ""
    joined = f"{scheme}{separator}{number}" if scheme.startswith("http") else f"{scheme}:{number}"
    code = next(filter(None, map(code_of, (first_text(concept, "uri"), joined, number))), "")
    return code or (media_topic(number) if kind == "topic" else "")
