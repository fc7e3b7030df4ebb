"""Two levels of a tree of places or topics, as far as articles are about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from articles.models import Subject, SubjectKind
from articles.models.slugs import RESERVED_SLUG
from articles.names.folding import fold_name

from .address import Address

# The most frequent of each level; the others are in the list, which is a link away.
MOST_BRANCHES = 60
MOST_TWIGS = 10
# Stands for the id above what is part of nothing.
_NOTHING = 0


@dataclass(frozen=True)
class TreeNode:
    """`parts` are the most frequent of its `parts_total`. `tree_url` shows the tree below it, `list_url` all parts."""

    name: str
    url: str
    count: int
    tree_url: str
    list_url: str
    parts: list["TreeNode"] = field(default_factory=list)
    parts_total: int = 0


class _Row(NamedTuple):
    id: int
    name: str
    slug: str
    parent: int | None


def grow_tree(kind: SubjectKind, root: Subject | None, counts: Mapping[int, int]) -> TreeNode:
    """What lies in `root`, and what lies in that. Without a root: what is part of nothing. One query a level."""
    above = _Row(root.pk, root.name, root.slug, root.parent_id) if root else _Row(_NOTHING, "", RESERVED_SLUG, None)
    branches = _parts(kind, [above.id], counts)
    shown = branches.get(above.id, [])[:MOST_BRANCHES]
    twigs = _parts(kind, [row.id for row in shown], counts)
    leaves = _parts(kind, [row.id for rows in twigs.values() for row in rows[:MOST_TWIGS]], counts)
    return _node(kind, above, [branches, twigs, leaves], counts)


def tree_address(kind: SubjectKind, slug: str) -> Address:
    return Address(reverse(f"articles:{kind.plural}_tree"), (("part_of", slug),))


def _parts(kind: SubjectKind, parents: list[int], counts: Mapping[int, int]) -> dict[int, list[_Row]]:
    """The parts with articles of each parent, the most frequent first."""
    is_below = Q(parent=None) if parents == [_NOTHING] else Q(parent__in=parents)
    rows = kind.model.objects.filter(is_below).order_by().values_list("pk", "name", "slug", "parent_id")
    found: dict[int, list[_Row]] = {}
    for row in sorted((_Row(*row) for row in rows if row[0] in counts), key=lambda row: _order(row, counts)):
        found.setdefault(row.parent or _NOTHING, []).append(row)
    return found


def _order(row: _Row, counts: Mapping[int, int]) -> tuple:
    return -counts[row.id], fold_name(row.name), row.id


def _node(kind: SubjectKind, row: _Row, levels: list[dict[int, list[_Row]]], counts: Mapping[int, int]) -> TreeNode:
    """A node with the parts that `levels` hold, the uppermost first; those of the last level are only counted."""
    level, *deeper = levels
    rows = level.get(row.id, [])
    most = MOST_BRANCHES if len(deeper) == 2 else MOST_TWIGS
    return TreeNode(
        row.name,
        reverse(f"articles:{kind.name}", args=[row.slug]),
        counts.get(row.id, 0),
        str(tree_address(kind, row.slug)),
        str(Address(reverse(f"articles:{kind.plural}"), (("part_of", row.slug), ("sort", "count")))),
        [_node(kind, part, deeper, counts) for part in rows[:most]] if deeper else [],
        len(rows),
    )
