"""The people, places and topics that an NITF document names in its head."""

from collections.abc import Iterator

from lxml.etree import _Element

from articles.pipeline.markup.html import text_from_element
from articles.pipeline.records import Tag

from .country_codes import country_of
from .elements import attribute, find_all, first_text
from .index_names import name_of_person, name_of_place
from .iptc_codes import code_of, media_topic
from .news_item import subject_name

CONTENT = "head/docdata/identified-content"
# The parts of a location and of an event's location, from the smallest to the largest.
LOCATION_PARTS = ("sublocation", "city", "state", "region", "country")
EVENT_PARTS = ("city", "county-dist", "state-prov")
# From the broadest to the narrowest.
SUBJECT_NAMES = ("tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail")


def tags_of(nitf: _Element) -> Iterator[Tag]:
    for person in find_all(nitf, f"{CONTENT}/person"):
        yield Tag("person", name_of_person(_name(person)), _code(person))
    for place in find_all(nitf, f"{CONTENT}/location"):
        yield _location(place)
    for place in find_all(nitf, "head/docdata/evloc"):
        yield Tag("place", next(filter(None, map(place.get, EVENT_PARTS)), ""), _country(place))
    for subject in find_all(nitf, "head/tobject/tobject.subject"):
        yield from _subject(subject)
    yield from (Tag("topic", *_classifier(found)) for found in find_all(nitf, f"{CONTENT}/classifier"))
    for keyword in find_all(nitf, "head/docdata/key-list/keyword"):
        yield Tag("topic", keyword.get("key", "") or text_from_element(keyword))
    for path in ("head/docdata/series", "body/body.head/series"):
        yield from (Tag("topic", series.get("series.name", "")) for series in find_all(nitf, path))


def _name(element: _Element) -> str:
    return text_from_element(element) or element.get("value", "")


def _code(element: _Element) -> str:
    """The code of an element, or of its `alt-code`, of a scheme that the archive knows."""
    for coded in (element, *find_all(element, "alt-code")):
        value, scheme = coded.get("value", ""), coded.get("idsrc", "")
        if code := code_of(value) or code_of(f"{scheme}:{value}") or code_of(f"{scheme}{value}"):
            return code
    return code_of(f"{element.get('code-source', '')}:{element.get('location-code', '')}")


def _location(place: _Element) -> Tag:
    """The smallest part of a location that has one, such as its city; else all its words."""
    part = next(filter(None, (first_text(place, part) for part in LOCATION_PARTS)), "")
    is_country = part and part == first_text(place, "country")
    iso_code = attribute(place, "country", "iso-cc") if is_country else ""
    return Tag("place", name_of_place(part or _name(place)), _code(place) or country_of(iso_code))


def _country(place: _Element) -> str:
    """The code of an event's location, if it names no more than the country."""
    return "" if any(map(place.get, EVENT_PARTS)) else country_of(place.get("iso-cc", ""))


def _subject(subject: _Element) -> Iterator[Tag]:
    """A tag for each level, the narrowest with the code."""
    names = [name for attribute_name in SUBJECT_NAMES if (name := subject.get(attribute_name, "").strip())]
    number = subject.get("tobject.subject.refnum", "").strip()
    code = code_of(number) or media_topic(number)
    yield from (Tag("topic", name) for name in names[:-1])
    yield Tag("topic", names[-1] if names else "", code)


def _classifier(classifier: _Element) -> tuple[str, str]:
    """Its name, of a path such as Top/News/Sports the end, and its code."""
    return subject_name(_name(classifier).rsplit("/", 1)[-1]), _code(classifier)
