"""Tar archives, in their own order: read once from the beginning to the end, so that they may come through a pipe."""

import io
import tarfile
from collections.abc import Iterator

from articles.pipeline.records import Note, Position, Problem

from .members import Packed, is_clutter, member_name
from .streams import DAMAGE, LARGEST_MEMBER, SteadyReader, in_words

# tarfile reads long names and other extended headers into memory, whatever size they claim to have.
LARGEST_HEADER = 65_536

_SUFFIXES = (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")
_EXTENDED = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
)  # fmt: skip
_DAMAGE = (*DAMAGE, ValueError, OverflowError, EOFError, RecursionError)


def is_tar(name: str, head: bytes) -> bool:
    """By the word all but the oldest have in their first header, else by the name."""
    return head[257:262] == b"ustar" or name.lower().endswith(_SUFFIXES)


def open_tar(name: str, stream: io.BufferedReader) -> Iterator[Packed | Problem | Note]:
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_CarefulTarInfo) as archive:
            yield from _members(archive, name)
    except _DAMAGE as error:
        reason = f"The archive is damaged or cut off ({in_words(error)}); what came before was read."
        yield Problem(Position(name), reason, "Import it again when it is complete.")


def _members(archive: tarfile.TarFile, name: str) -> Iterator[Packed | Problem | Note]:
    while info := archive.next():
        # Without this, tarfile remembers every member.
        archive.members.clear()
        if not (info.isdir() or is_clutter(info.name)):
            yield _member(archive, info, member_name(name, info.name))


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Packed | Problem | Note:
    if not info.isreg():
        return Note(Position(name), "It is a link or a device in the archive and is passed over.")
    if info.issparse() or info.size > LARGEST_MEMBER:
        reason = "It is a file with holes or beyond all size."
        return Problem(Position(name), reason, "If that is right, unpack the archive and import what is in it.")
    return Packed(name, SteadyReader(archive.extractfile(info)))


class _CarefulTarInfo(tarfile.TarInfo):
    """A header of a member. tarfile takes a damaged one for the end of the archive: here it is an error."""

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        try:
            info = super().frombuf(buf, encoding, errors)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:
            raise tarfile.ReadError(str(error)) from None
        if info.type in _EXTENDED and info.size > LARGEST_HEADER:
            raise tarfile.ReadError("a header is too large")
        return info
