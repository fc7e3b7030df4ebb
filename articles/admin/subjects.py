"""People, places and topics."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import SUBJECT_KINDS, Person, Place, Topic

from .base import ArchiveAdmin, former_addresses
from .counted_list import CountedAdmin
from .filters import CoordinatesFilter, CountryFilter, InUseFilter
from .history import HistoryOfRow
from .merging import MergingAdmin
from .rows_in_edit import VersionedRow, VersionedRows
from .splitting import SplittingAdmin
from .versions_in_edit import VersionsInEdit

NAMES = (None, {"fields": ["name", "slug", "description", "name_is_matched"]})
ADDRESSES = (_("Former addresses"), {"fields": ["former_addresses"], "classes": ["collapse"]})


class SubjectAdmin(MergingAdmin, SplittingAdmin, HistoryOfRow, VersionsInEdit, CountedAdmin, ArchiveAdmin):
    """What is the same for every kind of subject."""

    list_filter = [InUseFilter]
    sorted_by_index = ["name"]
    search_fields = ["name", "aliases__name"]
    search_help_text = _("Any of the names it goes by.")
    ordering = ["name", "id"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["former_addresses", "restructured"]
    former_addresses = former_addresses
    actions = ["merge_selected"]

    def get_search_results(self, request, queryset, search_term):
        """Each word must be in one of the names; in a join by `search_fields` a row would come once for each."""
        for word in search_term.split():
            queryset = queryset.called(word)
        return queryset, False

    def get_inlines(self, request, obj):
        return [_alias_inline(SUBJECT_KINDS[self.opts.model_name].alias)]

    @admin.display(description=_("description"))
    def short_description(self, subject):
        return Truncator(subject.description).chars(100)


@admin.register(Person)
class PersonAdmin(SubjectAdmin):
    list_display = ["name", "short_description", "wikidata_id", "article_count"]
    fieldsets = [NAMES, (_("Elsewhere"), {"fields": ["wikidata_id"]}), ADDRESSES]


@admin.register(Place)
class PlaceAdmin(SubjectAdmin):
    list_display = ["name", "kind", "parent", "country_code", "short_description", "wikidata_id", "article_count"]
    list_filter = ["kind", InUseFilter, CoordinatesFilter, CountryFilter]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        NAMES,
        (_("Where it is"), {"fields": ["kind", "parent", "country_code", ("latitude", "longitude"), "population"]}),
        (_("Elsewhere"), {"fields": ["wikidata_id", "geonames_id"]}),
        ADDRESSES,
    ]


@admin.register(Topic)
class TopicAdmin(SubjectAdmin):
    list_display = ["name", "parent", "short_description", "iptc_code", "wikidata_id", "article_count"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        NAMES,
        (_("Where it belongs"), {"fields": ["parent"]}),
        (_("Elsewhere"), {"fields": ["iptc_code", "wikidata_id"]}),
        ADDRESSES,
    ]


def _alias_inline(model) -> type[admin.TabularInline]:
    options = {"model": model, "fields": ["name", "language"], "extra": 1, "classes": ["no-row-titles"]}
    return type("AliasInline", (VersionedRows, admin.TabularInline), options | {"form": VersionedRow})
