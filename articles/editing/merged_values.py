"""What merged subjects say of themselves: field by field, whose value the survivor keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Field
from django.utils.translation import gettext as _

from articles.models import Subject, SubjectKind

# Fields of which one means nothing without the other: they are chosen together.
TOGETHER = [("name", "name_is_matched"), ("latitude", "longitude")]
# What is no statement about the subject. The survivor keeps its address; see `chosen_values` for the import.
NOT_CHOSEN = {"id", "slug", "batch", "folded_name"}
# Fields that name a subject in other catalogues.
IDENTIFIERS = ("wikidata_id", "geonames_id", "iptc_code")


@dataclass(frozen=True)
class Choice:
    """Fields whose values are kept together; it is called by the first."""

    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        return self.fields[0].name

    def values_of(self, subject: Subject) -> tuple:
        return tuple(getattr(subject, field.attname) for field in self.fields)

    def is_filled(self, subject: Subject) -> bool:
        """A kind of place that nobody has chosen (“other”) says nothing."""
        field, value = self.fields[0], self.values_of(subject)[0]
        return value not in (None, "") and not (field.choices and value == field.get_default())


@dataclass(frozen=True)
class LostIdentifier:
    field: Field
    value: object
    subject: Subject
    kept: object

    def in_words(self) -> dict[str, object]:
        kept = self.kept or _("none")
        return {"field": self.field.verbose_name, "value": self.value, "name": self.subject, "kept": kept}


def choices_of(kind: SubjectKind) -> list[Choice]:
    """Everything that subjects of a kind say of themselves, in the order of the fields."""
    fields = {field.name: field for field in kind.model._meta.concrete_fields if field.name not in NOT_CHOSEN}
    groups = {name: group for group in TOGETHER for name in group}
    names = dict.fromkeys(groups.get(name, (name,)) for name in fields)
    return [Choice(tuple(fields[name] for name in group)) for group in names]


def default_choice(choice: Choice, subjects: Sequence[Subject]) -> Subject:
    """The first that says anything; the survivor stands first."""
    return next((subject for subject in subjects if choice.is_filled(subject)), subjects[0])


def chosen_subject(choice: Choice, subjects: Sequence[Subject], choices: Mapping[str, int]) -> Subject:
    by_id = {subject.pk: subject for subject in subjects}
    return by_id.get(choices.get(choice.name)) or default_choice(choice, subjects)


def chosen_values(kind: SubjectKind, subjects: Sequence[Subject], choices: Mapping[str, int]) -> dict[str, object]:
    """The columns of the survivor. Made by several imports, or by hand, it belongs to none: undoing one of them must
    not remove it."""
    values: dict[str, object] = {}
    for choice in choices_of(kind):
        chosen = chosen_subject(choice, subjects, choices)
        values |= {field.attname: getattr(chosen, field.attname) for field in choice.fields}
    batches = {subject.batch_id for subject in subjects}
    return values | {"batch_id": batches.pop() if len(batches) == 1 else None}


def lost_identifiers(
    kind: SubjectKind, subjects: Sequence[Subject], choices: Mapping[str, int]
) -> Iterator[LostIdentifier]:
    """Those that contradict the one that is kept: perhaps these are not the same after all."""
    for choice in choices_of(kind):
        if choice.name in IDENTIFIERS:
            kept = choice.values_of(chosen_subject(choice, subjects, choices))[0]
            for subject in subjects:
                value = choice.values_of(subject)[0]
                if value and value != kept:
                    yield LostIdentifier(choice.fields[0], value, subject, kept)
