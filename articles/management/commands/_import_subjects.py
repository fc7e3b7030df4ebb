"""What the commands that import people, places and topics have in common."""

from dataclasses import replace

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.pipeline.records import Problem
from articles.pipeline.run import Listeners
from articles.pipeline.subjects.everyday import ALL, CAREFUL, NONE
from articles.pipeline.subjects.formats import FORMATS, ReadingOptions
from articles.pipeline.subjects.formats.columns import SYNONYMS, unknown_fields
from articles.pipeline.subjects.options import ON_CONFLICT, ON_UNSURE, ImportOptions
from articles.pipeline.subjects.outcomes import Action, SubjectReport, Unsure
from articles.pipeline.subjects.run import import_subjects

from ._listening import listening
from ._parsing import Mapping, ShowList, check_paths
from ._progress import progress_bar


class ImportSubjectsCommand(BaseCommand):
    """A command names its `kind`, a word of SUBJECT_KINDS."""

    kind: str
    paths_needed = "+"

    def add_arguments(self, parser):
        formats = FORMATS[self.kind]
        lines = [f"{format.name:20} {format.label}" for format in formats.values()]
        parser.add_argument("paths", nargs=self.paths_needed, metavar="PATH", help="a file, a folder, or - for input")
        parser.add_argument("--format", default="auto", choices=["auto", *formats], help="default: found by content")
        parser.add_argument("--list-formats", action=ShowList, lines=lines, help="show what can be read, and end")
        parser.add_argument("--encoding", default="", help="of texts and tables; default: found by content")
        parser.add_argument("--field", action=Mapping, default={}, metavar="OURS=THEIRS", help="such as name=label")
        parser.add_argument("--languages", default="", metavar="CODES", help="of other names, such as en,fr; or all")
        parser.add_argument(
            "--match-names", choices=[CAREFUL, ALL, NONE], default="", help="which new names are looked for in texts"
        )
        parser.add_argument("--on-conflict", choices=ON_CONFLICT, default="keep", help="where people wrote otherwise")
        parser.add_argument("--on-unsure", choices=ON_UNSURE, default="report", help="where it could be several")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
        parser.add_argument("--report", metavar="FILE", help="a line for each record and change, as CSV or .jsonl")

    def handle(self, *args, paths, dry_run, report, **options):
        chosen = self.options(dry_run, options)
        check_paths(paths)
        try:
            with progress_bar(self.kind) as bar, listening(self, bar, report, shows_changes=dry_run) as listeners:
                done = import_subjects(self.kind, paths, chosen, _telling_what_is_unsure(self, listeners))
        except DatabaseError as error:
            again = "What was imported until then is in. Put it right and run the same command again."
            raise CommandError(f"The database gave up: {str(error).strip()}. {again}") from error
        except OSError as error:
            raise CommandError(f"The import was interrupted: {error}. Run the same command again.") from error
        self.stdout.write(_summary(done, dry_run))
        _check(done, dry_run)

    def options(self, dry_run: bool, options: dict) -> ImportOptions:
        names = ("format", "encoding", "on_conflict", "on_unsure", "match_names")
        return ImportOptions(
            dry_run=dry_run, reading=self.reading_options(options), **{name: options[name] for name in names}
        )

    def reading_options(self, options: dict) -> ReadingOptions:
        if unknown := unknown_fields(self.kind, options["field"]):
            known = ", ".join(SYNONYMS[self.kind])
            raise CommandError(f"There is no field “{unknown[0]}”. The fields are: {known}.")
        languages = tuple(code.strip() for code in options["languages"].split(",") if code.strip())
        return ReadingOptions(languages=languages, columns=options["field"])


def _telling_what_is_unsure(command: BaseCommand, listeners: Listeners) -> Listeners:
    """What could be several subjects stands in the report as such, and not as rejected."""

    def on_problem(problem: Problem) -> None:
        if isinstance(problem, Unsure):
            command.stderr.write(str(problem))
            listeners.outcome(problem.outcome)
        else:
            listeners.problem(problem)

    return replace(listeners, problem=on_problem)


def _summary(report: SubjectReport, dry_run: bool) -> str:
    actions = report.actions
    lines = [
        f"{actions[Action.CREATED]} created, {actions[Action.UPDATED]} updated, "
        f"{actions[Action.UNCHANGED]} unchanged, {report.rejected} rejected."
    ]
    if report.kept:
        lines.append(
            f"{report.kept} values differ from what the archive has, which was kept: --report FILE names them, "
            "--on-conflict update takes the file's."
        )
    lines += [f"Data: {attribution}. Name the source where you publish it." for attribution in report.attributions]
    if dry_run:
        lines.insert(0, "Rehearsal, nothing was written:")
    elif not report.has_changed_anything:
        lines.append("Nothing has changed.")
    else:
        lines.append("Look for the new names in the articles: manage.py link_articles")
        lines.append(f"To take it back: manage.py undo_import {report.batch_id}")
    return "\n".join(lines)


def _check(report: SubjectReport, dry_run: bool) -> None:
    """The exit code is 0 only if everything went in, and is found."""
    if report.index_problem:
        raise CommandError(f"{report.index_problem} Bring the index up to date: manage.py index_articles")
    if report.rejected:
        rest = "" if dry_run else " The rest is in."
        raise CommandError(f"{report.rejected} could not be taken in whole; each is named above.{rest}")
