"""Archives and compressed files: what is packed in them, member by member, without unpacking to disk.

Found by content first, by name second. Memory is bounded: members are streams, and what expands out of all
proportion is refused.
"""

import io
from collections.abc import Callable, Iterator

from articles.pipeline.records import Note, Position, Problem

from .compressed import is_compressed, open_compressed
from .foreign import decline
from .members import Member, Packed, is_clutter
from .streams import HEAD_BYTES, SteadyReader
from .tars import is_tar, open_tar
from .zips import is_zip, open_zip

# Archives inside archives are opened so deep; a tar inside its compression counts once.
DEEPEST = 3

Opener = Callable[[str, io.BufferedReader], Iterator[Packed | Problem | Note]]

# Whether a file is one, by its name and its first bytes, and how it is opened.
_KINDS: tuple[tuple[Callable[[str, bytes], bool], Opener], ...] = (
    (is_zip, open_zip),
    (is_compressed, open_compressed),
    (is_tar, open_tar),
)


def open_stream(
    name: str, raw: io.RawIOBase, depth: int = 0, was_compressed: bool = False
) -> Iterator[Member | Problem | Note]:
    """The stream itself as one member, or what is packed in it, in whatever depth."""
    stream = io.BufferedReader(raw if raw.seekable() else SteadyReader(raw), HEAD_BYTES)
    try:
        head = stream.peek(HEAD_BYTES)
    except OSError as error:
        yield Problem(Position(name), f"The file cannot be read ({error.strerror}).", "Is it complete?")
        return
    opener = next((opener for is_kind, opener in _KINDS if is_kind(name, head)), None)
    if refusal := decline(name, head):
        yield refusal
    elif opener is None:
        yield Member(name, stream)
    else:
        depth += 0 if opener is open_tar and was_compressed else 1
        yield from _open_packed(opener, name, stream, depth)


def _open_packed(opener: Opener, name: str, stream: io.BufferedReader, depth: int) -> Iterator[Member | Problem | Note]:
    if depth > DEEPEST:
        reason = f"Archives inside archives are opened to a depth of {DEEPEST}."
        yield Problem(Position(name), reason, "Unpack it and import what is in it.")
        return
    for item in opener(name, stream):
        if isinstance(item, Packed):
            yield from open_stream(item.name, item.raw, depth, was_compressed=opener is open_compressed)
        else:
            yield item


__all__ = ["HEAD_BYTES", "Member", "SteadyReader", "is_clutter", "open_stream"]
