"""Telling the user of the import's progress, problems and changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.pipeline.outcomes import Action, Outcome
from articles.pipeline.report_file import ReportFile
from articles.pipeline.run import Listeners

LONGEST_SHOWN = 60


@contextmanager
def listening(command: BaseCommand, bar: tqdm, report: str | None, shows_changes: bool) -> Iterator[Listeners]:
    """Problems and notes go to the terminal, and everything into the report; a rehearsal shows each change."""
    try:
        file = ReportFile(report) if report else None
    except OSError as error:
        raise CommandError(
            f"The report {report} cannot be written ({error.strerror}). Name another --report."
        ) from None

    def on_problem(problem) -> None:
        command.stderr.write(str(problem))
        if file:
            file.add(problem)

    def on_outcome(outcome) -> None:
        if shows_changes and not file:
            command.stdout.write(_line(outcome))
        if file:
            file.add(outcome)

    try:
        yield Listeners(on_problem, lambda note: command.stderr.write(str(note)), on_outcome, bar.update)
    finally:
        if file:
            file.close()


def _line(outcome: Outcome) -> str:
    lines = [f"{outcome.action} {outcome.position} {outcome.headline}"]
    for name, (before, after) in outcome.changes.items():
        lines.append(f"    {name}: {_short(before)} → {_short(after)}")
    for name, (ours, _) in outcome.kept.items():
        lines.append(f"    {name}: {_short(ours)} was edited here and is kept")
    return "\n".join(lines) if outcome.action != Action.UNCHANGED else lines[0]


def _short(value: object) -> str:
    text = "nothing" if value in (None, "") else " ".join(str(value).split())
    return f"{text[:LONGEST_SHOWN]}…" if len(text) > LONGEST_SHOWN else text
