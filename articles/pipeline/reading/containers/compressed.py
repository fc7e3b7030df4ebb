"""Single files compressed with gzip, bzip2 or xz."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator

from .members import Packed
from .streams import CountingReader, ExpandingReader

# More than the highest level of xz needs; a file can demand 4 GB.
LARGEST_DICTIONARY = 128_000_000
_CHUNK = 65_536


def is_compressed(name: str, head: bytes) -> bool:
    return head.startswith(tuple(_OPENERS))


def open_compressed(name: str, stream: io.BufferedReader) -> Iterator[Packed]:
    """The one file in it, under the same name."""
    opener = next(opener for mark, opener in _OPENERS.items() if stream.peek().startswith(mark))
    packed = CountingReader(stream)
    yield Packed(name, ExpandingReader(opener(packed), packed))


class _XzReader(io.RawIOBase):
    """What lzma.LZMAFile does, with a limit for the memory that the file may demand."""

    def __init__(self, packed: CountingReader) -> None:
        self._packed = packed
        self._ahead = b""
        self._xz = lzma.LZMADecompressor(lzma.FORMAT_XZ, LARGEST_DICTIONARY)

    def readinto(self, buffer) -> int:
        text = b""
        while not text:
            if self._xz.eof and not self._begin_next():
                return 0
            if self._xz.needs_input and not self._ahead:
                self._ahead = self._packed.read(_CHUNK)
                if not self._ahead:
                    raise EOFError
            text = self._xz.decompress(self._ahead, len(buffer))
            self._ahead = b""
        buffer[: len(text)] = text
        return len(text)

    def _begin_next(self) -> bool:
        """Files joined with `cat` follow each other, zeros between them."""
        self._ahead = (self._xz.unused_data or self._packed.read(_CHUNK)).lstrip(b"\0")
        if self._ahead:
            self._xz = lzma.LZMADecompressor(lzma.FORMAT_XZ, LARGEST_DICTIONARY)
        return bool(self._ahead)


_OPENERS: dict[bytes, Callable[[CountingReader], io.RawIOBase]] = {
    b"\x1f\x8b": lambda packed: gzip.GzipFile(fileobj=packed),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": _XzReader,
}
