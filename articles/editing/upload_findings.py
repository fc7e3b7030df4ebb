"""What an import from the desk found, as the page shows it and the upload keeps it."""

from collections import Counter

from articles.pipeline.outcomes import ImportReport, Outcome
from articles.pipeline.records import Note, Problem
from articles.pipeline.report_file import Report
from articles.pipeline.run import Listeners
from articles.pipeline.subjects.outcomes import SubjectReport, Unsure

# So many problems and notes are kept with the upload; all problems are in the report, and with the import.
MOST_KEPT = 100
LONGEST_KEPT = 2_000
SUMS = ("links", "copies", "kept", "subjects", "candidates", "unknown_tags", "index_problem")


class Findings:
    """Listens to an import. `report` takes everything, record by record, if there is one."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self.actions: Counter[str] = Counter()
        self.problems: list[list[str]] = []
        self.notes: list[list[str]] = []

    def listeners(self, progress, **others) -> Listeners:
        return Listeners(self.add_problem, self.add_note, self.add_outcome, progress, **others)

    def add_problem(self, problem: Problem) -> None:
        """What could be several subjects stands in the report as such, and not as rejected."""
        self.actions["rejected"] += 1
        _keep(self.problems, str(problem.position), problem.reason, problem.advice)
        if self._report:
            self._report.add(problem.outcome if isinstance(problem, Unsure) else problem)

    def add_note(self, note: Note) -> None:
        self.actions["notes"] += 1
        _keep(self.notes, str(note.position), note.in_full)

    def add_outcome(self, outcome: Outcome) -> None:
        self.actions[str(outcome.action)] += 1
        if self._report:
            self._report.add(outcome)

    def as_json(self, done: ImportReport | SubjectReport | None, records: int, seconds: float) -> dict:
        """`done` is None where the import did not come to its end."""
        found = {**self.actions, "records": records, "seconds": round(seconds, 1), "is_partial": done is None}
        found |= {name: getattr(done, name) for name in SUMS if getattr(done, name, 0)}
        attributions = list(getattr(done, "attributions", ()))
        return {**found, "problems": self.problems, "notes_kept": self.notes, "attributions": attributions}


def _keep(kept: list[list[str]], *texts: str) -> None:
    if len(kept) < MOST_KEPT:
        kept.append([_writable(text)[:LONGEST_KEPT] for text in texts])


def _writable(text: str) -> str:
    """Without what no database holds: file names may have lone surrogates, reasons quote whatever is in a file."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
