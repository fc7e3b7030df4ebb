"""The admin, where editors work: one module for each thing they tend."""

from . import article, history, imports, links, source, subjects

__all__ = ["article", "history", "imports", "links", "source", "subjects"]
