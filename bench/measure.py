"""What the benchmarks share. Importing it prepares Django as a public installation: debug off, static files there."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, wraps
from pathlib import Path

# The folder above bench/, also where bench/ is a link in a copy of the code.
ROOT = Path(sys.argv[0]).absolute().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("NEWSROOM_SECRET_KEY", "only-for-benchmarks")

import django  # noqa: E402 - the settings have to be named first

django.setup()


def milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def summary(values: Sequence[float]) -> str:
    p50, p95 = percentile(values, 0.5), percentile(values, 0.95)
    return f"p50 {p50:8.1f} ms   p95 {p95:8.1f} ms   max {max(values):8.1f} ms   ({len(values)})"


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Print how long a stage took."""
    start = time.perf_counter()
    yield
    print(f"{name:48} {time.perf_counter() - start:8.1f} s", flush=True)


class Stopwatch:
    """Adds up the milliseconds spent in some functions. A call inside a watched call counts for the outer one."""

    def __init__(self) -> None:
        self.total = 0.0
        self._running = False

    def watch(self, owner: object, *names: str) -> None:
        """Replace functions of a module or class by ones that are timed; names that it lacks are passed over."""
        for name in names:
            found = vars(owner).get(name)
            if isinstance(found, cached_property):
                found.func = self._timed(found.func)
            elif found is not None:
                setattr(owner, name, self._timed(found))

    def read_and_reset(self) -> float:
        total, self.total = self.total, 0.0
        return total

    def as_execute_wrapper(self, execute, sql, params, many, context):
        """For `connection.execute_wrapper`."""
        return self._timed(execute)(sql, params, many, context)

    def _timed(self, function: Callable) -> Callable:
        @wraps(function)
        def timed(*args, **kwargs):
            if self._running:
                return function(*args, **kwargs)
            self._running, start = True, time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.total += (time.perf_counter() - start) * 1000
                self._running = False

        return timed


def resident_megabytes() -> float:
    """Memory of this process that is really its own: without the mapped files of the index, which the system
    may drop at any time."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) / 1024


def folder_megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def database_megabytes() -> float:
    from django.db import connection

    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size / 1e6
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0] / 1e6


def index_megabytes() -> float:
    from articles.search.files import index_folder

    return folder_megabytes(index_folder())
