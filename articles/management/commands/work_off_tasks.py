"""Work off the tasks that wait, one after the other, and end."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Work off the tasks that wait (imports and bulk edits of the desk), and end when there is none left."

    def handle(self, *args, **options) -> None:
        with _lock("next", wait=False) as place_in_line:
            if not place_in_line:
                return  # another process waits already, and will find what this one would
            with _lock("working", wait=True):
                fcntl.flock(place_in_line, fcntl.LOCK_UN)
                call_command("db_worker", batch=True, reload=False, startup_delay=False, verbosity=0)
                call_command("prune_db_task_results", verbosity=0)


@contextlib.contextmanager
def _lock(name: str, wait: bool) -> Iterator:
    """The open lock file; None if another process holds it and this one does not wait."""
    with (Path(settings.DATA_DIR) / f"tasks-{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield None
            return
        yield file
