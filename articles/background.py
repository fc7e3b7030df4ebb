"""Long work of the desk: kept in the database as a task, and done by a process that is started when there is some.

from django_tasks import task

@task()
def import_upload(upload_id: int) -> None: ...

do_in_background(import_upload, upload.pk)
"""

import subprocess
import sys

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task


def do_in_background(task: Task, *arguments) -> None:
    """Do the task with these arguments (numbers, texts) as soon as this transaction is committed."""
    task.enqueue(*arguments)
    if settings.WORKER == "demand":
        transaction.on_commit(start_worker)


def start_worker() -> None:
    """Have a process work off what waits. It outlives the page, and the server if need be."""
    subprocess.Popen(
        [sys.executable, "manage.py", "work_off_tasks"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
