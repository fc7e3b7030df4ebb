"""Splitting a person, place or topic into two by choosing the articles that are about the other one.

Every button of the page sends the whole form: nothing that was chosen or written is lost on the way to another page
of articles, with scripts or without.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.editing.counting import count_up_to_cap
from articles.editing.split_articles import links_to_choose, rows_to_choose
from articles.editing.split_groups import companions_of_articles, contents_of
from articles.editing.splitting import Split, SplitRefused, movable_links, split
from articles.history.middleware import without_occasion
from articles.models import Subject
from articles.search import IndexUnavailable

from .kind_pages import KindPages, may_split
from .merging import take_back_address
from .numbers import read_number
from .split_form import AliasesForm, NarrowingForm, as_written, new_subject_form, read_ids, write_ids

ON_A_PAGE = 50
LAST_PAGE = 200
# “Choose all” takes so many.
MOST_AT_ONCE = 50_000
COMPANIONS_SHOWN = 6


@dataclass(frozen=True)
class Choosing:
    """What was chosen so far, and which page of articles is asked for."""

    chosen: set[int]
    page: int

    @classmethod
    def read(cls, data: QueryDict) -> "Choosing":
        """Of the articles on the page that was left, those that are ticked; of the others, what was chosen before."""
        before, shown = read_ids(data.get("chosen", "")), read_ids(data.get("shown", ""))
        ticked = set(filter(None, map(read_number, data.getlist("article"))))
        page = 1 if "narrow" in data or "only" in data else read_number(data.get("page")) or 1
        return cls((before - shown) | ticked, min(page, LAST_PAGE))


class SplittingAdmin(KindPages):
    """For the admin of a kind of subject."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.split_view)
        return [
            path("<int:subject_id>/split/", view, name=f"articles_{self.opts.model_name}_split"),
            *super().get_urls(),
        ]

    def has_split_permission(self, request):
        return may_split(request.user, self.kind)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_split"] = obj is not None and self.has_split_permission(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @without_occasion
    def split_view(self, request, subject_id):
        """The articles to choose from, and what the new record says of itself."""
        if not self.has_split_permission(request):
            raise PermissionDenied
        rows = self.kind.model.objects.select_related("parent") if self.kind.is_tree else self.kind.model.objects
        subject = get_object_or_404(rows, pk=subject_id)
        data = request.POST if request.method == "POST" else None
        new, more = new_subject_form(self.kind, subject, data), AliasesForm(subject, data)
        choosing = Choosing.read(request.POST)
        if "split" in request.POST:
            if done := self._split(request, subject, choosing, new, more):
                return HttpResponseRedirect(self.kind_address("change", done.made.pk))
        elif data:
            new = new_subject_form(self.kind, subject, None, as_written(new))
            more = AliasesForm(subject, None, as_written(more))
        title = _("Split “%(name)s”") % {"name": subject}
        context = {"subject": subject, "new": new, "more": more, "forms": [new, more]}
        return self.kind_page(request, "split.html", title, context | self._articles(request, subject, choosing))

    def _split(self, request, subject: Subject, choosing: Choosing, new, more) -> Split | None:
        """None if something is missing or it was refused."""
        if not (new.is_valid() and more.is_valid()):
            return None
        aliases = [alias.pk for alias in more.cleaned_data["aliases"]]
        options = {"aliases": aliases, "user": request.user, "why": more.cleaned_data["why"]}
        try:
            done = split(self.kind, subject.pk, choosing.chosen, new.cleaned_data, **options)
        except SplitRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return None
        self.message_user(request, _report(done), messages.SUCCESS)
        return done

    def _articles(self, request, subject: Subject, choosing: Choosing) -> dict:
        contents = contents_of(self.kind, subject.pk)
        narrowing = NarrowingForm(contents, _narrowing_data(request.POST))
        try:
            links = links_to_choose(self.kind, subject.pk, narrowing.narrowing())
        except IndexUnavailable as problem:
            self.message_user(request, str(problem), messages.WARNING)
            links = self.kind.link.objects.none()
        chosen = _after_buttons(request.POST, choosing, links)
        return {
            "contents": contents,
            "narrowing": narrowing,
            "chosen": write_ids(chosen),
            "chosen_count": len(chosen),
            "link_count": count_up_to_cap(movable_links(self.kind, subject.pk)),
            **self._page_of(links, subject, choosing.page, chosen),
        }

    def _page_of(self, links: QuerySet, subject: Subject, page: int, chosen: set[int]) -> dict:
        start = (page - 1) * ON_A_PAGE
        found = list(links.values_list("pk", flat=True)[start : start + ON_A_PAGE + 1])
        shown = rows_to_choose(self.kind, found[:ON_A_PAGE])
        articles = [link.article_id for link in shown]
        company = companions_of_articles(articles, without=(self.kind.name, subject.pk))
        return {
            "rows": [
                (link, ", ".join(company[link.article_id][:COMPANIONS_SHOWN]), link.article_id in chosen)
                for link in shown
            ],
            "shown": write_ids(articles),
            "previous_page": page - 1 or None,
            "next_page": page + 1 if len(found) > ON_A_PAGE and page < LAST_PAGE else None,
        }


def _narrowing_data(data: QueryDict) -> QueryDict | None:
    """“Show only these” beside a group chooses its companion and nothing else."""
    if "only" not in data:
        return data or None
    narrowed = QueryDict(mutable=True)
    narrowed["group"] = data["only"]
    return narrowed


def _after_buttons(data: QueryDict, choosing: Choosing, links) -> set[int]:
    if "choose_all" in data:
        return choosing.chosen | set(links.values_list("article", flat=True)[:MOST_AT_ONCE])
    if "choose_none" in data:
        return set()
    return choosing.chosen


def _report(done: Split):
    moved = ngettext("%(count)d article went over", "%(count)d articles went over", done.moved) % {"count": done.moved}
    undo = format_html('<a href="{}">{}</a>', take_back_address(done.occasion), _("Take it back"))
    return format_html("{}: {}. {}", done.occasion.what, moved, undo)
