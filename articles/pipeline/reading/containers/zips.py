"""Zip archives, in the order of the names in them."""

import io
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from articles.pipeline.records import Note, Position, Problem

from .members import Packed, is_clutter, member_name, path_parts
from .streams import DAMAGE, LARGEST_RATIO, SteadyReader, Unreadable, in_words, is_out_of_proportion

# A zip archive is read from its end. One that comes through a pipe waits in a file without a name meanwhile.
LARGEST_SPOOLED = 2_000_000_000
# The table of contents is read whole: some 300,000 members.
LARGEST_CONTENTS = 32_000_000

_CHUNK = 1_048_576
_LONGEST_END = 65_557
_DAMAGE = (*DAMAGE, NotImplementedError, ValueError, OverflowError, EOFError)
_DOCUMENT_MARKS = ("[Content_Types].xml", "mimetype")


def is_zip(name: str, head: bytes) -> bool:
    return head.startswith((b"PK\3\4", b"PK\5\6"))


def open_zip(name: str, stream: io.BufferedReader) -> Iterator[Packed | Problem | Note]:
    try:
        with _seekable(stream) as file, _open(file) as archive:
            yield from _members(archive, _size(file), name)
    except _DAMAGE as error:
        reason = f"The archive cannot be read ({in_words(error)})."
        yield Problem(Position(name), reason, "Is it complete? Unpack it and import what is in it.")


def _members(archive: zipfile.ZipFile, size: int, name: str) -> Iterator[Packed | Problem | Note]:
    if any(mark in archive.NameToInfo for mark in _DOCUMENT_MARKS):
        reason = "This is a document of an office program or an e-book, not an archive."
        yield Problem(Position(name), reason, "Save it as text or HTML, or as CSV if it is a table.")
    elif sum(info.compress_size for info in archive.infolist()) > size:
        reason = "The members of the archive overlap: it is made to fill a disk."
        yield Problem(Position(name), reason, "Nothing of it was read.")
    else:
        for info in sorted(archive.infolist(), key=lambda info: path_parts(info.filename)):
            yield from _open_member(archive, info, name)


def _open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Packed | Problem | Note]:
    if info.is_dir() or is_clutter(info.filename):
        return
    position = Position(member_name(name, info.filename))
    if stat.S_ISLNK(info.external_attr >> 16):
        yield Note(position, "The symbolic link in the archive is passed over.")
        return
    if refusal := _refusal(info):
        yield Problem(position, *refusal)
        return
    try:
        source = archive.open(info)
    except (*_DAMAGE, RuntimeError) as error:
        yield Problem(
            position, f"It cannot be read ({in_words(error)}).", "Unpack the archive and import what is in it."
        )
        return
    with source:
        yield Packed(position.file, SteadyReader(source))


def _refusal(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Why a member is not read, and what to do. zipfile never gives out more than the size that is stated."""
    if info.flag_bits & 1:
        return "It is encrypted.", "Unpack the archive with its password and import what is in it."
    if is_out_of_proportion(info.compress_size, info.file_size):
        reason = f"It would expand to {info.file_size:,} bytes, more than {LARGEST_RATIO} times its size."
        return reason, "If that is right, unpack the archive and import what is in it."
    return None


def _open(file: BinaryIO) -> zipfile.ZipFile:
    if _size_of_contents(file) > LARGEST_CONTENTS:
        raise Unreadable("it has too many members; a tar archive may have any number")
    return zipfile.ZipFile(file)


def _size_of_contents(file: BinaryIO) -> int:
    """What the end of the archive says; zipfile checks whether it is true."""
    size = _size(file)
    file.seek(max(0, size - _LONGEST_END))
    end = file.read()
    place = end.rfind(b"PK\5\6")
    if place < 0:
        raise Unreadable("it has no table of contents")
    contents = int.from_bytes(end[place + 12 : place + 16], "little")
    large = end.rfind(b"PK\6\6", 0, place)
    return int.from_bytes(end[large + 40 : large + 48], "little") if large >= 0 else contents


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


def _seekable(stream: io.BufferedReader) -> BinaryIO:
    """The stream, or a copy that can be read from its end and is gone when it is closed."""
    if stream.seekable():
        return stream
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    while chunk := stream.read(_CHUNK):
        file.write(chunk)
        if file.tell() > LARGEST_SPOOLED:
            raise Unreadable("it is too large to come through a pipe or in another archive")
    return file
