"""The address of the review: which suggestions are asked for, and in which order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.editing.reviewing import ORDERS, ReviewQueue
from articles.models import SUBJECT_KINDS, Source, SubjectKind

from .numbers import read_number
from .search import most_frequent

SOURCES_OFFERED = 50
CONFIDENCES = {"": _("Any"), **{str(percent / 100): f"≥ {percent} %" for percent in (25, 40, 50, 75, 90)}}
LARGEST_ID = 2**63 - 1


class IdField(forms.IntegerField):
    """The id of a row, or nothing."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, min_value=1, max_value=LARGEST_ID)


class ReviewForm(forms.Form):
    """What narrows the queue. Ids come from links on the cards; `kinds` are those that the user may decide on."""

    name = forms.CharField(label=_("About"), required=False, max_length=200)
    source = forms.TypedChoiceField(label=_("Source"), required=False, coerce=int, empty_value=None)
    confidence = forms.TypedChoiceField(
        label=_("Confidence"), required=False, coerce=float, empty_value=0.0, choices=CONFIDENCES.items
    )
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS.items)
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    subject = IdField()
    article = IdField()
    after = IdField()
    older_than = IdField()

    def __init__(self, parameters, kinds: list[SubjectKind]):
        super().__init__(parameters, auto_id="review-%s")
        self.kinds = kinds
        self.fields["kind"].choices = [(kind.name, kind.name) for kind in kinds]
        self.fields["source"].choices = _sources(parameters.get("source"))

    def clean(self):
        """A person's id means nobody among the places."""
        if self.cleaned_data.get("subject") and not self.cleaned_data.get("kind"):
            raise forms.ValidationError(_("The address names somebody, but not of which kind."))

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data[name] for name in self.fields if name not in ("kind", "order", "after"))

    def queue(self) -> ReviewQueue:
        values = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        values.pop("after", None)
        kind = SUBJECT_KINDS[values.pop("kind", self.kinds[0].name)]
        return ReviewQueue(kind, **values)


def _sources(chosen: str | None) -> list[tuple]:
    """The sources with most articles, and the chosen one."""
    ids = {id for id in most_frequent("source", SOURCES_OFFERED) if id}
    if number := read_number(chosen):
        ids.add(number)
    named = Source.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name")
    return [("", _("Any")), *named]
