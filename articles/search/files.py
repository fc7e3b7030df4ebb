"""The folder of the index: which generation is live, who may write, and what a reader has open.

<data>/index/<database>/
    live            the name of the generation in use; replaced in one step
    writing.lock    held by whoever writes to an index
    rebuilding.lock held by a running rebuild
    journal         article ids indexed into the live generation while a rebuild runs
    g-…/            one generation: tantivy's files, and version.json
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection

from .schema import ANALYSES, VERSION, build_schema, register_analyzers


class IndexUnavailable(Exception):
    """There is no index to search, or it is not of this version. The message says what to do."""


class IndexNotWritten(Exception):
    """The index could not be written, for want of disk space for example. What there was can still be read."""


class IndexBusy(Exception):
    """Another process held the lock for longer than the caller wanted to wait."""


@dataclass
class OpenIndex:
    """A generation opened for reading, what its meta.json looked like when it was last read, and which analyses
    its articles went through."""

    folder: Path
    index: tantivy.Index
    seen: tuple
    analyses: tuple[str, ...] = ()
    # What was counted over the whole archive: the costliest counts, wanted most often. Gone with the next commit.
    counted: dict = field(default_factory=dict)


_open_indexes: dict[Path, OpenIndex] = {}


def index_folder() -> Path:
    """The folder for the database in use, so that two databases never share an index."""
    database = connection.settings_dict
    name = Path(str(database["NAME"])).stem or "memory"
    identity = "|".join(str(database.get(key, "")) for key in ("ENGINE", "NAME", "HOST", "PORT"))
    digest = hashlib.blake2b(identity.encode(), digest_size=4).hexdigest()
    return Path(settings.INDEX_DIR) / f"{name}-{digest}"


def live_generation() -> Path | None:
    """The folder of the generation in use; None if there is none of this version."""
    name = _live_name()
    while name and not _is_usable(index_folder() / name):
        # A rebuild may just have put another generation in its place, and removed this one.
        name, before = _live_name(), name
        if name == before:
            return None
    return index_folder() / name if name else None


def named_generation() -> Path:
    """The folder that is said to be in use, be it of another version."""
    return index_folder() / _live_name()


def _live_name() -> str:
    try:
        return (index_folder() / "live").read_text().strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return ""


def _is_usable(generation: Path) -> bool:
    try:
        version = json.loads((generation / "version.json").read_text())["version"]
        return version == VERSION and tantivy.Index.exists(str(generation))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def open_latest() -> OpenIndex:
    """The latest commit of the live generation, whichever process made it."""
    while generation := live_generation():
        try:
            return _open(generation)
        except IndexUnavailable:
            # Again, unless a rebuild has just removed it.
            if live_generation() == generation:
                raise
    raise IndexUnavailable("There is no search index for this archive. Build it: manage.py index_articles")


def _open(generation: Path) -> OpenIndex:
    opened = _open_indexes.get(index_folder())
    with _damage_reported(generation):
        seen = _signature(generation)
        if opened is None or opened.folder != generation or opened.seen != seen:
            index = opened.index if opened and opened.folder == generation else open_index(generation)
            index.reload()
            opened = OpenIndex(generation, index, seen, _analyses_in(index))
            _open_indexes[index_folder()] = opened
    return opened


def _analyses_in(index: tantivy.Index) -> tuple[str, ...]:
    searcher = index.searcher()
    return tuple(analysis for analysis in ANALYSES if searcher.doc_freq("analysis", analysis))


def open_index(generation: Path) -> tantivy.Index:
    with _damage_reported(generation):
        index = tantivy.Index.open(str(generation))
        index.config_reader(reload_policy="manual")
    register_analyzers(index)
    return index


@contextlib.contextmanager
def writer_of(generation: Path, heap: int) -> Iterator[tantivy.IndexWriter]:
    """A writer that commits at the end. The caller holds the lock. Raises `IndexNotWritten`."""
    index = open_index(generation)
    try:
        writer = index.writer(heap_size=heap, num_threads=1)
        try:
            # A process killed in the middle of a commit leaves files that would be in the way of the next one.
            writer.garbage_collect_files()
            yield writer
            writer.commit()
        finally:
            # After a failure, too: its threads write on, and the folder may be removed.
            writer.wait_merging_threads()
    except (OSError, ValueError) as error:
        raise IndexNotWritten(
            f"The search index in {generation} could not be written ({error}). The database is as it should be. "
            "Free some disk space, or build the index anew: manage.py index_articles"
        ) from error


@contextlib.contextmanager
def _damage_reported(generation: Path) -> Iterator[None]:
    """Tantivy raises a ValueError for every fault of its files."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexUnavailable(
            f"The search index in {generation} is damaged ({error}). Build it anew: manage.py index_articles"
        ) from error


def new_generation() -> Path:
    """An empty generation beside the live one."""
    generation = index_folder() / f"g-{time.strftime('%Y%m%d%H%M%S')}-{uuid.uuid4().hex[:8]}"
    generation.mkdir(parents=True)
    tantivy.Index(build_schema(), path=str(generation))
    (generation / "version.json").write_text(json.dumps({"version": VERSION}))
    return generation


def make_live(generation: Path) -> None:
    """Readers see the new generation from their next search on; a crash leaves the old or the new one."""
    pointer = index_folder() / "live"
    draft = pointer.with_suffix(".new")
    with draft.open("w") as file:
        file.write(generation.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)


def remove_other_generations(keep: Path) -> None:
    for folder in index_folder().glob("g-*"):
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def lock(name: str, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file `name`; waits for `patience` seconds (None: for ever), then raises IndexBusy.

    The system releases it when the process ends, however it ends.
    """
    path = index_folder() / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = None if patience is None else time.monotonic() + patience
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if deadline is not None and time.monotonic() >= deadline:
                    raise IndexBusy(f"Another process is working on the index ({path}).") from None
                time.sleep(0.01)
        yield


def _signature(generation: Path) -> tuple:
    meta = (generation / "meta.json").stat()
    return meta.st_ino, meta.st_mtime_ns, meta.st_size
