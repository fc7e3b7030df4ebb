"""The topics and places that the components of a NewsML 1 item describe themselves with."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from articles.pipeline.markup.html import text_from_element
from articles.pipeline.records import Tag

from .country_codes import country_of
from .elements import XML_LANG, find_all, first_text, texts
from .index_names import name_of_place
from .iptc_codes import media_topic

LOCATION_PARTS = ("SubLocation", "City", "CountryArea", "Country")
# Countries are mostly given as codes of two or three letters.
_CODE = re.compile(r"[A-Za-z]{2,3}$")


def tags_of(components: list[_Element], language: str) -> Iterator[Tag]:
    """`components` are a story and what is around it."""
    for component in components:
        names = _topic_names(component, language)
        for subject in find_all(component, "DescriptiveMetadata/SubjectCode/*"):
            number = subject.get("FormalName", "")
            yield Tag("topic", names.get(number, ""), media_topic(number))
        # Some agencies state the place of the story beside the locations, not in one.
        metadata = find_all(component, "DescriptiveMetadata")
        for place in find_all(component, "DescriptiveMetadata/Location") or metadata:
            yield _place(place)
        for words in (words for part in metadata for words in _properties(part, "Keyword")):
            yield from (Tag("topic", keyword.strip()) for keyword in words.split(";"))
        for line in texts(component, "NewsLines/KeywordLine"):
            yield from (Tag("topic", keyword.strip()) for keyword in line.split(";"))


def _topic_names(component: _Element, language: str) -> dict[str, str]:
    """The names that the item itself gives its topics, by their numbers."""
    named = {}
    for topic in find_all(component, "TopicSet/Topic"):
        names = [part for part in find_all(topic, "Description") if part.get("Variant", "Name") == "Name"]
        names.sort(key=lambda part: part.get(XML_LANG, "").lower() != language.lower())
        named[first_text(topic, "FormalName")] = next(filter(None, map(text_from_element, names)), "")
    return named


def _place(place: _Element) -> Tag:
    """The smallest part of a location that is named. An area of a country may be a code that nobody else knows."""
    parts = {name: next(_properties(place, name), "") for name in LOCATION_PARTS}
    if _CODE.match(parts["CountryArea"]) and parts["CountryArea"].isupper():
        parts["CountryArea"] = ""
    name = next(filter(None, parts.values()), "")
    if name == parts["Country"] and _CODE.match(name):
        return Tag("place", "", country_of(name))
    return Tag("place", name_of_place(name))


def _properties(element: _Element, name: str) -> Iterator[str]:
    """The values of the properties of that name; who is to be seen in a picture is no matter of the text."""
    named = (part for part in find_all(element, "Property") if part.get("FormalName") == name and not part.get("Role"))
    return (part.get("Value", "").strip() for part in named)
