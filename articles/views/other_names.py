"""The other names of a subject, those of each language together."""

from dataclasses import dataclass

from articles.models import Subject
from articles.search.facets import FACETS

# A gazetteer knows some places by eighty names.
SHOWN = 8


@dataclass(frozen=True)
class OtherNames:
    """`language` is the code of the names' language, `label` what it is called; both are empty where unknown."""

    language: str
    label: str
    names: list[str]

    @property
    def first(self) -> list[str]:
        return self.names[:SHOWN]

    @property
    def others(self) -> list[str]:
        return self.names[SHOWN:]


def other_names_of(subject: Subject) -> list[OtherNames]:
    """Those of no known language first. The aliases are to be prefetched."""
    by_language: dict[str, list[str]] = {}
    for alias in subject.aliases.all():
        if alias.name != subject.name:
            by_language.setdefault(alias.language, []).append(alias.name)
    labels = FACETS["language"].labels_of(code for code in by_language if code)
    groups = [OtherNames(code, labels[code].text if code else "", sorted(names)) for code, names in by_language.items()]
    return sorted(groups, key=lambda group: group.label)
