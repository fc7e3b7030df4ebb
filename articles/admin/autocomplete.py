"""Suggestions while somebody types the name of a person, a place, a topic."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, When
from django.utils.text import Truncator
from django.utils.translation import ngettext

from articles.editing.finding import subjects_called
from articles.editing.subject_facts import details_of
from articles.models import Subject

MOST_SUGGESTED = 60
LONGEST_DETAILS = 100


class LabelledAutocompleteView(AutocompleteJsonView):
    """Tells namesakes apart. Who is called exactly so comes first, then whose name begins so."""

    def get_queryset(self):
        model = self.model_admin.model
        if not issubclass(model, Subject):
            return super().get_queryset()
        rows = self.model_admin.get_queryset(self.request).complex_filter(self.source_field.get_limit_choices_to())
        rows = rows.with_link_counts()
        rows = rows.select_related("parent") if hasattr(model, "parent") else rows
        if not self.term:
            return rows.alphabetical()
        ids = subjects_called(model, self.term, MOST_SUGGESTED)
        return rows.filter(pk__in=ids).order_by(_place_in(ids))

    def serialize_result(self, obj, to_field_name):
        label = label_to_choose_by(obj) if isinstance(obj, Subject) else str(obj)
        return {**super().serialize_result(obj, to_field_name), "text": label}


def label_to_choose_by(subject: Subject) -> str:
    """The name, what the subject is, and how many articles are about it, where `link_count` says so."""
    details = [Truncator(details_of(subject)).chars(LONGEST_DETAILS).removesuffix(".")]
    if (count := getattr(subject, "link_count", None)) is not None:
        details.append(ngettext("%(count)d article", "%(count)d articles", count) % {"count": count})
    details = ", ".join(detail for detail in details if detail)
    return f"{subject} — {details}" if details else str(subject)


def _place_in(ids: list[int]) -> Case:
    return Case(*(When(pk=id, then=place) for place, id in enumerate(ids)), default=len(ids))
