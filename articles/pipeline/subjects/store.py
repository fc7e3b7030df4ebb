"""Writing people, places and topics to the database. Safe to repeat: what is there already is found again."""

from collections.abc import Sequence

from django.db import transaction

from articles.pipeline.records import Problem

from .entries import Entry, Run
from .known import KnownSubjects
from .levels import in_levels
from .matching import match
from .merging import Merged, Merger
from .options import CREATE
from .outcomes import SubjectReport
from .parents import AmbiguousParent, ParentLookup
from .provenance import Provenance
from .records import SubjectRecord
from .save import save_entries
from .tell import Decision, Told, tell
from .tree import Tree


@transaction.atomic
def store_records(records: Sequence[SubjectRecord], run: Run, report: SubjectReport) -> list[Told]:
    """Create or complete the subject of each record. All of it or, on an error, nothing."""
    told: list[Told] = []
    for level in in_levels(records):
        parents, problems = _find_parents(level, run)
        known = KnownSubjects(run, level)
        merger = _merger(known, known.entries(), parents, run)
        decisions = [_decide(record, parent, merger, run) for record, parent in zip(level, parents, strict=True)]
        _save(decisions, run)
        run.waiting += [
            (decision.entry.subject.pk, decision.record.without_names())
            for number, decision in enumerate(decisions)
            if decision.entry and decision.record.parent and parents[number] is None and number not in problems
        ]
        told += [*problems.values(), *tell(decisions, run, report)]
    return told


@transaction.atomic
def store_parents(waiting: Sequence[tuple[int, SubjectRecord]], run: Run, report: SubjectReport) -> list[Told]:
    """Give the subjects with these ids the parents that their records name, and that were not there before."""
    parents, problems = _find_parents([record for _, record in waiting], run)
    subjects = run.kind.model.objects.in_bulk([pk for pk, _ in waiting])
    entries = {pk: Entry(subject, set(), is_open=not run.is_of_this_run(subject)) for pk, subject in subjects.items()}
    merger = _merger(None, list(entries.values()), parents, run)
    decisions = []
    for number, (pk, record) in enumerate(waiting):
        if pk in entries and number not in problems:
            merged = merger.merge_parent(record, entries[pk], parents[number])
            decisions.append(Decision(record, entries[pk], merged, completes=True))
    _save(decisions, run)
    return [*problems.values(), *tell(decisions, run, report)]


def _find_parents(records: Sequence[SubjectRecord], run: Run) -> tuple[list[int | None], dict[int, Problem]]:
    """The id of each record's parent, where it is in the archive; and the problem, by the number of the record."""
    lookup = ParentLookup(run, records)
    parents: list[int | None] = []
    problems = {}
    for number, record in enumerate(records):
        try:
            parents.append(lookup.find(record))
        except AmbiguousParent as error:
            parents.append(None)
            reason = f"The parent of {record.name}, “{record.parent}”, could be: {error}."
            problems[number] = Problem(record.position, reason, "Write it as slug:… or with another code.")
    return parents, problems


def _merger(known: KnownSubjects | None, entries: list[Entry], parents: list[int | None], run: Run) -> Merger:
    subjects = [entry.subject for entry in entries]
    ids = {id for subject in subjects for id in (subject.pk, getattr(subject, "parent_id", None))}
    tree = Tree(run.kind, ids | set(parents))
    return Merger(known, tree, Provenance(run.kind, subjects), run.options.on_conflict)


def _decide(record: SubjectRecord, parent: int | None, merger: Merger, run: Run) -> Decision:
    found = match(record, merger.known, merger.tree, parent)
    if found.entry:
        return Decision(record, found.entry, merger.merge(record, found.entry, parent), completes=record.is_addition)
    if record.is_addition or (found.rivals and run.options.on_unsure != CREATE):
        return Decision(record, None, Merged(), rivals=found.rivals)
    entry = _new_entry(record, run)
    merged = merger.merge(record, entry, parent)
    merger.known.add(entry)
    return Decision(record, entry, merged, is_new=True)


def _new_entry(record: SubjectRecord, run: Run) -> Entry:
    subject = run.kind.model(name=record.name, name_is_matched=record.is_worth_looking_for, batch=run.batch)
    return Entry(subject, {record.name}, is_new=True, is_open=False)


def _save(decisions: list[Decision], run: Run) -> None:
    save_entries({id(decision.entry): decision.entry for decision in decisions if decision.entry}.values(), run)
    for decision in decisions:
        if decision.entry and not decision.record.is_addition:
            run.remember(decision.entry, decision.record.key)
