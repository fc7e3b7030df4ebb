"""Telling files apart that hold the same text and give neither id nor address: each is an article of its own.

The same files in the same order get the same numbers again, so that a second import finds them.
"""

from dataclasses import replace

from .records import ArticleRecord

# Half of a digest is enough to tell millions of texts apart, and takes little memory.
DIGITS = 16


class FileCopies:
    """Remembers in which file of this import each text stood that has no other identity."""

    def __init__(self) -> None:
        self._files: dict[int, tuple[str, int]] = {}

    def numbered(self, record: ArticleRecord) -> ArticleRecord:
        """The record with its number among the files that hold the same. Twice in one file it is the same record."""
        if record.given_key or record.external_id or record.url:
            return record
        short = int(record.key[-DIGITS:], 16)
        file, number = self._files.get(short, (record.position.file, 0))
        if file != record.position.file:
            file, number = record.position.file, number + 1
        self._files[short] = (file, number)
        return replace(record, copy=number) if number else record
