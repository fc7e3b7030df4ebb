"""Finding known names in a text. Pure functions on strings: no models, no database."""

from .index import KnownName, Mention, NameIndex
from .neighbours import doubtful_mentions

__all__ = ["KnownName", "Mention", "NameIndex", "doubtful_mentions"]
