"""Up to where the history goes, for whoever has kept an answer and asks whether it still holds."""

import datetime
from dataclasses import dataclass

from django.db.models import Value

from articles.database.transactions import IsWrittenByOthers
from articles.models import Change


@dataclass(frozen=True)
class HistoryState:
    """The latest change, and when it was made; None in a history without any."""

    change: int | None = None
    changed_at: datetime.datetime | None = None


def history_state() -> HistoryState | None:
    """Another one after every change. None while somebody writes who may come to stand before the latest change:
    changes are numbered as they are made, and seen as they are committed."""
    is_written = IsWrittenByOthers(Value(Change._meta.db_table))
    latest = Change.objects.order_by("-pk").values_list("pk", "made_at", is_written).first()
    if latest is None:
        return HistoryState()
    change, changed_at, may_be_late = latest
    return None if may_be_late else HistoryState(change, changed_at)
