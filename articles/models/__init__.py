"""The archive's tables. Start reading at article.py, then subject.py and link.py."""

from .article import Article, ArticleFormerSlug
from .imports import ImportBatch, ImportProblem
from .index_change import IndexChange
from .kinds import SUBJECT_KINDS, SubjectKind
from .link import Link, PersonLink, PlaceLink, TopicLink
from .person import Person, PersonAlias, PersonFormerSlug
from .place import Place, PlaceAlias, PlaceFormerSlug
from .source import Source, SourceFormerSlug
from .subject import Alias, Subject
from .topic import Topic, TopicAlias, TopicFormerSlug

__all__ = [
    "SUBJECT_KINDS",
    "Alias",
    "Article",
    "ArticleFormerSlug",
    "ImportBatch",
    "ImportProblem",
    "IndexChange",
    "Link",
    "Person",
    "PersonAlias",
    "PersonFormerSlug",
    "PersonLink",
    "Place",
    "PlaceAlias",
    "PlaceFormerSlug",
    "PlaceLink",
    "Source",
    "SourceFormerSlug",
    "Subject",
    "SubjectKind",
    "Topic",
    "TopicAlias",
    "TopicFormerSlug",
    "TopicLink",
]
