"""Loading the names that the archive knows."""

from articles.models import SUBJECT_KINDS
from articles.names import KnownName, NameIndex


def load_names() -> NameIndex:
    """Every name and alias in the database, ready to be looked for. Two queries for each kind of subject."""
    names = []
    for kind in SUBJECT_KINDS.values():
        rows = kind.model.objects.values_list("pk", "name", "name_is_matched").iterator()
        names += [KnownName(kind.name, pk, name, is_matched) for pk, name, is_matched in rows]
        aliases = kind.alias.objects.values_list("subject_id", "name").iterator()
        names += [KnownName(kind.name, pk, name) for pk, name in aliases]
    return NameIndex(names, {kind.name: _parents(kind) for kind in SUBJECT_KINDS.values() if kind.is_tree})


def _parents(kind) -> dict[int, int | None]:
    return dict(kind.model.objects.values_list("pk", "parent_id"))
