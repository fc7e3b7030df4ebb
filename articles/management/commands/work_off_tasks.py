"""Work off the tasks that wait, one after the other, and end."""

import fcntl

from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles.background import worker_lock


class Command(BaseCommand):
    help = "Work off the tasks that wait (work of the desk that takes long), and end when there is none left."

    def handle(self, *args, **options) -> None:
        with worker_lock("next", wait=False) as place_in_line:
            if not place_in_line:
                return  # another process waits already, and will find what this one would
            with worker_lock("working", wait=True):
                fcntl.flock(place_in_line, fcntl.LOCK_UN)
                call_command("db_worker", batch=True, reload=False, startup_delay=False, verbosity=0)
                call_command("prune_db_task_results", verbosity=0)
