import os

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.pipeline.formats import FORMATS
from articles.pipeline.options import ON_CONFLICT, UNKNOWN_SUBJECTS, ImportOptions
from articles.pipeline.outcomes import Action, ImportReport
from articles.pipeline.reading.encodings import is_known_encoding
from articles.pipeline.run import import_articles

from ._listening import listening
from ._parsing import Mapping, ShowList, check_paths, count
from ._progress import progress_bar


class Command(BaseCommand):
    help = "Import articles from files, folders or standard input. Importing the same file again changes nothing."

    def add_arguments(self, parser):
        lines = [f"{format.name:16} {format.label}" for format in FORMATS.values()]
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
        parser.add_argument("--format", default="auto", choices=["auto", *FORMATS], help="default: found by content")
        parser.add_argument("--list-formats", action=ShowList, lines=lines, help="show what can be read, and end")
        parser.add_argument("--source", default="", help="the source of articles that name none themselves")
        parser.add_argument("--encoding", default="", help="of texts and tables; default: found by content")
        parser.add_argument(
            "--field",
            action=Mapping,
            default={},
            metavar="OURS=THEIRS",
            help="a field of a table, such as headline=title",
        )
        parser.add_argument(
            "--on-conflict", choices=ON_CONFLICT, default="keep", help="what to do with fields that were edited here"
        )
        parser.add_argument(
            "--unknown-subjects", choices=UNKNOWN_SUBJECTS, default="create", help="named by the source, not known here"
        )
        parser.add_argument("--skip-duplicates", action="store_true", help="leave out texts that the archive has")
        parser.add_argument("--dry-run", action="store_true", help="go through everything and write nothing")
        parser.add_argument("--report", metavar="FILE", help="a line for each record and change, as CSV or .jsonl")
        parser.add_argument("--processes", type=count, default=(os.cpu_count() or 1) - 1, help="to look for names")

    def handle(self, *args, paths, field, dry_run, report, **options):
        if options["encoding"] and not is_known_encoding(options["encoding"]):
            raise CommandError(f"“{options['encoding']}” is no encoding. Known ones are utf-8, cp1252, shift-jis, …")
        check_paths(paths)
        names = ("format", "source", "encoding", "on_conflict", "unknown_subjects", "skip_duplicates", "processes")
        chosen = ImportOptions(fields=field, dry_run=dry_run, **{name: options[name] for name in names})
        try:
            with progress_bar("articles") as bar, listening(self, bar, report, shows_changes=dry_run) as listeners:
                done = import_articles(paths, chosen, listeners)
        except DatabaseError as error:
            again = "What was imported until then is in. Put it right and run the same command again."
            raise CommandError(f"The database gave up: {str(error).strip()}. {again}") from error
        except OSError as error:
            raise CommandError(f"The import was interrupted: {error}. Run the same command again.") from error
        self.stdout.write(_summary(done, dry_run))
        _check(done, dry_run)


def _summary(report: ImportReport, dry_run: bool) -> str:
    actions = report.actions
    lines = [
        f"{actions[Action.CREATED]} created, {actions[Action.UPDATED]} updated, "
        f"{actions[Action.UNCHANGED]} unchanged, {report.rejected} rejected; {report.links} links made."
    ]
    remarks = {
        "{} were older versions of others and were left out.": actions[Action.OLDER],
        "{} have a text that the archive had already; they are grouped with it.": report.copies,
        "{} have a text that the archive has and were left out.": actions[Action.DUPLICATE],
        "{} fields were edited here since and were kept.": report.kept,
        "{} people, places or topics that the source names are new.": report.subjects,
        "{} people, places or topics wait as candidates.": report.candidates,
        "{} tags of the source name nobody and nothing that the archive knows.": report.unknown_tags,
    }
    lines += [text.format(number) for text, number in remarks.items() if number]
    if dry_run:
        lines.insert(0, "Rehearsal, nothing was written:")
    elif not report.has_changed_anything:
        lines.append("Nothing has changed.")
    elif report.batch_id:
        lines.append(f"To take it back: manage.py undo_import {report.batch_id}")
    return "\n".join(lines)


def _check(report: ImportReport, dry_run: bool) -> None:
    """The exit code is 0 only if everything went in, and is found."""
    if report.index_problem:
        raise CommandError(
            f"The articles are in, but they are not found yet. {report.index_problem} "
            "Bring the index up to date: manage.py index_articles"
        )
    if report.rejected:
        rest = " The rest is in." if report.actions and not dry_run else ""
        raise CommandError(f"{report.rejected} could not be read; each is named above.{rest}")
