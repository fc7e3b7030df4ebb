"""What the pages of articles allow: by the user's permissions, and by whose article it is."""

from contextlib import nullcontext

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.editing.permissions import may
from articles.editing.publication import (
    is_contributor,
    may_publish,
    may_see,
    may_step,
    may_work_on,
    steps_for,
    steps_of,
    take_step,
    visible_articles,
    what_was_done,
)
from articles.history import occasion
from articles.models import Article, Link

from .link_inlines import LINK_INLINES, LinkForm
from .rows_in_edit import VersionedRow, VersionedRows


class OwnArticles:
    """For the admin of articles: contributors see their own, and change drafts only."""

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        if not is_contributor(request.user):
            return articles
        return articles.filter(pk__in=visible_articles(request.user).values("pk"))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_work_on(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_work_on(request.user, obj))

    def has_publish_permission(self, request):
        return may_publish(request.user)

    def get_deleted_objects(self, objs, request):
        """Says whose deletion is refused when several are to be deleted at once."""
        objs = list(objs)
        labels, counts, names, protected = super().get_deleted_objects(objs, request)
        refused = [_("published or under review: %(name)s") % {"name": obj} for obj in objs
                   if not self.has_delete_permission(request, obj)]  # fmt: skip
        return labels, counts, names | set(refused), protected


class StepsOfPublication:
    """For the admin of articles: buttons for the steps from draft to published, and when each was made."""

    change_form_template = "admin/articles/article/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        return [path("<path:object_id>/step/", view, name="articles_article_step"), *super().get_urls()]

    @admin.display(description=_("steps"))
    def steps(self, article):
        rows = [(step.status.label, localtime(step.when), step.who) for step in steps_of(article)] if article.pk else []
        lines = [(label, date_format(when, "DATETIME_FORMAT"), who) for label, when, who in rows]
        return format_html_join(mark_safe("<br>"), "{}: {} {}", lines) or self.get_empty_value_display()

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        stored = obj and Article.objects.only("status").get(pk=obj.pk)
        context["steps"] = steps_for(request.user, stored) if stored else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def step_wanted(self, request, article, form) -> str:
        """The status that a button of the form asks for; an empty string if none does."""
        wanted = request.POST.get("_step", "")
        if wanted:
            stored = Article(pk=article.pk, status=form.initial.get("status", article.status))
            if not may_step(request.user, stored, wanted):
                raise PermissionDenied
        return wanted

    def occasion_of(self, request, article, is_step):
        """What is saved belongs to an occasion that is called after the step, where it is one."""
        return occasion(what_was_done([article], article.status), request.user) if is_step else nullcontext()

    def response_change(self, request, obj):
        if not request.POST.get("_step"):
            return super().response_change(request, obj)
        address = reverse("admin:articles_article_change", args=[obj.pk])
        name = format_html('<a href="{}">{}</a>', address, obj)
        done = format_html(_("“{name}” is now: {status}."), name=name, status=obj.get_status_display())
        self.message_user(request, done, messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    def step_view(self, request, object_id):
        """A step of an article that the user may see and not edit: taking back what was sent to review."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article, status = self.get_object(request, object_id), request.POST.get("_step", "")
        if article is None or not may_step(request.user, article, status):
            raise PermissionDenied
        self.set_status(request, [article], status)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    @transaction.atomic
    def set_status(self, request, articles, status) -> None:
        articles = [article for article in articles if article.status != status]
        changed = take_step(articles, status, request.user)
        # After the step, which not all of them may have taken: the request's occasion gets its name now.
        with occasion(what_was_done(changed, status), request.user):
            LogEntry.objects.log_actions(request.user.pk, changed, CHANGE, [{"changed": {"fields": ["status"]}}])
        done = ngettext(
            "%(count)d article is now: %(status)s.", "%(count)d articles are now: %(status)s.", len(changed)
        )
        label = Article.Status(status).label
        self.message_user(request, done % {"count": len(changed), "status": label}, messages.SUCCESS)
        if left := len(articles) - len(changed):
            stay = ngettext(
                "%(count)d article stays as it is: it cannot take this step.",
                "%(count)d articles stay as they are: they cannot take this step.",
                left,
            )
            self.message_user(request, stay % {"count": left}, messages.WARNING)


class VersionedLinkForm(VersionedRow, LinkForm):
    pass


class LinksOfArticle(VersionedRows):
    """For the links on an article's page: whoever sees the article sees what it is about."""

    form = VersionedLinkForm

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", Article) or super().has_view_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """What a contributor links is suggested, so there is nothing to choose."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "status"] if is_contributor(request.user) else fields


ARTICLE_INLINES = [type(inline.__name__, (LinksOfArticle, inline), {}) for inline in LINK_INLINES]


def suggest_only(formset) -> None:
    """What is added in this form is suggested to those who decide on links."""
    for form in formset.extra_forms:
        form.instance.status = Link.Status.SUGGESTED
