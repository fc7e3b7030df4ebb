"""Names for fields that have no label beside them, for those who hear a page."""

from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext_lazy as _


class NamedFields:
    """For a form that is a row of a table: each field is called like the head of its column."""

    def __getitem__(self, name):
        bound = super().__getitem__(name)
        bound.field.widget.attrs.setdefault("aria-label", bound.label)
        return bound


class NamedDateAndTime(AdminSplitDateTime):
    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, name in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs["aria-label"] = name
