"""Keeping the search index up to date while a long import writes, beside it."""

from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection, connections

from articles.database.engine import keep_few_pages
from articles.database.query_log import no_query_log
from articles.search import IndexNotWritten, update_index

# So many records between two rounds: each costs a commit of the index. A short import indexes once, at its end.
FOLLOW_EVERY = 5_000


class IndexFollower:
    """Indexes in a thread of its own, for the engine works without Python's lock. `problem` says what went wrong; what
    nobody foresaw is raised by the next round, or at the end."""

    def __init__(self, is_needed: bool = True) -> None:
        self.problem = ""
        self._is_needed = is_needed
        self._since = 0
        self._running: Future | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")

    def __enter__(self) -> "IndexFollower":
        return self

    def __exit__(self, kind, error, traceback) -> None:
        if self._running:
            self._thread.submit(connections.close_all).result()  # behind the last round, however that ended
        self._thread.shutdown()
        if kind is None and self._running:
            self._running.result()
        if kind is None and self._is_needed:
            self._update()

    def follow(self, records: int) -> None:
        """Tell how many records were written; starts a round when it is time."""
        self._since += records
        is_busy = self._running is not None and not self._running.done()
        if self._is_needed and self._since >= FOLLOW_EVERY and not is_busy:
            if self._running:
                self._running.result()
            self._since = 0
            self._running = self._thread.submit(self._update)

    def _update(self) -> None:
        try:
            with no_query_log():
                keep_few_pages(connection)
                update_index()
        except IndexNotWritten as error:
            self.problem = str(error)
