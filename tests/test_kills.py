"""A kill -9 at any moment, in the middle of indexing or of a rebuild, loses nothing and leaves no wrong answer."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

KILLS = 30

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def environment(tmp_path, settings, transactional_db):
    """What another process needs to work on a database that both can reach, with an index of its own."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path}/killed.sqlite3"
    else:
        database = connection.settings_dict
        user = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        url = f"postgres://{user}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    names = {"DATABASE_URL": url, "NEWSROOM_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return {**os.environ, **names}


def start(environment, seed: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.killed_writer", str(seed)],
        cwd=Path(__file__).parent.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_thirty_kills_lose_nothing(environment):
    migrated = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=Path(__file__).parent.parent,
        env=environment,
        check=False,
    )
    assert migrated.returncode == 0
    chance = random.Random(20240321)
    sizes = []
    for seed in range(KILLS + 1):
        process = start(environment, seed)
        line = process.stdout.readline()
        if not line.startswith("whole"):
            pytest.fail(f"After {seed} kills: {process.communicate()[1]}")
        sizes.append(int(line.split()[1]))
        time.sleep(chance.uniform(0.0, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert max(sizes) > 100
