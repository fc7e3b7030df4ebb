"""What the address and the form of a merge say: which records, which of them stays, whose values are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Subject, SubjectKind

from .numbers import read_number
from .subject_field import SubjectField

CHOICE = "choice-"


@dataclass(frozen=True)
class MergeRequest:
    """`ids` in the order in which they were chosen; `into` is None where nobody said which stays. `duplicate` is the
    number of the pair among the likely duplicates that led here, if it was one."""

    ids: tuple[int, ...]
    into: int | None
    choices: Mapping[str, int]
    names: tuple[str, ...]
    why: str
    duplicate: int | None = None

    @classmethod
    def read(cls, parameters: QueryDict) -> "MergeRequest":
        ids = dict.fromkeys(filter(None, map(read_number, parameters.getlist("ids"))))
        chosen = {name.removeprefix(CHOICE): read_number(parameters[name]) for name in parameters}
        return cls(
            ids=tuple(ids),
            into=read_number(parameters.get("into")),
            choices={name: id for name, id in chosen.items() if f"{CHOICE}{name}" in parameters and id},
            names=tuple(parameters.getlist("names")),
            why=parameters.get("why", ""),
            duplicate=read_number(parameters.get("duplicate")) or None,
        )

    @property
    def others(self) -> list[int]:
        return [id for id in self.ids if id != self.into]


class OneMoreForm(forms.Form):
    """Another record to merge."""

    def __init__(self, kind: SubjectKind, parameters: QueryDict):
        super().__init__(parameters if "more" in parameters else None)
        self.fields["more"] = SubjectField(kind.link._meta.get_field("subject"), label=_("Name"))

    def chosen(self) -> Subject | None:
        return self.cleaned_data["more"] if self.is_bound and self.is_valid() else None


def merge_address(kind: SubjectKind, ids: Iterable[int], **more: int) -> str:
    """`more` may be `into` and `duplicate`."""
    return reverse(f"admin:articles_{kind.name}_merge", query={"ids": list(ids), **more})
