"""The work on uploads that goes on in the background: rehearsing, importing, undoing."""

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import Upload
from articles.models.upload import upload_path
from articles.pipeline.reading.files import NamedFile
from articles.pipeline.report_file import ReportFile
from articles.pipeline.run import Listeners, import_articles
from articles.pipeline.storing.undo import UndoRefused, undo_import
from articles.pipeline.subjects.run import import_subjects

from .upload_columns import columns_of
from .upload_findings import Findings
from .upload_options import ARTICLES, article_options, kind_of, subject_options
from .upload_states import State, begin, end, remember_batch
from .upload_watch import Stopped, Watch

MOST_LEFT = 200


@task()
def rehearse_upload(upload_id: int) -> None:
    _work(upload_id, State.REHEARSING, State.REHEARSED, _rehearse)


@task()
def run_upload(upload_id: int) -> None:
    _work(upload_id, State.RUNNING, State.FINISHED, _run)


@task()
def undo_upload(upload_id: int) -> None:
    _work(upload_id, State.UNDOING, State.UNDONE, _undo)


def _work(upload_id: int, state: str, state_after: str, do: Callable[[Upload], None]) -> None:
    """However it ends, the upload says how."""
    upload = begin(upload_id, state)
    if upload is None:
        return
    try:
        do(upload)
    except Stopped:
        upload.is_stopping = True
        end(upload, State.UPLOADED if state == State.REHEARSING else State.FAILED)
    except UndoRefused as refusal:
        end(upload, State.FAILED, str(refusal))
    except (DatabaseError, OSError) as error:
        end(upload, State.FAILED, _("It broke off: %(error)s") % {"error": str(error).strip()[:500]})
    except Exception:
        end(upload, State.FAILED, _("It broke off by a fault of Newsroom. What it was is in the log of the tasks."))
        raise
    else:
        end(upload, state_after)


def _rehearse(upload: Upload) -> None:
    file = _file_of(upload)
    upload.counts.pop("rehearsal", None)
    upload.counts["columns"] = columns_of(upload, file)
    if upload.report:
        upload.report.delete(save=False)
    upload.report.name = f"{upload_path(upload, '')}.jsonl"
    with closing(ReportFile(upload.report.path)) as report:
        _import(upload, file, "rehearsal", Findings(report), partial(_by_bytes, file, upload.size))


def _run(upload: Upload) -> None:
    rehearsal, file = upload.counts.get("rehearsal", {}), _file_of(upload)
    counted = 0 if rehearsal.get("is_partial") else rehearsal.get("records", 0)
    estimate = (lambda done: counted) if counted else partial(_by_bytes, file, upload.size)
    upload.counts.pop("result", None)
    _import(upload, file, "result", Findings(), estimate, started=partial(remember_batch, upload))


def _import(upload: Upload, file: NamedFile, name: str, findings: Findings, estimate, **others) -> None:
    """What was found is kept under this name, also if it is stopped or breaks off."""
    watch, began, report = Watch(upload, estimate), time.monotonic(), None
    try:
        report = _start(upload, file, name == "rehearsal", findings.listeners(watch, **others))
    finally:
        upload.counts[name] = findings.as_json(report, watch.done, time.monotonic() - began)


def _start(upload: Upload, file: NamedFile, dry_run: bool, listeners: Listeners):
    if kind_of(upload) == ARTICLES:
        return import_articles([file], article_options(upload, dry_run), listeners, upload.asked_by)
    return import_subjects(kind_of(upload), [file], subject_options(upload, dry_run), listeners, upload.asked_by)


def _undo(upload: Upload) -> None:
    total = upload.batch.created + upload.batch.updated
    report = undo_import(upload.batch, Watch(upload, lambda done: total), upload.asked_by)
    upload.counts["undo"] = {
        "removed": report.removed,
        "restored": report.restored,
        "removed_subjects": report.removed_subjects,
        "left": [sentence[:500] for sentence in report.left[:MOST_LEFT]],
        "left_count": len(report.left),
        "index_problem": report.index_problem,
    }


def _by_bytes(file: NamedFile, size: int, done: int) -> int:
    """How many records there will be, if those to come are as long as those that were read."""
    return round(done * size / file.bytes_read) if file.bytes_read else 0


def _file_of(upload: Upload) -> NamedFile:
    Path(settings.MEDIA_ROOT, "imports").mkdir(parents=True, exist_ok=True)
    return NamedFile(Path(upload.file.path), upload.name)
