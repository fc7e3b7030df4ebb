"""Trees stay trees: what is taken back must not make a place a part of itself."""

from django.db import models
from django.utils.translation import gettext as _

from articles.models import Change
from articles.models.tree import TreeModel

from .restoring import Left, Model, Step
from .values import BEFORE


class Trees:
    """The places and topics that got a former parent again."""

    def __init__(self) -> None:
        self._moved: dict[Model, dict[int, None]] = {}

    def note(self, model: Model, run: list[Step], left: list[Left]) -> None:
        if issubclass(model, TreeModel) and run[0].action != Change.Action.INSERT:
            moved = [step.object_id for step in run if step.fields.get("parent_id", [None])[BEFORE]]
            self._moved.setdefault(model, {}).update(dict.fromkeys(moved))

    def settle(self) -> list[Left]:
        """Other parents were changed since: what would be a part of itself by now stands alone."""
        return [left for model, ids in self._moved.items() for left in _break_loops(model, list(ids))]


def _break_loops(model: type[models.Model], ids: list[int]) -> list[Left]:
    left, parents = [], _parents_above(model, set(ids))
    for id in ids:
        if _is_in_loop(parents, id):
            parents[id] = None
            model._base_manager.filter(pk=id).update(parent=None)
            left.append(Left(model, id, _("would be a part of itself, and stands alone.")))
    return left


def _parents_above(model: type[models.Model], ids: set[int]) -> dict[int, int | None]:
    """The parent of each row and of all above it. One query a level."""
    parents: dict[int, int | None] = {}
    while ids:
        level = dict(model._base_manager.filter(pk__in=ids).values_list("pk", "parent_id"))
        parents.update(level)
        ids = {parent for parent in level.values() if parent} - parents.keys()
    return parents


def _is_in_loop(parents: dict[int, int | None], id: int) -> bool:
    seen, current = set(), parents.get(id)
    while current and current != id and current not in seen:
        seen.add(current)
        current = parents.get(current)
    return current == id
