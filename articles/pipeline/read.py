"""Opening what the command was given: files, folders, standard input."""

import codecs
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .records import Position, Problem

STANDARD_INPUT = "-"
# How much of a file the formats may look at to recognise it, and how long a line may be.
HEAD_BYTES = 65_536
LONGEST_LINE = 16_000_000
# The most that is read at once, of formats that have to see the whole file.
LARGEST_DOCUMENT = 64_000_000

_MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]


class LineTooLong(Exception):
    """A line is longer than LONGEST_LINE bytes; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class FileTooLarge(Exception):
    """A file that has to be read whole is larger than LARGEST_DOCUMENT bytes."""


@dataclass
class InputFile:
    """An open file: `name` for messages, `stream` of bytes. Read it once, downwards."""

    name: str
    stream: io.BufferedReader

    @property
    def suffix(self) -> str:
        """The end of the name in lower case, such as ".csv"."""
        return Path(self.name).suffix.lower()

    def head(self) -> bytes:
        """The first bytes, without moving on. May be fewer than HEAD_BYTES."""
        return self.stream.peek(HEAD_BYTES)[:HEAD_BYTES]

    def head_text(self) -> str:
        head = self.head()
        return head.decode(_encoding(head), errors="replace").lstrip("\ufeff")

    def read(self) -> bytes:
        """All of it. Raises FileTooLarge."""
        content = self.stream.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            raise FileTooLarge
        return content

    def text(self) -> str:
        """All of it, decoded as `lines` does. Raises FileTooLarge."""
        content = self.read()
        return _decode(content, _encoding(content) if _encoding(content) != "utf-8" else "utf-8-sig")

    def lines(self) -> Iterator[tuple[int, str]]:
        """(number, line) with numbers from 1 and without line ends. UTF-8 or what the file's mark says;
        a line that is not UTF-8 is read as Windows-1252. Raises LineTooLong."""
        encoding = _encoding(self.head())
        stream = self.stream if encoding != "utf-16" else _Recoded(self.stream)
        number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise LineTooLong(number)
            text = _decode(line, "utf-8-sig" if number == 1 else "utf-8")
            yield number, text.rstrip("\r\n")


def open_files(paths: Iterable[str]) -> Iterator[InputFile | Problem]:
    """Every file at the paths, folders in the order of their names. Hidden files and symbolic links inside
    folders are passed over; what cannot be opened is a Problem."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield InputFile("standard input", io.BufferedReader(sys.stdin.buffer, HEAD_BYTES))
        elif not Path(path).exists():
            yield Problem(Position(path), "There is no such file or folder.", "Check the path.")
        else:
            yield from _open(Path(path))


def _open(path: Path) -> Iterator[InputFile | Problem]:
    """A path that is no folder is read whatever it is: a file, or the pipe behind `<(zcat …)`."""
    try:
        if path.is_dir():
            for child in _children(path):
                yield from _open(child)
            return
        with path.open("rb", buffering=0) as raw, io.BufferedReader(raw, HEAD_BYTES) as stream:
            yield InputFile(str(path), stream)
    except OSError as error:
        what = "folder" if path.is_dir() else "file"
        yield Problem(Position(str(path)), f"The {what} cannot be read ({error.strerror}).", "Check its permissions.")


def _children(folder: Path) -> list[Path]:
    children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    return [child for child in children if not child.is_symlink() and (child.is_file() or child.is_dir())]


def _encoding(head: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8")


def _decode(line: bytes, encoding: str) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


class _Recoded:
    """UTF-16 as UTF-8, line by line."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")

    def readline(self, limit: int) -> bytes:
        return self._text.readline(limit).encode()
