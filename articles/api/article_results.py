"""A page, or a stretch behind a cursor, of the articles that are asked for."""

from dataclasses import asdict

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from articles.filters import ArticleFilterSet
from articles.models import Article
from articles.search import SearchPage, search
from articles.search.facets import FACETS
from articles.search.stretches import Position, read_on

from .cursors import LONGEST, read_cursor, write_cursor
from .facet_counts import describe_facets
from .pages import address_with, page_details
from .parameters import NamesField, PageForm
from .serializers.article import ArticleSerializer, with_related

DEFAULT_FACET_SIZE, LARGEST_FACET_SIZE = 10, 1_000


class ArticleListForm(PageForm):
    """The parameters of the list of articles, beside those that say which ones."""

    cursor = forms.CharField(
        required=False,
        max_length=LONGEST,
        help_text=_("Where to read on: “cursor” of the answer before. Leads to the very end of any result."),
    )
    facets = NamesField(names=list(FACETS), help_text=_("Facets to count, with commas between them."))
    facet_size = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_FACET_SIZE,
        help_text=_("How many values of each facet to count. Default: 10. /facets/ has all of them."),
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("cursor") and cleaned.get("page"):
            self.add_error("cursor", gettext("Give a page or a cursor, not both."))
        return cleaned

    @property
    def facet_sizes(self) -> dict[str, int]:
        return dict.fromkeys(self.cleaned_data["facets"], self.cleaned_data["facet_size"] or DEFAULT_FACET_SIZE)


def read_results(request: Request, filterset: ArticleFilterSet, form: ArticleListForm, selected: frozenset) -> dict:
    """The answer of the list. Raises `BadParameters`, `NotFound` and `IndexUnavailable`."""
    query, cursor = filterset.article_query(), form.cleaned_data["cursor"]
    position = read_cursor(cursor, query.sort) if cursor else Position(offset=form.offset)
    page = search(query, limit=0, facets=form.facet_sizes, with_suggestion=True)
    details = page_details(request, form, page.total)
    stretch = read_on(query, position, form.page_size)
    following = write_cursor(query.sort, stretch.next) if stretch.next else None
    if cursor:
        following_url = address_with(request, cursor=following) if following else None
        details |= {"page": None, "next": following_url, "previous": None}
    articles = with_related(Article.objects.published(), selected).in_order(stretch.ids)
    context = {"request": request, "selected": selected}
    return {
        **details,
        "cursor": following,
        **_about_the_answer(page),
        "facets": describe_facets(page.facets),
        "results": ArticleSerializer(articles, many=True, context=context).data,
    }


def _about_the_answer(page: SearchPage) -> dict:
    return {
        "notes": [asdict(note) for note in page.notes],
        "suggestion": page.suggestion,
        "pending": page.pending,
    }
