"""Loading the subjects that the archive knows."""

from collections.abc import Iterator

from articles.models import SUBJECT_KINDS, SubjectKind
from articles.names import KnownName
from articles.pipeline.annotate import KnownSubjects

# The codes that tags bear (see records.Tag), and the columns that hold them.
CODE_COLUMNS = {"wikidata": "wikidata_id", "geonames": "geonames_id", "medtop": "iptc_code"}


def load_known_subjects() -> KnownSubjects:
    """Every name, alias and code in the database. A handful of queries for each kind of subject."""
    kinds = SUBJECT_KINDS.values()
    return KnownSubjects(
        names=[name for kind in kinds for name in _names(kind)],
        parents={kind.name: dict(kind.model.objects.values_list("pk", "parent_id")) for kind in kinds if kind.is_tree},
        codes={(kind.name, code): pk for kind in kinds for code, pk in _codes(kind)},
    )


def code_column(kind: SubjectKind, code: str) -> tuple[str, str] | None:
    """The column of a kind of subject that holds such a code, and the value there; None without such a column."""
    scheme, _, value = code.partition(":")
    column = CODE_COLUMNS.get(scheme)
    if not value or column not in {field.name for field in kind.model._meta.fields}:
        return None
    return column, code if scheme == "medtop" else value


def _names(kind: SubjectKind) -> Iterator[KnownName]:
    for pk, name, is_matched in kind.model.objects.values_list("pk", "name", "name_is_matched").iterator():
        yield KnownName(kind.name, pk, name, is_matched)
    for pk, name in kind.alias.objects.values_list("subject_id", "name").iterator():
        yield KnownName(kind.name, pk, name)


def _codes(kind: SubjectKind) -> Iterator[tuple[str, int]]:
    columns = {field.name for field in kind.model._meta.fields}
    for scheme, column in CODE_COLUMNS.items():
        if column not in columns:
            continue
        rows = kind.model.objects.exclude(**{column: None}).values_list(column, "pk").iterator()
        yield from ((value if scheme == "medtop" else f"{scheme}:{value}", pk) for value, pk in rows if value)
    if "country_code" in columns:
        countries = kind.model.objects.filter(kind="country").exclude(country_code="")
        yield from ((f"iso3166:{code}", pk) for code, pk in countries.values_list("country_code", "pk"))
