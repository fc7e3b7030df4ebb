from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .articles import ExportedArticle

Portions = Iterable[list[ExportedArticle]]


@dataclass(frozen=True)
class ExportFormat:
    """`name` is the ending of its address and the command's option. `write` turns portions of articles into pieces of
    the file; it is also given the address of the site, without a slash at its end, and whether the articles say their
    status."""

    name: str
    label: str
    use: str
    content_type: str
    file_ending: str
    write: Callable[[Portions, str, bool], Iterator[str]]
