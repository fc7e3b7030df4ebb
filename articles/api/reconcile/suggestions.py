"""Suggesting entities, properties and types while somebody types."""

from collections.abc import Iterable

from articles.models import SubjectKind
from articles.names.folding import fold_name

from .properties import properties_of
from .types import types_of, types_of_kind

SUGGESTED = 20


def suggest_entities(kind: SubjectKind, prefix: str, skipped: int) -> list[dict]:
    """Those called so, then those whose name begins so, then those with it anywhere in a name."""
    wanted = fold_name(prefix)
    if not wanted:
        return []
    places: dict[int, tuple] = {}
    for pk, name in kind.model.objects.names_containing(prefix):
        folded = fold_name(name)
        place = (folded != wanted, not folded.startswith(wanted), folded, pk)
        places[pk] = min(places.get(pk, place), place)
    by_slug = kind.model.objects.filter(slug=prefix).values_list("pk", flat=True)
    ids = list(dict.fromkeys([*by_slug, *sorted(places, key=places.get)]))[skipped : skipped + SUGGESTED]
    found = kind.model.objects.in_bulk(ids)
    return [_as_json(found[pk], kind) for pk in ids if pk in found]


def suggest_properties(kind: SubjectKind, prefix: str, skipped: int) -> list[dict]:
    return _beginning_so([each.as_json() for each in properties_of(kind).values()], prefix, skipped)


def suggest_types(kind: SubjectKind, prefix: str, skipped: int) -> list[dict]:
    return _beginning_so([each.as_json() for each in types_of_kind(kind)], prefix, skipped)


def _beginning_so(items: Iterable[dict], prefix: str, skipped: int) -> list[dict]:
    """A few items: the prefix may stand anywhere in the id or the name."""
    wanted = fold_name(prefix)
    found = [item for item in items if wanted in fold_name(item["id"]) or wanted in fold_name(item["name"])]
    return found[skipped : skipped + SUGGESTED]


def _as_json(subject, kind: SubjectKind) -> dict:
    return {
        "id": subject.slug,
        "name": subject.name,
        "description": subject.description,
        "notable": [type.as_json() for type in types_of(subject, kind)],
    }
