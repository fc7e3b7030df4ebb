"""An import that is killed again and again ends in the same archive as one that was left in peace."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from .corpora import CORPORA, needs_corpora
from .importing import write_json_lines

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [f"{given} {family}" for given in ("Ada", "Bo", "Cy", "Di") for family in ("Moreau", "Li", "Okoro", "Vega")]


@pytest.fixture
def environment(tmp_path, transactional_db):
    """What another process needs to work on a database that both can reach, with an index of its own."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path}/killed.sqlite3"
    else:
        database = connection.settings_dict
        user = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        url = f"postgres://{user}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    names = {
        "DATABASE_URL": url,
        "NEWSROOM_DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return {**os.environ, **names}


@pytest.fixture
def articles(tmp_path):
    """A file of invented articles: copies, versions, new names, tags that come back much later."""
    chance = random.Random(1605)
    records = []
    for number in range(2_500):
        words = " ".join(chance.choices(NAMES, k=6))
        record = {"headline": f"Day {number}", "body": f"{words} met.", "source": f"Paper {number % 7}"}
        record |= {"people": chance.choices(NAMES, k=2), "topics": [f"subject {chance.randrange(300)}"]}
        if number % 3:
            record["external_id"] = str(chance.randrange(2_000))
            record["version"] = number
        if number % 11 == 0:
            record["body"] = "The same text again."
        records.append(record)
    return write_json_lines(tmp_path / "articles.jsonl", *records)


def start(environment, path) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "import_articles", str(path), "--processes", "1"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def run(environment, *command) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def state(environment) -> dict:
    return json.loads(run(environment, "-m", "tests.imported_state"))


def import_in_peace(environment, path) -> float:
    """The seconds it took."""
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    begun = time.monotonic()
    start(environment, path).communicate()
    return time.monotonic() - begun


def assert_kills_do_not_matter(environment, path, kills):
    took = import_in_peace(environment, path)
    peaceful = state(environment)
    assert peaceful["index"] == "Difference(missing=[], surplus=[], different=[])"
    run(environment, "manage.py", "flush", "--no-input")
    chance, killed = random.Random(20240321), 0
    for _ in range(kills):
        process = start(environment, path)
        time.sleep(chance.uniform(0.4, took))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
    assert killed > kills / 4
    last = start(environment, path)
    said, _ = last.communicate()
    assert last.returncode == 0, said
    after = state(environment)
    for part, rows in peaceful.items():
        assert after[part] == rows, part


def test_thirty_kills_of_an_import_do_not_matter(environment, articles):
    assert_kills_do_not_matter(environment, articles, kills=30)


@needs_corpora
def test_kills_of_an_import_of_agency_dispatches_do_not_matter(environment):
    assert_kills_do_not_matter(environment, CORPORA / "reuters21578" / "reut2-000.sgm", kills=5)
