"""The benchmark of the API runs, on an archive small enough for every day."""

from .test_bench import run, small_archive

__all__ = ["small_archive"]


def test_answers_of_the_api_are_measured(small_archive):
    output = run(small_archive, "bench/api.py", "--addresses", "10")
    assert "400 articles, 10 addresses" in output
    assert "that is known (304)" in output
    assert "cursor at 99%" in output
