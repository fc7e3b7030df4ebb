from django.core.management.base import BaseCommand, CommandError

from articles.pipeline.formats import FORMATS
from articles.pipeline.run import ImportOptions, ImportReport, import_articles

from ._progress import progress_bar


class Command(BaseCommand):
    help = "Import articles from files, folders or standard input. Importing the same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
        parser.add_argument("--format", default="auto", choices=["auto", *FORMATS], help="default: found by content")
        parser.add_argument("--source", default="", help="the source of articles that name none themselves")
        parser.add_argument("--dry-run", action="store_true", help="go through everything and write nothing")

    def handle(self, *args, paths, format, source, dry_run, **options):
        with progress_bar("articles") as bar:
            report = import_articles(
                paths,
                ImportOptions(format, source, dry_run),
                on_problem=lambda problem: self.stderr.write(str(problem)),
                on_progress=bar.update,
            )
        self.stdout.write(_summary(report, dry_run))
        if report.index_problem:
            self.stderr.write(f"The articles are in, but they are not found yet. {report.index_problem}")
        if report.rejected:
            rest = "" if dry_run else " The rest is in."
            raise CommandError(f"{report.rejected} could not be read; each is named above.{rest}")
        if report.index_problem:
            raise CommandError("Everything is in the database; bring the index up to date: manage.py index_articles")


def _summary(report: ImportReport, dry_run: bool) -> str:
    counts = report.counts
    lines = [
        f"{counts.created} created, {counts.updated} updated, {counts.unchanged} unchanged, "
        f"{report.rejected} rejected; {counts.links} links made."
    ]
    if counts.kept:
        lines.append(f"{counts.kept} fields were edited here since and were kept.")
    if report.unknown_tags:
        lines.append(f"{report.unknown_tags} tags of the source name nobody and nothing that the archive knows.")
    if dry_run:
        lines.insert(0, "Rehearsal, nothing was written:")
    elif not counts.created and not counts.updated:
        lines.append("Nothing has changed.")
    return "\n".join(lines)
