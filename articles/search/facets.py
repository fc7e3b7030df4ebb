"""The facets, each named once. Pages, filters, the index and the counts all loop over FACETS."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.languages import is_language, language_name
from articles.models import Article, Person, Place, Source, Topic
from articles.names.folding import fold_name

from .query import NONE, Value

# How an address says NONE.
NONE_SLUG = "none"
# How many people, places and so on a word of a search (person:maria) may stand for.
MAX_FOUND = 1_000


@dataclass(frozen=True)
class FacetLabel:
    """How a value is shown (`text`) and written in an address (`slug`)."""

    slug: str
    text: str


@dataclass(frozen=True)
class Facet:
    """`name` is the URL parameter, the filter and the field of the index alike."""

    name: str
    label: str
    none_label: str

    def values_of(self, slugs: Iterable[str]) -> dict[str, Value]:
        """The index value for each slug that names one; unknown slugs are left out."""
        slugs = list(slugs)
        known = {NONE_SLUG: NONE} if NONE_SLUG in slugs else {}
        return known | self._values_of([slug for slug in slugs if slug != NONE_SLUG])

    def labels_of(self, values: Iterable[Value]) -> dict[Value, FacetLabel]:
        """The label for each value; one whose row is gone is left out."""
        values = list(values)
        labels = {NONE: FacetLabel(NONE_SLUG, str(self.none_label))} if NONE in values else {}
        return labels | self._labels_of([value for value in values if value != NONE])

    def find(self, text: str) -> list[Value]:
        """The values of which a name has `text` as whole words, accents and case apart."""
        return []

    def _values_of(self, slugs: list[str]) -> dict[str, Value]:
        raise NotImplementedError

    def _labels_of(self, values: list[Value]) -> dict[Value, FacetLabel]:
        raise NotImplementedError


@dataclass(frozen=True)
class RowFacet(Facet):
    """Values are rows of a table with a name and a slug; the index holds their ids."""

    model: type[models.Model]

    def find(self, text):
        wanted = fold_name(text)
        if not any(character.isalnum() for character in wanted):
            return []
        whole_words = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        names = self.model._default_manager.names_with_words(text)
        found = dict.fromkeys(pk for pk, name in names if whole_words.search(name))
        return list(found)[:MAX_FOUND]

    def _values_of(self, slugs):
        if not slugs:
            return {}
        known = dict(self.model._default_manager.filter(slug__in=slugs).values_list("slug", "pk"))
        former = self.model.former_slugs.rel.related_model.objects.filter(slug__in=set(slugs) - known.keys())
        return known | dict(former.values_list("slug", "target_id")) if len(known) < len(slugs) else known

    def _labels_of(self, values):
        if not values:
            return {}
        rows = self.model._default_manager.filter(pk__in=values).values_list("pk", "slug", "name")
        return {pk: FacetLabel(slug, name) for pk, slug, name in rows}


@dataclass(frozen=True)
class LanguageFacet(Facet):
    def _values_of(self, slugs):
        # What is no language, and yet stands in an article, must be found all the same.
        strange = [slug for slug in slugs if not is_language(slug) and _is_language_tag(slug)]
        in_use = Article.objects.filter(language__in=strange).values_list("language", flat=True).distinct()
        used = set(in_use) if strange else set()
        return {slug: slug for slug in slugs if is_language(slug) or slug in used}

    def _labels_of(self, values):
        return {value: FacetLabel(value, language_name(value)) for value in values}


@dataclass(frozen=True)
class YearFacet(Facet):
    def _values_of(self, slugs):
        return {slug: int(slug) for slug in slugs if _is_year(slug)}

    def _labels_of(self, values):
        return {value: FacetLabel(str(value), str(value)) for value in values}


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        RowFacet("people", _("People"), _("No person"), Person),
        RowFacet("places", _("Places"), _("No place"), Place),
        RowFacet("topics", _("Topics"), _("No topic"), Topic),
        RowFacet("source", _("Source"), _("No source"), Source),
        LanguageFacet("language", _("Language"), _("Not known")),
        YearFacet("year", _("Year"), _("No date")),
    )
}


# The index writes NONE as 0, which is no language and no year: an address says “none”.


def _is_language_tag(slug: str) -> bool:
    return slug.replace("-", "").isalnum() and len(slug) <= 35 and slug != str(NONE)


def _is_year(slug: str) -> bool:
    return slug.isdecimal() and slug.isascii() and len(slug) <= 4 and int(slug) != NONE
