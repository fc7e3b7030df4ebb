"""Addresses go on leading somewhere, however little of a change could be taken back."""

from articles.models import Change
from articles.models.slugs import FormerSlug

from .restoring import Left, Model, Step
from .values import AFTER, BEFORE


class Addresses:
    """The former addresses that go, and the rows that bore them before and should bear them again."""

    def __init__(self) -> None:
        self._gone: list[tuple[Model, str, int]] = []
        self._bearers: dict[tuple[Model, int], str] = {}
        self._left: set[tuple[Model, int | None]] = set()

    def note(self, model: Model, run: list[Step], left: list[Left]) -> None:
        is_insert = run[0].action == Change.Action.INSERT
        if is_insert and issubclass(model, FormerSlug):
            self._gone += [(model, step.fields["slug"][AFTER], step.fields["target_id"][AFTER]) for step in run]
        elif not is_insert:
            # The newest change comes first: the last that is noted of a row is what it was at the start.
            slugs = {(model, step.object_id): step.fields["slug"][BEFORE] for step in run if "slug" in step.fields}
            self._bearers.update(slugs)
            self._left.update((thing.model, thing.pk) for thing in left)

    def settle(self) -> list[Left]:
        """A former address stays if its row does not bear it again: it got another one since, or is not back. One that
        bears it again by itself may give it up again."""
        bearers = {(model, slug): pk for (model, pk), slug in self._bearers.items()}
        for former, slug, target in self._gone:
            rows = former._meta.get_field("target").related_model
            if (rows, slug) in bearers and not self._is_back(rows, bearers[rows, slug], slug):
                _keep(former, rows, slug, target)
        return []

    def _is_back(self, rows: Model, pk: int, slug: str) -> bool:
        return (rows, pk) not in self._left and rows._base_manager.filter(pk=pk, slug=slug).exists()


def _keep(former: Model, rows: Model, slug: str, target: int) -> None:
    is_known = former._base_manager.filter(slug=slug).exists()
    if not is_known and rows._base_manager.filter(pk=target).exists():
        former._base_manager.create(slug=slug, target_id=target)
