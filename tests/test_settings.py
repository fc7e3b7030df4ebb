"""Settings are read when Python starts: each test starts one."""

import os
import subprocess
import sys


def start(tmp_path, code="import newsroom.settings as s; print(s.DEBUG)", **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSROOM_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "NEWSROOM_DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_debug_off_without_a_secret_key_refuses_to_start(tmp_path):
    result = start(tmp_path, NEWSROOM_DEBUG="0")
    assert result.returncode != 0
    assert "Set it to a long random string" in result.stderr


def test_a_secret_key_turns_debug_off(tmp_path):
    assert start(tmp_path).stdout.strip() == "True"
    assert start(tmp_path, NEWSROOM_SECRET_KEY="x" * 60).stdout.strip() == "False"


def test_an_unknown_database_is_refused_with_an_example(tmp_path):
    result = start(tmp_path, DATABASE_URL="mysql://root@localhost/news")
    assert result.returncode != 0
    assert "postgres://user:password@host:5432/name" in result.stderr


def test_the_database_and_the_index_stay_inside_the_data_folder(tmp_path):
    code = "import newsroom.settings as s; print(s.DATABASES['default']['NAME'], s.INDEX_DIR)"
    database, index = start(tmp_path, code).stdout.split()
    assert database.startswith(str(tmp_path))
    assert index.startswith(str(tmp_path))


def test_https_binds_the_hosts_below_only_where_that_is_asked_for(tmp_path):
    code = "import newsroom.settings as s; print(s.SECURE_HSTS_SECONDS > 0, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    served = {"NEWSROOM_SECRET_KEY": "x" * 60, "NEWSROOM_HTTPS": "1"}
    assert start(tmp_path, code, **served).stdout.split() == ["True", "False"]
    assert start(tmp_path, code, **served, NEWSROOM_HSTS_SUBDOMAINS="1").stdout.split() == ["True", "True"]
    assert start(tmp_path, code, NEWSROOM_HSTS_SUBDOMAINS="1").stdout.split() == ["False", "False"]
