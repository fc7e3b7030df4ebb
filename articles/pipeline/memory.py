"""How a long import uses memory: less of it, and with less ado."""

import contextlib
import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# <malloc.h> of the GNU C library: how many separate heaps the threads of a process may keep.
M_ARENA_MAX = -8
ARENAS = 2
# What an import makes is gone as soon as nothing needs it; next to nothing of it goes in circles.
NEW_OBJECTS = 50_000


def collect_seldom() -> None:
    """For the rest of this process, and never among what is there already."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


@contextmanager
def seldom_collected() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def share_heaps() -> None:
    """Threads keep what they freed to themselves, and those of the index come and go: let them share, where the C
    library is GNU's."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
