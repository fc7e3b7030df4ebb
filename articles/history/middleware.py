"""What a user does in one request is one occasion in the history."""

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .recording import occasion

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def without_occasion(view):
    """For views that take long or have occasions of their own: their requests run in no transaction."""
    view.runs_without_occasion = True
    return view


class OccasionMiddleware:
    """Runs each request of a logged-in user that may change something on an occasion.

    A view that opens an occasion gives this one its name; else it is called after the entries in the admin's log. The
    transaction covers the view alone: what was sent is read before, the page is rendered afterwards.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not _needs_occasion(request, view):
            return None
        request.POST  # noqa: B018 - an upload is received before the transaction begins
        user = request.user  # the view may log them out
        with occasion("", user) as made:
            response = view(request, *args, **kwargs)
            made.refresh_from_db(fields=["what"])
            if not made.what:
                made.what = _what_was_done(request, user, made)[:200]
                made.save(update_fields=["what"])
        return response


def _needs_occasion(request, view) -> bool:
    if request.method in SAFE_METHODS or getattr(view, "runs_without_occasion", False):
        return False
    return request.user.is_authenticated


def _what_was_done(request, user, made) -> str:
    entries = LogEntry.objects.filter(user=user, action_time__gte=made.made_at).order_by("pk")
    first = entries.select_related("content_type").first()
    if first is None:
        return _("Request to %(address)s") % {"address": request.path}
    if others := entries.count() - 1:
        and_others = ngettext("%(first)s and %(count)d other", "%(first)s and %(count)d others", others)
        return and_others % {"first": describe_entry(first), "count": others}
    return describe_entry(first)


def describe_entry(entry: LogEntry) -> str:
    """For example: Edited article “A quiet day”."""
    model = entry.content_type and entry.content_type.model_class()
    kind = model._meta.verbose_name if model else ""
    sentences = {
        ADDITION: _("Added %(kind)s “%(name)s”"),
        CHANGE: _("Edited %(kind)s “%(name)s”"),
        DELETION: _("Deleted %(kind)s “%(name)s”"),
    }
    return sentences[entry.action_flag] % {"kind": kind, "name": entry.object_repr}
