"""Long work of the desk: kept in the database as a task, and done by a process that is started when there is some.

from django_tasks import task

@task()
def import_upload(upload_id: int) -> None: ...

do_in_background(import_upload, upload.pk)
"""

import contextlib
import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task


def do_in_background(task: Task, *arguments) -> None:
    """Do the task with these arguments (numbers, texts) as soon as this transaction is committed."""
    task.enqueue(*arguments)
    if settings.WORKER == "demand":
        transaction.on_commit(start_worker)


@contextlib.contextmanager
def worker_lock(name: str, wait: bool) -> Iterator:
    """The open lock file; None if another process holds it and this one does not wait. Whoever holds “next” will do
    all that waits by now, as soon as nobody holds “working”."""
    with (Path(settings.DATA_DIR) / f"tasks-{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield None
            return
        yield file


def start_worker() -> None:
    """Have a process work off what waits, unless one is about to. It outlives the page, and the server if need be."""
    with worker_lock("next", wait=False) as is_free:
        if not is_free:
            return
    subprocess.Popen(
        [sys.executable, "manage.py", "work_off_tasks"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
