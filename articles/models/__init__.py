"""The archive's tables. Start reading at article.py, then subject.py and link.py."""

from .article import Article, ArticleFormerSlug
from .bulk_edit import BulkEdit
from .candidate import Candidate
from .history import Change, CurrentOccasion, Occasion
from .imports import ImportBatch, ImportedChange, ImportProblem
from .index_change import IndexChange
from .kinds import SUBJECT_KINDS, SubjectKind
from .link import Link, PersonLink, PlaceLink, TopicLink
from .namesakes import Namesakes
from .person import Person, PersonAlias, PersonFormerSlug
from .place import Place, PlaceAlias, PlaceFormerSlug
from .source import Source, SourceFormerSlug
from .subject import Alias, Subject
from .text_group import TextGroup
from .topic import Topic, TopicAlias, TopicFormerSlug
from .upload import Upload

__all__ = [
    "SUBJECT_KINDS",
    "Alias",
    "Article",
    "ArticleFormerSlug",
    "BulkEdit",
    "Candidate",
    "Change",
    "CurrentOccasion",
    "ImportBatch",
    "ImportProblem",
    "ImportedChange",
    "IndexChange",
    "Link",
    "Namesakes",
    "Occasion",
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
    "TextGroup",
    "Topic",
    "TopicAlias",
    "TopicFormerSlug",
    "TopicLink",
    "Upload",
]
