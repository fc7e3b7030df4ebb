"""Finding known names in a text. Pure functions on strings: no models, no database."""

from .index import KnownName, Mention, NameIndex

__all__ = ["KnownName", "Mention", "NameIndex"]
