"""Streams out of archives: full reads, bounded size, and OSErrors that say in words what is wrong."""

import errno
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import BinaryIO

# How much of a file can be looked at before reading it.
HEAD_BYTES = 65_536

# What may expand without question, how many times its size anything else may expand to, and the most in any case.
# News texts shrink to a quarter or a tenth; what shrinks to a thousandth is made to fill a disk.
FREE_BYTES = 100_000_000
LARGEST_RATIO = 250
LARGEST_MEMBER = 100_000_000_000

# What the decompressors raise.
DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, OSError)


class Unreadable(OSError):
    """The rest cannot be read; `strerror` says why, as part of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EIO, reason)


class SteadyReader(io.RawIOBase):
    """Another stream, each read of which is full as long as there is something. Closing it leaves the other open."""

    def __init__(self, source: BinaryIO) -> None:
        # Several reads at once would lose the first ones if a later one fails.
        self._read_once = getattr(source, "readinto1", source.readinto)
        self._error: OSError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        """What came before an error is given out first."""
        view = memoryview(buffer)
        filled = 0
        while filled < len(view) and not self._error:
            count = self._read_some(view[filled:])
            if not count:
                break
            filled += count
        if self._error and not filled:
            raise self._error
        return filled

    def _read_some(self, view: memoryview) -> int:
        try:
            return self._read_once(view) or 0
        except EOFError:
            self._error = Unreadable("it is cut off")
        except DAMAGE as error:
            self._error = error if getattr(error, "strerror", None) else Unreadable("it is damaged")
        return 0


class CountingReader(io.RawIOBase):
    """Another stream; `count` says how many bytes were read."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        size = self._source.readinto(buffer)
        self.count += size
        return size


class ExpandingReader(SteadyReader):
    """What is decompressed out of `packed`, as long as it stays in proportion."""

    def __init__(self, source: BinaryIO, packed: CountingReader) -> None:
        super().__init__(source)
        self._packed = packed
        self._count = 0

    def _read_some(self, view: memoryview) -> int:
        size = super()._read_some(view)
        self._count += size
        if is_out_of_proportion(self._packed.count, self._count):
            self._error = Unreadable(f"it expands to more than {LARGEST_RATIO} times its size")
        return size


def is_out_of_proportion(packed: int, unpacked: int) -> bool:
    return unpacked > FREE_BYTES and (unpacked > LARGEST_RATIO * packed or unpacked > LARGEST_MEMBER)


def in_words(error: Exception) -> str:
    """Part of a sentence."""
    return getattr(error, "strerror", None) or str(error)[:100] or "it is cut off"
