from django.core.management.base import BaseCommand, CommandError

from articles.models import ImportBatch
from articles.pipeline.storing.undo import UndoRefused, UndoReport, rehearse_undo, undo_import

from ._progress import progress_bar


class Command(BaseCommand):
    help = "Take back what an import did. What people have changed since stays, and is named."

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, help="the number of the import: see import_log")
        parser.add_argument("--dry-run", action="store_true", help="say what would be taken back, and change nothing")

    def handle(self, *args, batch, dry_run, **options):
        found = ImportBatch.objects.filter(pk=batch).first()
        if not found:
            raise CommandError(f"There is no import {batch}. See which there are: manage.py import_log")
        try:
            with progress_bar("rows") as bar:
                report = (rehearse_undo if dry_run else undo_import)(found, bar.update)
        except UndoRefused as error:
            raise CommandError(str(error)) from error
        self._report(report, dry_run)

    def _report(self, report: UndoReport, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write("Rehearsal, nothing was written:")
        self.stdout.write(
            f"{report.removed} articles removed, {report.restored} rows put back as they were, "
            f"{report.removed_subjects} people, places and topics removed, {len(report.left)} left."
        )
        for sentence in report.left:
            self.stdout.write(sentence)
        if report.index_problem:
            raise CommandError(f"{report.index_problem} Bring the index up to date: manage.py index_articles")
