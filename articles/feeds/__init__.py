"""Feeds: the newest articles of any list, for feed readers. FEED_FORMATS names each format once."""

from .formats import Atom, Rss

FEED_FORMATS = {"atom": Atom, "rss": Rss}

__all__ = ["FEED_FORMATS"]
