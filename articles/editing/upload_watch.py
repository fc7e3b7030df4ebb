"""How far the work on an upload is, and whether it shall stop: written and asked between its portions.

A rehearsal of people, places or topics is one transaction, which hides what it writes from everybody else, and what
others write from it. It tells by files beside the upload.
"""

import datetime
import json
import time
from pathlib import Path

from django.utils import timezone

from articles.models import Upload

from .upload_options import ARTICLES, kind_of

# Seconds between two signs of life.
EVERY = 1.0


class Stopped(Exception):
    """The user asked for the end of the work. What is in stays in."""


class Watch:
    """Called with the number of records after each portion. `estimate` gives the total by what is done so far; 0 where
    nobody knows. Raises Stopped between two portions."""

    def __init__(self, upload: Upload, estimate=lambda done: 0) -> None:
        self._upload, self._estimate = upload, estimate
        self._told_at = 0.0
        self.done = 0

    def __call__(self, records: int) -> None:
        self.done += records
        if time.monotonic() - self._told_at >= EVERY:
            self.tell()
            self._told_at = time.monotonic()

    def tell(self) -> None:
        total = max(self.done, self._estimate(self.done))
        if tells_by_files(self._upload):
            progress, stop = _files_of(self._upload)
            progress.write_text(json.dumps([self.done, total]))
            is_stopping = stop.exists()
        else:
            row = Upload.objects.filter(pk=self._upload.pk)
            row.update(done=self.done, total=total, active_at=timezone.now())
            is_stopping = row.filter(is_stopping=True).exists()
        if is_stopping:
            raise Stopped


def tells_by_files(upload: Upload) -> bool:
    return upload.state == Upload.State.REHEARSING and kind_of(upload) != ARTICLES


def ask_to_stop(upload: Upload) -> None:
    if tells_by_files(upload):
        _files_of(upload)[1].touch()
    else:
        Upload.objects.filter(pk=upload.pk).update(is_stopping=True)


def look_at_progress(upload: Upload) -> None:
    """Bring the upload up to what the work has told last."""
    if not tells_by_files(upload):
        return
    progress, stop = _files_of(upload)
    try:
        upload.done, upload.total = json.loads(progress.read_text())
        seen = datetime.datetime.fromtimestamp(progress.stat().st_mtime, datetime.UTC)
    except (FileNotFoundError, ValueError):
        return
    upload.active_at = max(upload.active_at, seen)
    upload.is_stopping = stop.exists()


def forget_signals(upload: Upload) -> None:
    if upload.file:
        for path in _files_of(upload):
            path.unlink(missing_ok=True)


def _files_of(upload: Upload) -> tuple[Path, Path]:
    return Path(f"{upload.file.path}.progress"), Path(f"{upload.file.path}.stop")
