"""The one table of subject kinds. Whatever is done for people, places and topics alike loops over it."""

from dataclasses import dataclass

from .link import Link, PersonLink, PlaceLink, TopicLink
from .person import Person, PersonAlias
from .place import Place, PlaceAlias
from .subject import Alias, Subject
from .topic import Topic, TopicAlias


@dataclass(frozen=True)
class SubjectKind:
    """`name` and `plural` are the words used in addresses, import files and templates."""

    name: str
    plural: str
    model: type[Subject]
    alias: type[Alias]
    link: type[Link]
    is_tree: bool

    @property
    def links_name(self) -> str:
        """The name of an article's links of this kind: `article.person_links`."""
        return f"{self.name}_links"


SUBJECT_KINDS: dict[str, SubjectKind] = {
    kind.name: kind
    for kind in (
        SubjectKind("person", "people", Person, PersonAlias, PersonLink, is_tree=False),
        SubjectKind("place", "places", Place, PlaceAlias, PlaceLink, is_tree=True),
        SubjectKind("topic", "topics", Topic, TopicAlias, TopicLink, is_tree=True),
    )
}
