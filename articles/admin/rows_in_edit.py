"""The same for the rows of an inline: links and other names that somebody else changed meanwhile.

Each row carries the values that it was opened with.
"""

import json

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .named_fields import NamedFields
from .versions_in_edit import CarriedField


class VersionedRow(NamedFields, forms.ModelForm):
    opened_with = CarriedField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened_with"] = json.dumps(self._now())

    @cached_property
    def changed_data(self):
        """Without what only somebody else has changed."""
        return [name for name in super().changed_data if name not in self._theirs]

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name in self._theirs:
            cleaned[name] = getattr(self.instance, name)
        for name in self._changed_meanwhile - self._theirs:
            if name in self.changed_data and name in cleaned:
                self._ask(name)
        return cleaned

    def _now(self) -> dict[str, str]:
        names = [name for name, field in self.fields.items() if not field.disabled and name in self._own_fields]
        return {name: str(self.initial.get(name, "")) for name in names}

    @property
    def _own_fields(self) -> set[str]:
        """Plain values: keys never change in a row that is there."""
        return {field.name for field in self._meta.model._meta.concrete_fields if not field.is_relation} - {"id"}

    @cached_property
    def _opened(self) -> dict[str, str]:
        if not self.is_bound or not self.instance.pk:
            return {}
        try:
            opened = json.loads(self.data.get(self.add_prefix("opened_with"), ""))
        except ValueError:
            return {}
        return opened if isinstance(opened, dict) else {}

    @cached_property
    def _changed_meanwhile(self) -> set[str]:
        return {name for name, value in self._now().items() if self._opened.get(name, value) != value}

    @cached_property
    def _theirs(self) -> set[str]:
        """What somebody else has changed and this editor has not."""
        found = set()
        for name in self._changed_meanwhile:
            data = self._widget_data_value(self.fields[name].widget, self.add_prefix(name))
            if not self.fields[name].has_changed(self._opened[name], data):
                found.add(name)
        return found

    def _ask(self, name: str) -> None:
        """Shows what stands now; who saves again has seen it."""
        now = dict(self.instance._meta.get_field(name).flatchoices).get(self.initial[name], self.initial[name])
        message = _("Somebody set this to “%(value)s” while you had it open. Save again if yours shall stand.")
        self.add_error(name, message % {"value": now})
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_with")] = json.dumps(self._now())


class VersionedRows:
    """For an inline whose form is a VersionedRow."""

    def get_fields(self, request, obj=None):
        fields = [name for name in super().get_fields(request, obj) if name != "opened_with"]
        parent = self.admin_site.get_model_admin(self.parent_model)
        edits = self.has_change_permission(request, obj) and parent.has_change_permission(request, obj)
        return [*fields, "opened_with"] if obj is not None and edits else fields
