"""Saying what became of the records: the lines of the report, and what went wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from articles.models.tree import in_parts
from articles.pipeline.records import Note, Problem

from .entries import Entry, Run
from .merging import Change, Merged
from .outcomes import Action, SubjectOutcome, SubjectReport, Unsure
from .records import SubjectRecord

Told = SubjectOutcome | Problem | Note


@dataclass
class Decision:
    """What became of a record. `entry` is None where it was left out, because of its `rivals` or as an addition to
    nothing. One that `completes` is a second look at a subject: it counts only if it changes one that is not of
    this import."""

    record: SubjectRecord
    entry: Entry | None
    merged: Merged
    is_new: bool = False
    completes: bool = False
    rivals: list[Entry] = field(default_factory=list)


def tell(decisions: list[Decision], run: Run, report: SubjectReport) -> Iterator[Told]:
    """What to tell, in the order of the decisions; the report counts it."""
    slugs = _slugs_of_parents(decisions, run)
    for decision in decisions:
        if decision.entry and _counts(decision, run):
            outcome = _outcome(decision, slugs)
            report.actions[outcome.action] += 1
            report.kept += len(outcome.kept)
            yield outcome
        report.parentless += decision.merged.lacks_parent and not decision.record.parent.is_expected
        yield from _remarks(decision)


def _counts(decision: Decision, run: Run) -> bool:
    subject = decision.entry.subject
    if not decision.completes:
        return True
    if not decision.merged or run.is_of_this_run(subject) or subject.pk in run.completed:
        return False
    run.completed.add(subject.pk)
    return True


def _outcome(decision: Decision, slugs: dict[int, str]) -> SubjectOutcome:
    subject, merged = decision.entry.subject, decision.merged
    outcome = SubjectOutcome(decision.record.position, Action.CREATED, subject.name, subject.slug)
    if not decision.is_new:
        outcome.action = Action.UPDATED if merged else Action.UNCHANGED
        outcome.changes = _shown(merged.changed, slugs)
        if merged.added_names:
            outcome.changes["other_names"] = ("", "; ".join(merged.added_names))
    outcome.kept = _shown(merged.kept, slugs)
    return outcome


def _remarks(decision: Decision) -> Iterator[Problem | Note]:
    record, merged = decision.record, decision.merged
    for text in merged.notes:
        yield Note(record.position, text)
    if merged.makes_a_loop:
        reason = f"{record.name} would be a part of itself under “{record.parent}”."
        yield Problem(record.position, reason, "It is in the archive without this parent: correct one of the two.")
    if merged.lacks_parent and record.parent.is_expected:
        reason = f"The parent of {record.name}, “{record.parent}”, is not in the archive."
        yield Problem(record.position, reason, "It is in without it: import the parent, then this file again.")
    if decision.rivals and decision.entry is None:
        slugs = ", ".join(sorted(rival.subject.slug for rival in decision.rivals))
        reason = f"“{record.name}” could be any of: {slugs}. It was left out."
        advice = "Give it an identifier, or make a new one with --on-unsure create."
        yield Unsure(record.position, reason, advice, slugs, record.name)


def _slugs_of_parents(decisions: list[Decision], run: Run) -> dict[int, str]:
    changes = [change for decision in decisions for change in (*decision.merged.changed, *decision.merged.kept)]
    ids = {id for name, *values in changes if name == "parent" for id in values if id}
    slugs: dict[int, str] = {}
    for part in in_parts(ids):
        slugs.update(run.kind.model.objects.filter(pk__in=part).values_list("pk", "slug"))
    return slugs


def _shown(changes: Iterable[Change], slugs: dict[int, str]) -> dict[str, tuple[Any, Any]]:
    """Parents by their slugs."""
    return {
        name: (slugs.get(before), slugs.get(after)) if name == "parent" else (before, after)
        for name, before, after in changes
    }
