"""The form of a split: what narrows the articles, which of them are chosen, what the new record says of itself.

The choice goes along from page to page in the form itself, as a list of ids.
"""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.editing.merged_values import IDENTIFIERS
from articles.editing.split_articles import Narrowing
from articles.editing.split_groups import Contents, Group, Offered
from articles.models import SUBJECT_KINDS, Link, Subject, SubjectKind
from articles.search.facets import FACETS

from .candidate_form import subject_form
from .numbers import read_number

NEW = "new"
STATUSES = [(Link.Status.ACCEPTED.value, _("Accepted")), (Link.Status.SUGGESTED.value, _("Suggested"))]
ANY = ("", _("Any"))


class NarrowingForm(forms.Form):
    """What is offered comes from the articles themselves."""

    group = forms.ChoiceField(label=_("Together with"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    decade = forms.ChoiceField(label=_("Date"), required=False)
    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("Links"), required=False, choices=STATUSES)

    def __init__(self, contents: Contents, data: QueryDict | None):
        super().__init__(data, auto_id="split-%s")
        self.fields["group"].choices = [ANY, *_companions(contents)]
        self.fields["source"].choices = [ANY, *_choices(contents.sources)]
        self.fields["decade"].choices = [ANY, *_choices(contents.decades)]

    def narrowing(self) -> Narrowing:
        """What cannot be understood narrows nothing; the form says so."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        kind, _colon, id = given.get("group", "").partition(":")
        return Narrowing(
            status=given.get("status") or Link.Status.ACCEPTED,
            companion=(kind, int(id)) if id else None,
            source=read_number(given.get("source")),
            decade=read_number(given.get("decade")),
            words=given.get("words", ""),
        )


class AliasesForm(forms.Form):
    """Which of its other names the old record gives away."""

    aliases = forms.ModelMultipleChoiceField(
        None, label=_("Other names that go along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label=_("Why (may be left empty)"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, subject: Subject, data: QueryDict | None, written: dict | None = None):
        super().__init__(data, prefix=NEW, initial=written)
        self.fields["aliases"].queryset = subject.aliases.all()


def new_subject_form(
    kind: SubjectKind, old: Subject, data: QueryDict | None, written: dict | None = None
) -> forms.ModelForm:
    """At first it says what the old one says, but for what may stand only once, and who or what it is."""
    base = subject_form(kind)

    class NewSubjectForm(base):
        def _get_validation_exclusions(self):
            """An identifier of the old record moves with the split."""
            taken_over = {name for name in IDENTIFIERS if self.cleaned_data.get(name) == getattr(old, name, None)}
            return super()._get_validation_exclusions() | taken_over

    return NewSubjectForm(data, prefix=NEW, initial=_from_old(base, old) if written is None else written)


def _from_old(form: type[forms.ModelForm], old: Subject) -> dict[str, object]:
    kept = [name for name in form.base_fields if name not in (*IDENTIFIERS, "description", "parent")]
    parent = getattr(old, "parent", None)
    return {name: getattr(old, name) for name in kept} | ({"parent": parent.slug} if parent else {})


def as_written(form: forms.BaseForm) -> dict[str, object]:
    """What was written, for a form that says nothing of what is missing: the user is still choosing articles."""
    return {name: form[name].value() for name in form.fields}


def read_ids(text: str) -> set[int]:
    return set(filter(None, map(read_number, text.split(","))))


def write_ids(ids: Iterable[int]) -> str:
    return ",".join(map(str, sorted(ids)))


def _companions(contents: Contents) -> list[tuple[str, list]]:
    found = []
    for kind in SUBJECT_KINDS.values():
        groups = {group.key: group for group in contents.groups if group.key.startswith(f"{kind.name}:")}
        offered = {each.key: each for each in contents.companions[kind.name]}
        if groups or offered:
            found.append((FACETS[kind.plural].label, _choices({**offered, **groups}.values())))
    return found


def _choices(offered: Iterable[Offered | Group]) -> list[tuple[str, str]]:
    return [(each.key, f"{each.name} ({each.count})") for each in offered]
