"""Filters of the lists whose choices come from the search index or are few, however large the table."""

from collections.abc import Set

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from articles.database.among import Among
from articles.models import Article, ImportBatch, Link, Place
from articles.search.facets import FACETS

from .numbers import read_number
from .search import article_counts, most_frequent

NONE = "none"


class AlwaysShown(admin.SimpleListFilter):
    """Stays in force when its choices are unknown: a filter in the address never gives the unfiltered list."""

    def has_output(self):
        return True


class YesNoFilter(AlwaysShown):
    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return self.with_answer(queryset, self.value() == "yes")

    def with_answer(self, queryset, yes: bool):
        raise NotImplementedError


class FacetFilter(AlwaysShown):
    """The values that most articles have. Others are reached through the address."""

    facet: str
    shown = 20

    def lookups(self, request, model_admin):
        values = most_frequent(self.facet, self.shown)
        labels = FACETS[self.facet].labels_of(values)
        choices = [(str(value) if value else NONE, labels[value].text) for value in values if value in labels]
        return sorted(choices, key=lambda choice: (choice[0] == NONE, choice[1].casefold()))


class SourceFilter(FacetFilter):
    title = _("source")
    parameter_name = "source"
    facet = "source"

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() == NONE:
            return queryset.filter(source=None)
        return queryset.filter(source=_number(self.value()))


class LanguageFilter(FacetFilter):
    title = _("language")
    parameter_name = "language"
    facet = "language"

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(language="" if self.value() == NONE else self.value())


class DecadeFilter(AlwaysShown):
    title = _("date")
    parameter_name = "decade"

    def lookups(self, request, model_admin):
        years = [year for year in most_frequent("year", 1_000) if year]
        decades = sorted({year // 10 * 10 for year in years}, reverse=True)
        named = [(str(decade), _("%(year)ss") % {"year": decade}) for decade in decades]
        return [(NONE, _("Without a date")), *named]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() == NONE:
            return queryset.undated()
        first = _number(self.value())
        if not 1400 <= first <= 2190:
            raise IncorrectLookupParameters
        return queryset.filter(published_on__range=(f"{first:04}-01-01", f"{first + 9:04}-12-31"))


class ImportFilter(AlwaysShown):
    """The last imports; an earlier one is reached from its own page."""

    title = _("import")
    parameter_name = "batch"

    def lookups(self, request, model_admin):
        return [(str(batch.pk), str(batch)) for batch in ImportBatch.objects.all()[:5]]

    def queryset(self, request, queryset):
        return queryset if self.value() is None else queryset.filter(batch=_number(self.value()))


class ReviewFilter(AlwaysShown):
    """The status of links: what is suggested waits for a person, so it is shown first."""

    title = _("status")
    parameter_name = "status"
    ALL = "all"

    def lookups(self, request, model_admin):
        decided = (Link.Status.ACCEPTED, Link.Status.REJECTED)
        return [
            (Link.Status.SUGGESTED.value, _("Suggested: to review")),
            *((status.value, status.label) for status in decided),
            (self.ALL, _("All")),
        ]

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self._chosen() == value, "query_string": query, "display": title}

    def queryset(self, request, queryset):
        return queryset if self._chosen() == self.ALL else queryset.filter(status=self._chosen())

    def _chosen(self) -> str:
        return self.value() or Link.Status.SUGGESTED.value


class DerivedHeadlineFilter(admin.BooleanFieldListFilter):
    """The field's own name is a sentence, and Django puts “By” before it."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.title = _("whether the headline was made from the text")


class InUseFilter(YesNoFilter):
    title = _("whether a published article is about it")
    parameter_name = "in_use"

    def with_answer(self, queryset, yes):
        model = queryset.model
        counts = article_counts(model, (Article.Status.PUBLISHED,))
        if counts is None:
            in_use = Q(pk__in=model.objects.in_use().values("pk"))
        else:
            in_use = _among(counts.keys(), set(model.objects.values_list("pk", flat=True)))
        return queryset.filter(in_use) if yes else queryset.exclude(in_use)


def _among(ids: Set[int], all_ids: set[int]) -> Q:
    """By the ids or by the others: whichever are fewer."""
    others = all_ids - ids
    return Q(Among(F("pk"), ids)) if len(ids) <= len(others) else ~Q(Among(F("pk"), others))


class CoordinatesFilter(YesNoFilter):
    title = _("whether coordinates are known")
    parameter_name = "coordinates"

    def with_answer(self, queryset, yes):
        return queryset.filter(latitude__isnull=not yes)


class CountryFilter(AlwaysShown):
    """The countries with most places, and the one that is chosen. Others are reached through the address."""

    title = _("country code")
    parameter_name = "country"
    shown = 15

    def lookups(self, request, model_admin):
        places = Place.objects.exclude(country_code="").order_by().values_list("country_code")
        counted = places.annotate(total=Count("pk")).order_by("-total", "country_code")
        codes = {code for code, _total in counted[: self.shown]} | {request.GET.get(self.parameter_name, "")}
        return [*((code, code) for code in sorted(codes - {"", NONE})), (NONE, _("Not known"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(country_code="" if self.value() == NONE else self.value())


def _number(text: str) -> int:
    """The number in an address. What is none leads back to the list, as everywhere in the admin."""
    number = read_number(text)
    if number is None:
        raise IncorrectLookupParameters
    return number
