"""Lists of what has a name: people, places, topics and sources, with the numbers of their articles."""

from collections.abc import Iterable, Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.filters import validate_is_text
from articles.models import SubjectKind
from articles.models.tree import ancestors_of
from articles.search import NONE, ArticleQuery, FacetChoice, Value, count_values, search
from articles.views.register import UnknownParent, find_subjects, ids_by_name, most_frequent_first

from .parameters import PageForm
from .problems import BadParameters

YES, NO = ("1", "true"), ("0", "false")


class NamedListForm(PageForm):
    """The parameters of the lists of people, of topics and so on, as on their pages."""

    q = forms.CharField(
        required=False, max_length=200, validators=[validate_is_text], help_text=_("A part of one of the names.")
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[("name", _("Name")), ("count", _("Number of articles"))],
        error_messages={"invalid_choice": _("“%(value)s” is not a way to sort. Use name or count.")},
        help_text=_("name (the default) or count: those with most articles first."),
    )
    all = forms.TypedChoiceField(
        required=False,
        choices=[(value, value) for value in (*YES, *NO)],
        coerce=lambda value: value in YES,
        empty_value=False,
        error_messages={"invalid_choice": _("“%(value)s” is neither 1 nor 0.")},
        help_text=_("1: those without any article, too."),
    )


class TreeListForm(NamedListForm):
    part_of = forms.CharField(
        required=False,
        max_length=100,
        validators=[validate_is_text],
        help_text=_("The slug of a place or topic: what is directly a part of it; none: what is a part of nothing."),
    )


def find_rows(kind: SubjectKind, form: NamedListForm) -> QuerySet:
    """The people, places or topics that are asked for, whether they have articles or not."""
    try:
        return find_subjects(kind, form.cleaned_data.get("part_of", ""), form.cleaned_data["q"])
    except UnknownParent as error:
        raise BadParameters({"part_of": [str(error)]}) from error


def count_articles(facet: str) -> dict[Value, int]:
    """How many published articles each row has. Those without any are left out."""
    counts = count_values(facet)
    counts.pop(NONE, None)
    return counts


def ids_in_order(rows: QuerySet, form: NamedListForm, counts: Mapping[Value, int]) -> list[int]:
    """The ids of all that are asked for."""
    ids = ids_by_name(rows, used=counts, with_unused=form.cleaned_data["all"])
    return most_frequent_first(ids, counts) if form.cleaned_data["sort"] == "count" else ids


def fetch_rows(rows: QuerySet, ids: Iterable[int], counts: Mapping[Value, int]) -> list:
    """The rows in the order of the ids, each with its `article_count`."""
    ids = list(ids)
    found = rows.in_bulk(ids)
    fetched = [found[pk] for pk in ids if pk in found]
    for row in fetched:
        row.article_count = counts.get(row.pk, 0)
    return fetched


def count_articles_of(facet: str, pk: int) -> int:
    return search(ArticleQuery(facets={facet: FacetChoice((pk,))}), limit=0).total


def add_paths(kind: SubjectKind, rows: list) -> None:
    """Gives each row of a tree its `path`: what it is a part of, outermost first. A query a level."""
    above = ancestors_of(kind.model, [row.pk for row in rows])
    known = kind.model.objects.in_bulk({pk for ids in above.values() for pk in ids})
    for row in rows:
        row.path = [known[pk] for pk in reversed(above[row.pk]) if pk in known]
