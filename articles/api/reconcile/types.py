"""The types of what can be matched: people, places and topics, and of places the kinds of them."""

from dataclasses import dataclass

from articles.models import Place, Subject, SubjectKind


@dataclass(frozen=True)
class Type:
    id: str
    name: str

    def as_json(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name}


def main_type(kind: SubjectKind) -> Type:
    return Type(kind.name, kind.model._meta.verbose_name.capitalize())


def types_of_kind(kind: SubjectKind) -> list[Type]:
    """The main type, then those within it."""
    within = [Type(value, str(label)) for value, label in Place.Kind.choices] if kind.model is Place else []
    return [main_type(kind), *within]


def types_of(subject: Subject, kind: SubjectKind) -> list[Type]:
    within = [Type(subject.kind, str(subject.get_kind_display()))] if isinstance(subject, Place) else []
    return [main_type(kind), *within]
