"""Finding the subject that a record names as its parent."""

from collections import defaultdict
from collections.abc import Iterable

from articles.models import Place
from articles.names.folding import fold_name

from .entries import Run
from .known import find_called
from .records import COUNTRY_KINDS, PlaceRecord, SubjectRecord

# What lies in what: a city is no part of another city, nor a country of a region.
RANKS = {"continent": 0, "country": 1, "former_country": 1, "territory": 2, "region": 3, "city": 4, "other": 5}


class AmbiguousParent(Exception):
    """Several subjects have the name of the parent. The argument lists their slugs."""


class ParentLookup:
    def __init__(self, run: Run, records: list[SubjectRecord]) -> None:
        self._run, self._model = run, run.kind.model
        parents = [record.parent for record in records]
        self._load_codes({code for parent in parents for code in (*parent.codes, parent.otherwise) if code})
        self._by_name = self._load_names({record.parent.name for record in records} - {""})

    def find(self, record: SubjectRecord) -> int | None:
        """The id of the parent; None where the archive has none such. Raises AmbiguousParent."""
        for code in record.parent.codes:
            if code in self._run.codes:
                return self._run.codes[code]
        candidates = [each for each in self._by_name.get(fold_name(record.parent.name), ()) if _can_hold(each, record)]
        if len(candidates) > 1:
            raise AmbiguousParent(", ".join(sorted(subject.slug for subject in candidates)))
        return candidates[0].pk if candidates else self._run.codes.get(record.parent.otherwise)

    def _load_codes(self, codes: set[str]) -> None:
        """Ask for those that are not known yet, all of one scheme at once."""
        by_scheme: dict[str, dict[str, str]] = defaultdict(dict)
        for code in codes - self._run.codes.keys():
            scheme, _, value = code.partition(":")
            by_scheme[scheme][value] = code
        for scheme, values in by_scheme.items():
            if scheme == "iso3166":
                self._load_countries(values)
            elif scheme != "key":
                self._load_field(scheme, values)

    def _load_field(self, scheme: str, codes: dict[str, str]) -> None:
        field = {"geonames": "geonames_id", "wikidata": "wikidata_id", "slug": "slug"}.get(scheme, "iptc_code")
        if field not in {each.name for each in self._model._meta.fields}:
            return
        if field == "geonames_id":
            codes = {value: code for value, code in codes.items() if value.isdecimal() and len(value) < 19}
        values = codes.values() if field == "iptc_code" else codes
        found = self._model.objects.filter(**{f"{field}__in": list(values)}).values_list(field, "pk")
        self._run.codes.update((f"{scheme}:{value}" if field != "iptc_code" else value, pk) for value, pk in found)

    def _load_countries(self, codes: dict[str, str]) -> None:
        """Where a country and its territories share a code, it means the country."""
        rows = Place.objects.filter(country_code__in=list(codes), kind__in=COUNTRY_KINDS)
        by_code = defaultdict(list)
        for place in rows.only("country_code", "kind"):
            by_code[place.country_code].append(place)
        for code, places in by_code.items():
            countries = [place for place in places if place.kind == Place.Kind.COUNTRY] or places
            if len(countries) == 1:
                self._run.codes[codes[code]] = countries[0].pk

    def _load_names(self, names: Iterable[str]) -> dict[str, list]:
        if not names:
            return {}
        by_name, by_other_name = find_called(self._run.kind, names)
        found = {name: by_name.get(name) or by_other_name[name] for name in map(fold_name, names)}
        subjects = self._model.objects.in_bulk({pk for pks in found.values() for pk in pks})
        return {name: [subjects[pk] for pk in sorted(pks)] for name, pks in found.items()}


def _can_hold(subject, record: SubjectRecord) -> bool:
    if not isinstance(record, PlaceRecord):
        return True
    if subject.country_code and record.country_code and subject.country_code != record.country_code:
        return False
    return not record.kind or RANKS[subject.kind] < RANKS[record.kind] or record.kind == subject.kind == "other"
