"""The admin, where editors work: one module for each thing they tend."""

from . import article, imports, links, source, subjects

__all__ = ["article", "imports", "links", "source", "subjects"]
