"""The benchmarks run, on an archive small enough for every day. What they measure is in docs/performance.md."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def small_archive(tmp_path_factory):
    """The environment of a generated archive of 400 articles, in an SQLite file of its own."""
    folder = tmp_path_factory.mktemp("bench")
    clean = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment = {**clean, "NEWSROOM_DATA_DIR": str(folder), "NEWSROOM_SECRET_KEY": "for-the-benchmarks-" * 4}
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "bench/generate_archive.py", "--articles", "400", "--seed", "1")
    return environment


def run(environment, *command) -> str:
    result = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout


def test_the_generated_archive_has_an_index_that_agrees_with_it(small_archive):
    assert "The index says what the database says." in run(small_archive, "manage.py", "index_articles", "--check")


def test_pages_are_measured(small_archive):
    output = run(small_archive, "bench/pages.py", "--addresses", "20", "--repeat", "1")
    assert "400 articles, 20 addresses" in output
    assert "p95" in output


def test_pages_of_subjects_are_measured(small_archive):
    assert "comparisons" in run(small_archive, "bench/subject_pages.py", "--subjects", "5")


def test_exports_and_feeds_are_measured(small_archive):
    output = run(small_archive, "bench/exports.py")
    assert "articles/s" in output
    assert "/articles/feed.rss?q=" in output


def test_article_pages_are_measured(small_archive):
    output = run(small_archive, "bench/article_pages.py", "--articles", "20")
    assert "400 articles, 20 of them opened" in output
    assert "the front page" in output


def test_pages_of_the_desk_are_measured(small_archive):
    output = run(small_archive, "bench/admin_pages.py", "--addresses", "1")
    assert "400 articles" in output
    assert "a decision" in output


def test_searches_are_fuzzed(small_archive):
    assert "no server error" in run(small_archive, "bench/fuzz_search.py", "--seconds", "3")


def test_imports_are_measured(tmp_path, small_archive):
    environment = {**small_archive, "NEWSROOM_DATA_DIR": str(tmp_path)}
    sizes = ("--articles", "600", "--loaded", "10", "--names-of", "2000")
    output = run(environment, "bench/import_speed.py", *sizes)
    assert "600 created, 0 updated, 0 unchanged, 0 rejected" in output
    assert "0 created, 0 updated, 600 unchanged, 0 rejected" in output
    assert "loaddata takes" in output


def test_bulk_edits_are_measured_and_leave_the_archive_as_it_was(small_archive):
    output = run(small_archive, "bench/bulk_edits.py")
    assert "link to a topic: undo          400 in" in output
    assert "The index says what the database says." in run(small_archive, "manage.py", "index_articles", "--check")
