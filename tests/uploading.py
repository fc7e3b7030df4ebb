"""Handing files in at the desk, for tests."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from articles import background

NEW = "/admin/articles/uploads/new/"
OPTIONS = {
    "what": "articles",
    "format": "auto",
    "on_conflict": "keep",
    "unknown_subjects": "suggest",
    "on_unsure": "report",
}
# Without an id or an address, what it says is what it is known by.
RECORDS = [{"headline": f"Day {number}", "body": f"It rained {number} times."} for number in range(4)]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)


@pytest.fixture
def uploads_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def started(monkeypatch) -> list:
    """The processes that would have been started."""
    commands = []
    monkeypatch.setattr(background.subprocess, "Popen", lambda command, **options: commands.append(command))
    return commands


def work_off() -> None:
    """What the process does that would have been started."""
    call_command("work_off_tasks")


def hand_in(client, content: str | bytes = LINES, name="days.jsonl", **options):
    content = content.encode() if isinstance(content, str) else content
    return client.post(NEW, {**OPTIONS, "file": SimpleUploadedFile(name, content), **options})


def address(page: str, *args) -> str:
    return reverse(f"admin:articles_{page}", args=args)
