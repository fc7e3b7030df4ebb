"""The history: of one row, of one occasion, of the whole archive; and taking back what was done."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.editing.permissions import may
from articles.editing.reverting import RevertRefused, may_revert, may_take_back, outlook, revert
from articles.history import UndoRefused, take_back
from articles.history.belonging import changes_of
from articles.history.middleware import without_occasion
from articles.history.reading import Entry, chapters, describe
from articles.models import Article, Change, ImportBatch, Occasion, Source

from .base import ReadOnlyAdmin
from .filters import AlwaysShown
from .numbers import read_number

CHANGES_SHOWN = 50
# As the value of `links` in the address: a topic may have a million links, and their changes would hide its own.
WITHOUT_LINKS = "no"


class HistoryOfRow:
    """For the admin of a model: what happened to the row, and to what belongs to it."""

    object_history_template = "admin/articles/object_history.html"

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None or not may_read_history(self, request, row):
            raise PermissionDenied
        before = read_number(request.GET.get("before"))
        has_links = not isinstance(row, Source)
        with_links = not (has_links and request.GET.get("links") == WITHOUT_LINKS)
        changes = changes_of(row, before, CHANGES_SHOWN, with_links)
        context = {
            "action_list": (),
            "has_links": has_links,
            "with_links": with_links,
            "chapters": _for_user(chapters(changes, row), request),
            "older": changes[-1].pk if len(changes) >= CHANGES_SHOWN else None,
            "is_newest": before is None,
            "batch": getattr(row, "batch", None),
            "sees_occasions": may(request.user, "view", Occasion),
            "sees_imports": may(request.user, "view", ImportBatch),
            "back": request.get_full_path(),
        }
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["hides_history"] = obj is not None and not may_read_history(self, request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def may_read_history(model_admin, request, row) -> bool:
    """The history of a subject names articles that are not public: it is not for contributors."""
    if not model_admin.has_view_or_change_permission(request, row):
        return False
    return isinstance(row, Article) or may(request.user, "view", Change)


class WhoFilter(AlwaysShown):
    """Those who work at the desk, and what no user did: commands and imports."""

    title = _("who")
    parameter_name = "user"
    NOBODY = "none"

    def lookups(self, request, model_admin):
        users = get_user_model().objects.filter(is_staff=True).order_by("username")[:50]
        return [(self.NOBODY, _("Commands and imports")), *((str(user.pk), str(user)) for user in users)]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() == self.NOBODY:
            return queryset.filter(user=None)
        return queryset.filter(user=read_number(self.value()) or 0)


class KindFilter(AlwaysShown):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [("open", _("Not taken back")), ("undone", _("Taken back")), ("undo", _("Taking back"))]

    def queryset(self, request, queryset):
        kinds = {
            "open": {"undone_by": None, "undoes": None},
            "undone": {"undone_by__isnull": False},
            "undo": {"undoes__isnull": False},
        }
        return queryset.filter(**kinds.get(self.value(), {}))


@admin.register(Occasion)
class OccasionAdmin(ReadOnlyAdmin):
    list_display = ["what", "who", "made_at", "why", "is_taken_back"]
    list_filter = [WhoFilter, "made_at", KindFilter]
    sorted_by_index = ["made_at"]
    list_select_related = ["user", "undone_by"]
    search_fields = ["what", "why"]
    search_help_text = _("Words of what was done, or why.")
    ordering = ["-id"]

    @admin.display(description=_("who"))
    def who(self, done):
        return done.user or _("a command or an import")

    @admin.display(description=_("taken back"), empty_value="")
    def is_taken_back(self, done):
        """In words: a cross would look as if something had failed."""
        return _("Yes") if hasattr(done, "undone_by") else None

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("<int:occasion_id>/take-back/", guard(self.take_back_view), name="articles_occasion_take_back"),
            path("revert/<int:change_id>/", guard(self.revert_view), name="articles_change_revert"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """All changes of an occasion, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        done = get_object_or_404(Occasion.objects.select_related("user", "undoes"), pk=read_number(object_id) or 0)
        changes = done.changes.select_related("occasion__undone_by").order_by("-pk")
        before = read_number(request.GET.get("before"))
        shown = list((changes.filter(pk__lt=before) if before else changes)[:CHANGES_SHOWN])
        context = {
            "entries": list(_with_addresses(describe(shown), request)),
            "older": shown[-1].pk if len(shown) == CHANGES_SHOWN else None,
            "may_take_back": not hasattr(done, "undone_by") and may_take_back(request.user, done),
            "back": request.get_full_path(),
        }
        return self._page(request, "occasion.html", done, done.what, context)

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    @without_occasion
    def take_back_view(self, request, occasion_id):
        """A question first, then what could not be taken back, if anything."""
        done = get_object_or_404(Occasion, pk=occasion_id)
        if not (self.has_view_permission(request) and may_take_back(request.user, done)):
            raise PermissionDenied
        if edit := done.bulk_edits.first():  # its own page can take back 100,000 changes, and shows how far it is
            return HttpResponseRedirect(reverse("admin:articles_bulk_edit", args=[edit.pk]))
        if request.method != "POST":
            return self._page(request, "take_back.html", done, _("Take back: %(what)s") % {"what": done}, {})
        try:
            result = take_back(done, request.user, request.POST.get("why", ""))
        except UndoRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_occasion_change", args=[done.pk]))
        self._report(request, result)
        shown = result.occasion or done
        return HttpResponseRedirect(reverse("admin:articles_occasion_change", args=[shown.pk]))

    def revert_view(self, request, change_id):
        """One field of a change, or all of it."""
        change = get_object_or_404(Change, pk=change_id)
        if not may_revert(request.user, change):
            raise PermissionDenied
        name, back = request.GET.get("field", ""), _safe_address(request)
        try:
            if request.method == "POST":
                self._tell(request, revert(change, request.user, name, request.POST.get("why", "")))
                return HttpResponseRedirect(back)
            fields = outlook(change, name) if change.action == Change.Action.UPDATE else None
        except RevertRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(back)
        entry = next(describe([change]))
        context = {"change": change, "entry": entry, "outlook": fields, "back": back}
        return self._page(request, "revert.html", change, _("Go back to what was before"), context)

    def _report(self, request, result) -> None:
        done = ngettext("%(count)d change was taken back.", "%(count)d changes were taken back.", result.changes)
        self.message_user(request, done % {"count": result.changes}, messages.SUCCESS)
        for sentence in result.left:
            self.message_user(request, sentence, messages.WARNING)

    def _tell(self, request, left: list[str]) -> None:
        for sentence in left:
            self.message_user(request, sentence, messages.WARNING)
        if not left:
            self.message_user(request, _("It is again what it was before this change."), messages.SUCCESS)

    def _page(self, request, template, row, title, context):
        context |= {**self.admin_site.each_context(request), "title": title, "original": row, "opts": self.opts}
        context |= {"media": self.media, "sees_occasions": self.has_view_permission(request)}
        return TemplateResponse(request, f"admin/articles/history/{template}", context)


def _for_user(found, request):
    """With the addresses that the user may go to."""
    for chapter in found:
        chapter.entries = list(_with_addresses(chapter.entries, request))
    return found


def _with_addresses(entries, request):
    for entry in entries:
        yield {
            "entry": entry,
            "address": _address_of(entry),
            "may_revert": not _is_taken_back(entry.change) and may_revert(request.user, entry.change),
        }


def _is_taken_back(change: Change) -> bool:
    """What was made has gone again with its occasion, and what was removed is there again. A field that somebody has
    changed since still has a way back."""
    is_update = change.action == Change.Action.UPDATE
    return not is_update and change.occasion is not None and hasattr(change.occasion, "undone_by")


def _address_of(entry: Entry) -> str:
    """Where the row is edited; nowhere if it is gone, or belongs to another one."""
    if isinstance(entry.owner, type):
        return ""
    try:
        return reverse(f"admin:articles_{entry.owner._meta.model_name}_change", args=[entry.owner.pk])
    except NoReverseMatch:
        return ""


def _safe_address(request) -> str:
    """Where the user came from, if that is here."""
    back = request.GET.get("back", "")
    is_safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_safe else reverse("admin:index")
