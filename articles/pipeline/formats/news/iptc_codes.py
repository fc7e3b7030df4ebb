"""The codes by which the formats of the IPTC name subjects, as the archive knows them."""

import re
from collections.abc import Mapping

from .country_codes import country_of
from .news_item import last_word

# What a concept is (IPTC's "concept nature" and what agencies use beside it) as the archive's kinds of subject.
# Organisations and events are none of them.
KINDS = {
    "person": "person",
    "geoarea": "place", "poi": "place", "city": "place", "statprov": "place", "country": "place", "region": "place",
    "worldregion": "place", "place": "place", "location": "place",
    "abstract": "topic", "topic": "topic", "theme": "topic",
}  # fmt: skip

# The schemes behind the short names that IPTC's catalog gives them, and that are commonly used for others.
COMMON_ALIASES = {
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "mediatopic": "http://cv.iptc.org/newscodes/mediatopic/",
    "subj": "http://cv.iptc.org/newscodes/subjectcode/",
    "iptc_subject_code": "http://cv.iptc.org/newscodes/subjectcode/",
    "iso3166-1a2": "http://cvx.iptc.org/iso3166-1a2/",
    "iso3166-1a3": "http://cvx.iptc.org/iso3166-1a3/",
    "wd": "http://www.wikidata.org/entity/",
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "http://sws.geonames.org/",
    "gn": "http://sws.geonames.org/",
}

_SCHEMES = (
    ("medtop", re.compile(r"https?://cv\.iptc\.org/newscodes/(?:mediatopic|subjectcode)/(?:medtop:|subj:)?(\d{8})/?$")),
    ("wikidata", re.compile(r"https?://(?:\w+\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)$", re.IGNORECASE)),
    ("geonames", re.compile(r"https?://(?:\w+\.)?geonames\.org/(\d+)(?:/|$)")),
    ("iso3166", re.compile(r"https?://[^/]+/(?:.*/)?iso3166-1a[23]/(?:[\w-]+:)?([A-Za-z]{2,3})$")),
)
# Media topics that are the seventeen first levels of the older subject codes, and those that came after them.
_MEDIA_TOPIC = re.compile(r"(?:0[1-9]|1[0-7])0{6}|20\d{6}")


def kind_of(type_code: str) -> str:
    """The kind of subject that "cpnat:person" or its address means; "" for other concepts."""
    return KINDS.get(last_word(type_code).lower(), "")


def code_of(identifier: str, aliases: Mapping[str, str] = COMMON_ALIASES) -> str:
    """ "medtop:20000065" for "medtop:20000065" or its address; "" for schemes the archive does not know.

    `aliases` are the addresses of schemes by their short names.
    """
    alias, _, code = identifier.strip().partition(":")
    address = f"{aliases[alias]}{code}" if alias in aliases else identifier.strip()
    for scheme, pattern in _SCHEMES:
        if found := pattern.match(address):
            return _READERS[scheme](found[1]) if scheme in _READERS else f"{scheme}:{found[1].upper()}"
    return ""


def media_topic(number: str) -> str:
    """The code of a Media Topic for its number, or for the Subject Code that became one; else ""."""
    return f"medtop:{number}" if _MEDIA_TOPIC.fullmatch(number) else ""


_READERS = {"medtop": media_topic, "iso3166": country_of}
