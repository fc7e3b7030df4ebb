"""Merging people, places and topics: from the list, from a record's page, from a proposed pair."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.editing.merge_history import Restructuring, restructurings, restructurings_of
from articles.editing.merge_preview import carried_names, likely_survivor, records_of, rows_of
from articles.editing.merged_namesakes import namesakes_among
from articles.editing.merged_values import lost_identifiers
from articles.editing.merging import MOST_AT_ONCE, Merged, MergeRefused, merge
from articles.editing.permissions import may
from articles.editing.stored_duplicates import pairs_with
from articles.history.middleware import without_occasion
from articles.models import Change, Occasion, Subject

from .autocomplete import label_to_choose_by
from .duplicates import duplicates_address
from .kind_pages import KindPages, labelled, may_merge
from .merge_form import MergeRequest, OneMoreForm, merge_address

LISTED = 50
LISTED_OF_ONE = 10


class MergingAdmin(KindPages):
    """For the admin of a kind of subject."""

    def get_urls(self):
        guard, name = self.admin_site.admin_view, self.opts.model_name
        return [
            path("merge/", guard(self.merge_view), name=f"articles_{name}_merge"),
            path("merges/", guard(self.merges_view), name=f"articles_{name}_merges"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request):
        return may_merge(request.user, self.kind)

    @admin.action(description=gettext_lazy("Merge…"), permissions=["merge"])
    def merge_selected(self, request, queryset):
        ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if not 2 <= len(ids) <= MOST_AT_ONCE:
            refusal = _("Choose two to %(most)d different records to merge.") % {"most": MOST_AT_ONCE}
            self.message_user(request, refusal, messages.ERROR)
            return None
        return HttpResponseRedirect(merge_address(self.kind, ids))

    @without_occasion
    def merge_view(self, request):
        """The records side by side; then the merge."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        asked = MergeRequest.read(request.POST or request.GET)
        if request.method == "POST" and (done := self._merge(request, asked)):
            return HttpResponseRedirect(self._way_back(asked) or self.kind_address("change", done.survivor.pk))
        more = OneMoreForm(self.kind, request.GET)
        subjects = self._subjects(asked, more.chosen())
        if not subjects:
            self.message_user(request, _("None of these records is there any more."), messages.ERROR)
            return HttpResponseRedirect(self.kind_address("changelist"))
        title = _("Merge %(kinds)s") % {"kinds": self.opts.verbose_name_plural}
        return self.kind_page(request, "merge.html", title, self._preview(asked, subjects, more))

    def merges_view(self, request):
        """The merges and splits of the past, from which they can be taken back."""
        if not self.has_view_or_change_permission(request) or not may(request.user, "view", Change):
            raise PermissionDenied
        title = _("Merged and split %(kinds)s") % {"kinds": self.opts.verbose_name_plural}
        return self.kind_page(request, "merges.html", title, {"restructurings": restructurings(self.kind, LISTED)})

    def get_fieldsets(self, request, obj=None):
        """What was merged into a record, or split from it, stands on its page, with the way to take it back."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not may(request.user, "view", Occasion):
            return fieldsets
        obj.restructurings = restructurings_of(self.kind, obj, LISTED_OF_ONE)
        title = gettext_lazy("Merged and split")
        return [*fieldsets, (title, {"fields": ["restructured"]})] if obj.restructurings else fieldsets

    @admin.display(description=gettext_lazy("what was done"))
    def restructured(self, subject):
        return format_html_join(mark_safe("<br>"), "{}", ((_line(each),) for each in subject.restructurings))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_merge"] = obj is not None and self.has_merge_permission(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changelist_view(self, request, extra_context=None):
        context = {"may_merge": self.has_merge_permission(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def _subjects(self, asked: MergeRequest, more: Subject | None) -> list[Subject]:
        """The survivor first, then the others in the order in which they were chosen."""
        ids = dict.fromkeys([*asked.ids, *([more.pk] if more else [])])
        rows = self.kind.model.objects.select_related("parent") if self.kind.is_tree else self.kind.model.objects
        found = rows.in_bulk(list(ids)[:MOST_AT_ONCE])
        subjects = [found[id] for id in ids if id in found]
        if not subjects:
            return []
        stays = found.get(asked.into) or likely_survivor(self.kind, subjects)
        return sorted(subjects, key=lambda subject: subject != stays)

    def _merge(self, request, asked: MergeRequest) -> Merged | None:
        """None if it was refused: the reason is a message."""
        options = {"user": request.user, "why": asked.why, "choices": asked.choices, "names": asked.names}
        try:
            done = merge(self.kind, asked.into, asked.others, **options)
        except MergeRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return None
        self.message_user(request, _report(done), messages.SUCCESS)
        return done

    def _preview(self, asked: MergeRequest, subjects: list[Subject], more: OneMoreForm) -> dict:
        ids = [subject.pk for subject in subjects]
        return {
            "ids": ids,
            "records": records_of(self.kind, subjects),
            "rows": rows_of(self.kind, subjects, asked.choices),
            "names": carried_names(subjects),
            "lost_identifiers": list(lost_identifiers(self.kind, subjects, asked.choices)),
            "told_apart": namesakes_among(self.kind, ids).select_related("decided_by"),
            "likely": self._likely(ids[0]) if len(ids) == 1 else [],
            "why": asked.why,
            "duplicate": asked.duplicate,
            "way_back": self._way_back(asked) or self.kind_address("changelist"),
            "more": more if len(ids) < MOST_AT_ONCE else None,
            "forms": [more],
        }

    def _way_back(self, asked: MergeRequest) -> str | None:
        """To the likely duplicates, where they were left; None if they did not lead here."""
        return duplicates_address(self.kind, asked.duplicate - 1) if asked.duplicate else None

    def _likely(self, id: int) -> list[tuple[str, str]]:
        """(address of the merge, label) of each that it may be the same as, by what was found last."""
        ids = [pair.second if pair.first == id else pair.first for pair in pairs_with(self.kind, id)[:MOST_AT_ONCE]]
        found = labelled(self.kind, ids)
        return [(merge_address(self.kind, [id, other]), label_to_choose_by(found[other])) for other in ids]


def take_back_address(done: Occasion) -> str:
    return reverse("admin:articles_occasion_take_back", args=[done.pk])


def _report(done: Merged) -> str:
    moved = ngettext("%(count)d link went over", "%(count)d links went over", done.moved) % {"count": done.moved}
    combined = ngettext(
        "%(count)d was one too many for its article", "%(count)d were one too many for their articles", done.combined
    ) % {"count": done.combined}
    links = f"{moved}, {combined}" if done.combined else moved
    undo = format_html('<a href="{}">{}</a>', take_back_address(done.occasion), _("Take it back"))
    return format_html("{}: {}. {}", done.occasion.what, links, undo)


def _line(found: Restructuring) -> str:
    done = found.occasion
    when = date_format(localtime(done.made_at), "DATETIME_FORMAT")
    address = reverse("admin:articles_occasion_change", args=[done.pk])
    who = f", {done.user}" if done.user else ""
    undone = (
        _("taken back since")
        if found.undo
        else format_html('<a href="{}">{}</a>', take_back_address(done), _("Take it back"))
    )
    return format_html('<a href="{}">{}</a>, {}{} · {}', address, done.what, when, who, undone)
