"""Long work of the desk is done by a process of its own, after the commit."""

import pytest
from django.core.management import call_command, get_commands
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from articles import background
from articles.background import do_in_background
from articles.models import Topic

pytestmark = pytest.mark.django_db


@task()
def make_topic(name: str) -> None:
    Topic.objects.create(name=name)


@task()
def fail() -> None:
    raise OSError("The disk is full.")


@pytest.fixture
def started(monkeypatch):
    """The commands that would have been started."""
    commands = []
    monkeypatch.setattr(background.subprocess, "Popen", lambda command, **options: commands.append(command[1:]))
    return commands


def work_off() -> None:
    call_command("work_off_tasks")


def test_a_process_is_started_once_the_task_is_committed(started, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        do_in_background(make_topic, "Floods")
        assert started == []
    assert started == [["manage.py", "work_off_tasks"]]
    assert not Topic.objects.exists()


def test_nothing_is_started_where_a_worker_runs_anyway(settings, started, django_capture_on_commit_callbacks):
    settings.WORKER = "separate"
    with django_capture_on_commit_callbacks(execute=True):
        do_in_background(make_topic, "Floods")
    assert started == []
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_all_that_waits_in_order_and_ends(started):
    for name in ("Floods", "Droughts"):
        do_in_background(make_topic, name)
    work_off()
    assert [topic.name for topic in Topic.objects.order_by("pk")] == ["Floods", "Droughts"]


@pytest.mark.django_db(transaction=True)
def test_what_fails_does_not_keep_the_rest_from_being_done(started):
    do_in_background(fail)
    do_in_background(make_topic, "Floods")
    work_off()
    assert Topic.objects.count() == 1
    assert "The disk is full." in DBTaskResult.objects.get(status="FAILED").traceback


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_transaction_that_is_rolled_back_is_done(started):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        do_in_background(make_topic, "Floods")
        raise ZeroDivisionError
    work_off()
    assert started == []
    assert not Topic.objects.exists()


def test_the_command_that_is_started_exists(started):
    background.start_worker()
    assert started[0][0] == "manage.py"
    assert started[0][1] in get_commands()
