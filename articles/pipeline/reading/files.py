"""Opening what the command was given: files, folders, standard input, and what is packed in them."""

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath

from articles.pipeline.records import Note, Position, Problem

from .containers import HEAD_BYTES, Member, SteadyReader, is_clutter, open_stream
from .encodings import LineDecoder, decode_document, decode_head, decode_pieces, detect_encoding, ends_lines_with_a_byte

STANDARD_INPUT = "-"
# How long a line may be.
LONGEST_LINE = 16_000_000
# The most that is read at once, of formats that have to see the whole file.
LARGEST_DOCUMENT = 64_000_000

_PIECE_BYTES = 262_144
_COMPRESSED = (".gz", ".bz2", ".xz")


class LineTooLong(Exception):
    """A line is longer than LONGEST_LINE bytes; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class FileTooLarge(Exception):
    """A file that has to be read whole is larger than LARGEST_DOCUMENT bytes."""


@dataclass
class NamedFile:
    """A file that is kept under another name than it has for people: messages and formats know it as `name`."""

    path: Path
    name: str
    _open: io.FileIO | None = field(default=None, init=False, repr=False)

    def __str__(self) -> str:
        return self.name

    def open(self) -> io.FileIO:
        self._open = self.path.open("rb", buffering=0)
        return self._open

    @property
    def bytes_read(self) -> int:
        """How far it was read: 0 before it is opened, all of it when it is closed. Archives are read in the order of
        the names in them, so that it may go back."""
        if self._open is None:
            return 0
        return self.path.stat().st_size if self._open.closed else self._open.tell()


@dataclass
class InputFile:
    """An open file: `name` for messages, `stream` of bytes. Read it once, downwards.

    `encoding` is the one the user insists on; empty, it is found from the beginning of the file.
    """

    name: str
    stream: io.BufferedReader
    encoding: str = ""

    @property
    def suffix(self) -> str:
        """The end of the name in lower case, such as ".csv", also of "table.csv.gz"."""
        path = PurePath(self.name.lower())
        return PurePath(path.stem).suffix if path.suffix in _COMPRESSED else path.suffix

    def head(self) -> bytes:
        """The first bytes, without moving on. May be fewer than HEAD_BYTES."""
        return self.stream.peek(HEAD_BYTES)[:HEAD_BYTES]

    def head_text(self) -> str:
        return self._head_text

    def read(self) -> bytes:
        """All of it. Raises FileTooLarge."""
        content = self.stream.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            raise FileTooLarge
        return content

    def text(self) -> str:
        """All of it, decoded as `lines` does. Raises FileTooLarge."""
        encoding = self._encoding
        return decode_document(self.read(), encoding, is_insisted=bool(self.encoding))

    def lines(self) -> Iterator[tuple[int, str]]:
        """(number, line) with numbers from 1 and without line ends; only a line feed ends a line.
        Raises LineTooLong."""
        if not ends_lines_with_a_byte(self._encoding):
            yield from self._lines_of_text()
            return
        decode = LineDecoder(self._encoding, self.stream.peek, is_insisted=bool(self.encoding))
        number = 0
        while line := self.stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise LineTooLong(number)
            yield number, decode(line).rstrip("\r\n")

    def pieces(self) -> Iterator[str]:
        """All of it as text, in pieces that end anywhere: for files whose lines may be of any length."""
        return decode_pieces(iter(lambda: self.stream.read(_PIECE_BYTES), b""), self._encoding)

    def _lines_of_text(self) -> Iterator[tuple[int, str]]:
        number, rest = 1, ""
        for piece in self.pieces():
            *lines, rest = (rest + piece).split("\n")
            for line in lines:
                yield number, line.rstrip("\r")
                number += 1
            if len(rest) > LONGEST_LINE:
                raise LineTooLong(number)
        if rest:
            yield number, rest.rstrip("\r")

    @cached_property
    def _encoding(self) -> str:
        return self.encoding or detect_encoding(self.head())

    @cached_property
    def _head_text(self) -> str:
        return decode_head(self.head(), self._encoding)


def open_files(paths: Iterable[str | NamedFile], encoding: str = "") -> Iterator[InputFile | Problem | Note]:
    """Every file at the paths, folders in the order of their names, archives with all that is in them.

    What cannot be opened is a Problem, what is passed over a Note; hidden files are passed over silently.
    """
    for path in paths:
        for item in _open_path(path):
            yield InputFile(item.name, item.stream, encoding) if isinstance(item, Member) else item


def _open_path(path: str | NamedFile) -> Iterator[Member | Problem | Note]:
    if isinstance(path, NamedFile):
        yield from _open_named(path)
    elif path == STANDARD_INPUT:
        yield from open_stream("standard input", SteadyReader(sys.stdin.buffer))
    elif not Path(path).exists():
        yield Problem(Position(path), "There is no such file or folder.", "Check the path.")
    else:
        yield from _open(Path(path))


def _open_named(file: NamedFile) -> Iterator[Member | Problem | Note]:
    try:
        with file.open() as raw:
            yield from open_stream(file.name, raw)
    except OSError as error:
        yield Problem(Position(file.name), f"The file cannot be read ({error.strerror}).", "Hand it in again.")


def _open(path: Path) -> Iterator[Member | Problem | Note]:
    """A path that is no folder is read whatever it is: a file, or the pipe behind `<(zcat …)`."""
    try:
        if path.is_dir():
            for child in sorted(path.iterdir()):
                yield from _open_child(child)
            return
        with path.open("rb", buffering=0) as raw:
            yield from open_stream(str(path), raw)
    except OSError as error:
        what = "folder" if path.is_dir() else "file"
        yield Problem(Position(str(path)), f"The {what} cannot be read ({error.strerror}).", "Check its permissions.")


def _open_child(path: Path) -> Iterator[Member | Problem | Note]:
    """What is inside a folder: a link might lead anywhere, and a pipe might wait for ever."""
    if is_clutter(path.name):
        return
    if path.is_symlink():
        yield Note(Position(str(path)), "The symbolic link is passed over. Name it on the command line to follow it.")
    elif path.is_file() or path.is_dir():
        yield from _open(path)
    else:
        yield Note(Position(str(path)), "It is neither a file nor a folder and is passed over.")
