"""What other catalogues call a subject, and where they describe it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.models import Subject


@dataclass(frozen=True)
class Catalogue:
    """`field` is the column of the model; `pattern` finds in it what goes into `address`."""

    label: str
    field: str
    pattern: str
    address: str


@dataclass(frozen=True)
class Identifier:
    label: str
    value: str
    url: str


CATALOGUES = (
    Catalogue("Wikidata", "wikidata_id", r"(Q\d+)", "https://www.wikidata.org/wiki/{}"),
    Catalogue("GeoNames", "geonames_id", r"(\d+)", "https://www.geonames.org/{}"),
    Catalogue("IPTC", "iptc_code", r"medtop:(\d+)", "http://cv.iptc.org/newscodes/mediatopic/{}"),
)


def identifiers_of(subject: Subject) -> Iterator[Identifier]:
    """One that does not look as it should is shown without a link."""
    for catalogue in CATALOGUES:
        value = str(getattr(subject, catalogue.field, None) or "")
        match = re.fullmatch(catalogue.pattern, value, re.ASCII)
        if value:
            yield Identifier(catalogue.label, value, catalogue.address.format(match[1]) if match else "")
