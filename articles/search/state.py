"""Which state the index is in, for whoever has kept an answer and asks whether it still holds."""

import datetime
from dataclasses import dataclass

from . import catch_up_for_reader
from .files import open_latest
from .queue import pending_changes


@dataclass(frozen=True)
class IndexState:
    """`name` is another one after every commit, and while changes wait; `committed_at` is the last commit."""

    name: str
    committed_at: datetime.datetime


def index_state() -> IndexState:
    """Catches up first, as a search does. Raises `IndexUnavailable`."""
    catch_up_for_reader()
    opened = open_latest()
    inode, changed, size = opened.seen
    name = f"{opened.folder.name}:{inode}:{changed}:{size}:{pending_changes()}"
    return IndexState(name, datetime.datetime.fromtimestamp(changed / 1e9, datetime.UTC))
