"""The public pages. Each view fetches, narrows, paginates and renders; the pieces have files of their own."""

from .article import article
from .article_list import article_list
from .compare import compare
from .facet_values import facet_values
from .home import home
from .search_help import search_help
from .subject import subject
from .subject_list import subject_list
from .subject_map import subject_map
from .subject_tree import subject_tree

__all__ = [
    "article",
    "article_list",
    "compare",
    "facet_values",
    "home",
    "search_help",
    "subject",
    "subject_list",
    "subject_map",
    "subject_tree",
]
