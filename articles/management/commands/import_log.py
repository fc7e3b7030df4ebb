from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from articles.models import ImportBatch

SHOWN = 20


class Command(BaseCommand):
    help = "List the imports, the latest first."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help=f"all of them, not only the last {SHOWN}")

    def handle(self, *args, all, **options):
        batches = ImportBatch.objects.all() if all else ImportBatch.objects.all()[:SHOWN]
        for batch in batches:
            self.stdout.write(_line(batch))
        if not batches:
            self.stdout.write("Nothing has been imported yet.")


def _line(batch: ImportBatch) -> str:
    status = batch.get_status_display() if batch.status != batch.Status.RUNNING or batch.is_running else "Interrupted"
    return (
        f"{batch.pk:>6}  {localtime(batch.started_at):%Y-%m-%d %H:%M}  {status:11}  {batch.get_kind_display()}: "
        f"{batch.created} created, {batch.updated} updated, {batch.unchanged} unchanged, {batch.rejected} rejected  "
        f"{', '.join(batch.paths)}"
    )
