"""What a bulk edit says of an article: what would become of it, or why it stays as it is."""

from dataclasses import dataclass


class BulkEditRefused(Exception):
    """It cannot be done, or not be gone on with. The message is a sentence."""


@dataclass(frozen=True)
class Verdict:
    label: str
    changes: bool
