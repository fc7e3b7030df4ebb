"""Who is above whom, with the moves that an import is about to make."""

from collections.abc import Iterable

from articles.models import SubjectKind
from articles.models.tree import ancestors_of, climb


class Tree:
    def __init__(self, kind: SubjectKind, ids: Iterable[int | None]) -> None:
        """Knows about the subjects with these ids and all above them."""
        self._parents: dict[int, int | None] = {}
        wanted = {id for id in ids if id} if kind.is_tree else set()
        for id, above in ancestors_of(kind.model, wanted).items() if wanted else ():
            self._parents.update(zip([id, *above], [*above, None], strict=True))

    def move(self, id: int, parent: int) -> None:
        self._parents[id] = parent

    def is_at_or_below(self, id: int, other: int) -> bool:
        return id == other or other in climb(self._parents, id)
