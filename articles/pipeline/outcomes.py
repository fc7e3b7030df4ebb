"""What became of each record, and the sums of it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from .records import Position


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OLDER = "older"  # the archive, or the same file, has a later version
    DUPLICATE = "duplicate"  # left out by --skip-duplicates


@dataclass
class Outcome:
    """`changes` maps each field that was or would be changed to (before, after); `kept` each one that a person has
    edited, and that the import therefore left alone, to (ours, theirs)."""

    position: Position
    action: Action
    headline: str
    slug: str = ""
    changes: dict[str, tuple] = field(default_factory=dict)
    kept: dict[str, tuple] = field(default_factory=dict)


@dataclass
class ImportReport:
    """What an import did, or with --dry-run would do. `rejected` counts problems; `unknown_tags` tags that became
    neither link nor candidate; `copies` new articles whose text the archive had."""

    actions: Counter = field(default_factory=Counter)
    rejected: int = 0
    links: int = 0
    copies: int = 0
    subjects: int = 0
    candidates: int = 0
    kept: int = 0
    unknown_tags: int = 0
    batch_id: int | None = None
    index_problem: str = ""

    @property
    def has_changed_anything(self) -> bool:
        return bool(self.actions[Action.CREATED] or self.actions[Action.UPDATED])

    def count(self, outcomes: list[Outcome]) -> None:
        self.actions.update(outcome.action for outcome in outcomes)
        self.kept += sum(len(outcome.kept) for outcome in outcomes)
