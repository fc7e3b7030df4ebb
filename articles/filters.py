"""The filters of the article list: parameters of an address → one `ArticleQuery`.

Pages and the API use this one FilterSet.
"""

from collections.abc import Iterable

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.models.slugs import SLUG_LENGTH
from articles.search import ArticleQuery, FacetChoice, Value
from articles.search.facets import FACETS, Facet

MAX_WORDS_LENGTH = 500
MAX_VALUES = 50
# How many of the unknown values are named in messages, and how much of each.
MAX_MESSAGES = 5
SHOWN_LENGTH = 60

SORT_LABELS = {"newest": _("Newest first"), "oldest": _("Oldest first"), "relevance": _("Best match first")}


def validate_is_text(value: str) -> None:
    """Half a character (a lone surrogate) can be neither searched for nor stored."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError(_("The words hold a character that cannot be read. Type them again."))


class FacetField(forms.Field):
    """Any number of slugs of one facet; cleans to {index value: slug}, asking for all of them at once."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, facet: Facet, **kwargs) -> None:
        self.facet = facet
        super().__init__(**kwargs)

    def to_python(self, value: Iterable[str] | str | None) -> dict[Value, str]:
        values = [value] if isinstance(value, str) else value or []
        slugs = list(dict.fromkeys(slug for slug in values if slug))
        if len(slugs) > MAX_VALUES:
            message = _("%(number)s values are chosen under “%(facet)s”. The most is %(most)s.")
            raise ValidationError(message, params={"number": len(slugs), "facet": self.facet.label, "most": MAX_VALUES})
        known = self.facet.values_of([slug for slug in slugs if _is_possible_slug(slug)])
        self._refuse([slug for slug in slugs if slug not in known])
        return {known[slug]: slug for slug in slugs}

    def _refuse(self, unknown: list[str]) -> None:
        message = _("Nothing under “%(facet)s” is called “%(slug)s”. Take it out, or choose another value.")
        if unknown:
            raise ValidationError(
                [
                    ValidationError(message, params={"facet": self.facet.label, "slug": shortened(slug)})
                    for slug in unknown[:MAX_MESSAGES]
                ]
            )


class FacetFilter(django_filters.Filter):
    field_class = FacetField


class ArticleFilterForm(forms.Form):
    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("The first day (from) lies after the last day (to). Exchange them."))
        return cleaned


# The FilterSet below calls these while its class is being made.


def _words_filter() -> django_filters.Filter:
    return django_filters.CharFilter(
        label=_("Words"),
        max_length=MAX_WORDS_LENGTH,
        validators=[validate_is_text],
        error_messages={"max_length": _("The words are too long: the most is %(limit_value)d characters.")},
    )


def _choice_filter(choices: dict[str, str], message: str) -> django_filters.Filter:
    return django_filters.ChoiceFilter(
        label="", choices=list(choices.items()), error_messages={"invalid_choice": message}
    )


def _day_filter(name: str) -> django_filters.Filter:
    messages = {
        "from": _("The first day (from) is not a date. Write year-month-day, for example 2024-03-21."),
        "to": _("The last day (to) is not a date. Write year-month-day, for example 2024-03-21."),
    }
    return django_filters.DateFilter(label=name, input_formats=["%Y-%m-%d"], error_messages={"invalid": messages[name]})


class ArticleFilterSet(django_filters.FilterSet):
    """Filters by asking the search index: use `article_query()`, not `qs`."""

    class Meta:
        model = Article
        fields: list[str] = []
        form = ArticleFilterForm

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters = super().get_filters()
        filters["q"] = _words_filter()
        for facet in FACETS.values():
            filters[facet.name] = FacetFilter(label=facet.label, facet=facet)
            filters[f"{facet.name}_match"] = _choice_filter(
                {"any": _("any of these"), "all": _("all of these")},
                _("“%(value)s” is not a way to combine values. Use any or all."),
            )
            filters[f"not_{facet.name}"] = FacetFilter(label=facet.label, facet=facet)
        filters["from"], filters["to"] = _day_filter("from"), _day_filter("to")
        filters["sort"] = _choice_filter(
            SORT_LABELS, _("“%(value)s” is not a way to sort. Use newest, oldest or relevance.")
        )
        return filters

    def filter_queryset(self, queryset):
        raise NotImplementedError("The search index answers: search(filterset.article_query()).")

    @property
    def words(self) -> str:
        return self._cleaned("q", "")

    def chosen(self, facet: str) -> dict[Value, str]:
        return self._cleaned(facet, {})

    def excluded(self, facet: str) -> dict[Value, str]:
        return self._cleaned(f"not_{facet}", {})

    def matches_all(self, facet: str) -> bool:
        return self._cleaned(f"{facet}_match", "any") == "all"

    @property
    def default_sort(self) -> str:
        return "relevance" if self.words else "newest"

    @property
    def sort(self) -> str:
        return self._cleaned("sort", self.default_sort)

    @property
    def days(self) -> tuple:
        """The first and the last day, each None where open."""
        return self._cleaned("from", None), self._cleaned("to", None)

    def article_query(self) -> ArticleQuery:
        first_day, last_day = self.days
        choices = {
            name: FacetChoice(tuple(self.chosen(name)), self.matches_all(name), tuple(self.excluded(name)))
            for name in FACETS
        }
        return ArticleQuery(
            words=self.words,
            facets={name: choice for name, choice in choices.items() if choice},
            first_day=first_day,
            last_day=last_day,
            sort=self.sort,
        )

    def parameters(self) -> list[tuple[str, str]]:
        """What is asked, as parameters of an address; of a bad address, the good part."""
        pairs = [("q", self.words)] if self.words else []
        for name in FACETS:
            pairs += [(name, slug) for slug in self.chosen(name).values()]
            if self.chosen(name) and self.matches_all(name):
                pairs.append((f"{name}_match", "all"))
            pairs += [(f"not_{name}", slug) for slug in self.excluded(name).values()]
        pairs += [(name, day.isoformat()) for name, day in zip(("from", "to"), self.days, strict=True) if day]
        return pairs + ([("sort", self.sort)] if self.sort != self.default_sort else [])

    def problems(self) -> list[str]:
        """A sentence for each thing that is wrong."""
        return problems_of(self)

    def _cleaned(self, name: str, default):
        self.errors  # noqa: B018 - validates the form
        return self.form.cleaned_data.get(name) or default


def problems_of(form: forms.Form | django_filters.FilterSet) -> list[str]:
    """A sentence for each thing that is wrong with what was sent."""
    return [str(message) for messages in form.errors.values() for message in messages]


def shortened(text: str) -> str:
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def _is_possible_slug(slug: str) -> bool:
    return len(slug) <= SLUG_LENGTH and slug.isprintable()
