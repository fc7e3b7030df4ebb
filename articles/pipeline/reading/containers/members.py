"""What comes out of an archive, and the names it goes by in messages."""

import io
from dataclasses import dataclass

LONGEST_NAME = 300
_CLUTTER = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass
class Member:
    """A file that is no archive. `name` is for messages."""

    name: str
    stream: io.BufferedReader


@dataclass
class Packed:
    """A member as it comes out of its archive: it may be an archive itself."""

    name: str
    raw: io.RawIOBase


def path_parts(name: str) -> list[str]:
    """The folders and the name of a member, without what would lead out of the archive."""
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]


def member_name(archive: str, name: str) -> str:
    """How a member is called in messages: "archive.zip/inner/file.txt", with nothing a terminal would obey."""
    path = "/".join(path_parts(name))[:LONGEST_NAME]
    return f"{archive}/" + "".join(character if character.isprintable() else "\ufffd" for character in path)


def is_clutter(name: str) -> bool:
    """Whether it is hidden or put there by an operating system, as far as the last or any folder's name says."""
    return any(part.startswith(".") or part in _CLUTTER for part in path_parts(name))
