"""What can be done to many articles at once. Each kind of change judges articles first, so that a preview and the work
itself say the same, and then changes those of which it said so.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from articles.models import BulkEdit

from .bulk_fields import SetSource, SetStatus
from .bulk_links import LinkSubject, UnlinkSubject
from .verdicts import Verdict


class BulkChange(Protocol):
    """`str()` of it is what was done, for the history; `aim` what is to be done, and `about` tells
    apart with what. `judge` takes up to 10,000 ids at once."""

    aim: str
    about: str

    def judge(self, ids: Collection[int]) -> dict[int, Verdict]: ...

    def apply(self, judged: Mapping[int, Verdict], user) -> None: ...


BULK_CHANGES: dict[str, Callable[[Mapping], BulkChange]] = {
    BulkEdit.What.ADD_SUBJECT: LinkSubject,
    BulkEdit.What.REMOVE_SUBJECT: UnlinkSubject,
    BulkEdit.What.STATUS: SetStatus,
    BulkEdit.What.SOURCE: SetSource,
}


def change_of(what: str, values: Mapping) -> BulkChange:
    """Raises BulkEditRefused where the values name what is gone."""
    return BULK_CHANGES[what](values)


def changing(judged: Mapping[int, Verdict]) -> list[int]:
    """The ids of the articles that would change."""
    return [id for id, verdict in judged.items() if verdict.changes]
