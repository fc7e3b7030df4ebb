"""What an import did with each record, in the shape that the report file takes."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from articles.pipeline.outcomes import Outcome
from articles.pipeline.records import Problem


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    UNSURE = "unsure"  # it could be several subjects, and was left out


@dataclass
class SubjectOutcome(Outcome):
    """`headline` is the name; of what is unsure, `slug` lists those that it could be."""

    action: Action


@dataclass(frozen=True)
class Unsure(Problem):
    """A record that could be several subjects."""

    slugs: str = ""
    name: str = ""

    @property
    def outcome(self) -> SubjectOutcome:
        return SubjectOutcome(self.position, Action.UNSURE, self.name, self.slugs)


@dataclass
class SubjectReport:
    """What an import did, or with a rehearsal would do: how many records had each outcome.

    `kept` counts values that were not taken over because people had given others, `parentless` the places that are
    in no country of the archive. `attributions` name the makers of the data.
    """

    actions: Counter = field(default_factory=Counter)
    rejected: int = 0
    kept: int = 0
    parentless: int = 0
    batch_id: int | None = None
    attributions: tuple[str, ...] = ()
    index_problem: str = ""

    @property
    def has_changed_anything(self) -> bool:
        return bool(self.actions[Action.CREATED] or self.actions[Action.UPDATED])
