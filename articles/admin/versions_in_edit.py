"""Two editors on one page: what the other saved meanwhile is kept, and so is what this one wrote.

The form carries the number of the newest change that its row had when it was opened. Fields that only the other has
changed are taken over; where both have, the editor chooses.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles.editing.simultaneous import Meanwhile, changed_since, newest_change
from articles.history.differences import Difference, difference
from articles.models import Change

from .numbers import read_number

TAKEN_OVER, CHOSEN, OPEN = "taken over", "chosen", "open"


@dataclass(frozen=True)
class Version:
    """One field that others changed meanwhile, beside what stands in the form."""

    name: str
    theirs: Difference
    mine: Difference
    change: Change
    state: str
    choice: str

    @property
    def needs_choice(self) -> bool:
        return self.state != TAKEN_OVER

    @property
    def who(self) -> str:
        occasion = self.change.occasion
        return str(occasion.user or occasion.what) if occasion else _("somebody")


class CarriedField(forms.CharField):
    """What a form carries along unseen: it is never an edit."""

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def has_changed(self, initial, data) -> bool:
        return False


class VersionedForm(forms.ModelForm):
    """`versions` lists what others changed since the form was opened."""

    opened_with = CarriedField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions: list[Version] = []
        self.initial["opened_with"] = getattr(self.instance, "newest_change", "")

    def _widget_data_value(self, widget, html_name):
        """Browsers send lines that end as on paper tape; the archive's end as everywhere else."""
        value = super()._widget_data_value(widget, html_name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        meanwhile = self._meanwhile()
        for name in [name for name in self.fields if name in meanwhile.changes]:
            self._settle(name, meanwhile, cleaned)
        return cleaned

    def _meanwhile(self) -> Meanwhile:
        opened = read_number(self.cleaned_data.get("opened_with"))
        return Meanwhile() if opened is None or not self.instance.pk else changed_since(self.instance, opened)

    def _settle(self, name: str, meanwhile: Meanwhile, cleaned: dict) -> None:
        change = meanwhile.changes[name]
        is_mine = self._differs(name, meanwhile.before[name])
        choice = self._choice(name, change) if is_mine else "theirs"
        if is_mine and name not in self.changed_data:
            return  # both wrote the same
        state = TAKEN_OVER if not is_mine else CHOSEN if choice else OPEN
        self.versions.append(self._version(name, meanwhile, state, choice))
        if choice == "theirs":
            self._take_over(name, cleaned)
        elif not choice:
            message = _("%(who)s changed this, too, while you had it open. Choose above what shall stand.")
            self.add_error(name, message % {"who": self.versions[-1].who})

    def _differs(self, name: str, value: object) -> bool:
        data = self._widget_data_value(self.fields[name].widget, self.add_prefix(name))
        return self.fields[name].has_changed(value, data)

    def _choice(self, name: str, change: Change) -> str:
        """What was chosen, if that was about the latest change."""
        choice, _colon, seen = self.data.get(f"choice-{name}", "").partition(":")
        return choice if choice in ("mine", "theirs") and seen == str(change.pk) else ""

    def _take_over(self, name: str, cleaned: dict) -> None:
        cleaned[name] = getattr(self.instance, name)
        self._errors.pop(name, None)
        self.changed_data = [each for each in self.changed_data if each != name]

    def _version(self, name: str, meanwhile: Meanwhile, state: str, choice: str) -> Version:
        field = self.instance._meta.get_field(name)
        before, now = meanwhile.before[name], getattr(self.instance, field.attname)
        mine = self.cleaned_data.get(name, self.data.get(self.add_prefix(name)))
        mine = mine.pk if isinstance(mine, models.Model) else mine
        change = meanwhile.changes[name]
        return Version(name, difference(field, before, now), difference(field, before, mine), change, state, choice)


class VersionsInEdit:
    """For the admin of a model whose form is a VersionedForm."""

    form = VersionedForm
    change_form_template = "admin/articles/versioned_form.html"

    def get_object(self, request, object_id, from_field=None):
        number = read_number(object_id)
        newest = "" if number is None or request.method != "GET" else newest_change(self.model, number)
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.newest_change = newest
        if row is not None and request.method == "POST" and transaction.get_connection().in_atomic_block:
            _wait_for(row)
        return row

    def render_change_form(self, request, context, *args, **kwargs):
        versions = getattr(context["adminform"].form, "versions", [])
        context["versions"] = versions
        context["needs_choice"] = any(version.state == OPEN for version in versions)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for version in getattr(form, "versions", []):
            if version.state == TAKEN_OVER:
                note = _("“%(field)s” is as %(who)s saved it while you had the page open.")
                values = {"field": version.theirs.label, "who": version.who}
                self.message_user(request, note % values, messages.INFO)


def _wait_for(row: models.Model) -> None:
    """Two who save at once do so one after the other: the second sees what the first wrote."""
    list(type(row)._base_manager.select_for_update().filter(pk=row.pk).values_list("pk"))
    row.refresh_from_db()
