"""What a NewsML-G2 item is about: its subjects, where it is located, and its keywords."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from articles.pipeline.markup.html import text_from_element
from articles.pipeline.markup.xml import local_name
from articles.pipeline.records import Tag

from .elements import XML_LANG, find_all, texts
from .iptc_codes import COMMON_ALIASES, code_of, kind_of, media_topic
from .news_item import last_word, subject_name

# The kind that a code alone tells.
KIND_OF_SCHEME = {"medtop": "topic", "geonames": "place", "iso3166": "place"}
# The part of a concept that only one kind has; "" for kinds that the archive does not have.
KIND_OF_DETAILS = {
    "personDetails": "person", "geoAreaDetails": "place", "POIDetails": "place", "organisationDetails": "",
    "objectDetails": "", "eventDetails": "",
}  # fmt: skip
IDENTITIES = ("qcode", "uri", "literal")
# TT writes the number of the IPTC between its own codes: TT:04000000:EKO.
_NUMBER_IN_LITERAL = re.compile(r":(\d{8})(?::|$)")


def tags_of(item: _Element, language: str) -> Iterator[Tag]:
    """A tag for each subject of a kind that the archive has. What the item asserts of a concept counts, too."""
    concepts = _Concepts(item, language)
    for subject in find_all(item, "contentMeta/subject"):
        yield from concepts.tags(next(iter(find_all(subject, "mainConcept")), subject))
    for place in find_all(item, "contentMeta/located"):
        yield from concepts.tags(place, "place")
    keywords = (word for word in find_all(item, "contentMeta/keyword") if not _is_ticker(word))
    yield from (Tag("topic", text_from_element(keyword)) for keyword in keywords)


class _Concepts:
    """Reads concepts with what the item says of them elsewhere: `assert` elements and its own catalogs."""

    def __init__(self, item: _Element, language: str) -> None:
        root = item.getroottree().getroot()
        schemes = find_all(root, "header/catalog/scheme") + find_all(item, "catalog/scheme")
        own = {scheme.get("alias", ""): scheme.get("uri", "") for scheme in schemes}
        self._aliases = {**COMMON_ALIASES, **own}
        asserted = ((part.get(name), part) for part in find_all(item, "assert") for name in IDENTITIES)
        self._asserted = {identity: part for identity, part in asserted if identity}
        self._language = language

    def tags(self, concept: _Element, kind: str = "") -> Iterator[Tag]:
        """The tag of a concept, of the given kind or of its own; none for organisations, events and objects."""
        known = [concept, *(self._asserted[key] for key in map(concept.get, IDENTITIES) if key in self._asserted)]
        code = next(filter(None, (self._code(part) for part in known)), "")
        kind = kind or self._kind(known, code)
        name = next(filter(None, (self._name(part) for part in known)), "")
        if kind == "place" and not name and not code:
            # An unnamed town in a named country.
            name = next((text for part in known for text in texts(part, "broader/name")), "")
        if kind and (name or code):
            yield Tag(kind, name, code)

    def _code(self, concept: _Element) -> str:
        same = [concept, *find_all(concept, "sameAs")]
        identities = (part.get(name) or "" for part in same for name in ("qcode", "uri"))
        code = next(filter(None, (code_of(identity, self._aliases) for identity in identities)), "")
        number = _NUMBER_IN_LITERAL.search(concept.get("literal", ""))
        return code or (media_topic(number[1]) if number else "")

    def _kind(self, known: list[_Element], code: str) -> str:
        """By its type, else by the scheme of its code, else by what is said of it; of what tells nothing, a topic."""
        by_code = KIND_OF_SCHEME.get(code.partition(":")[0], "")
        if any(facet.get("qcode", "").startswith("geoProp:") for part in known for facet in find_all(part, "facet")):
            return "place"
        types = [value for name in ("type", "typeuri") if (value := known[0].get(name))]
        if types:
            return next(filter(None, map(kind_of, types)), "") or by_code
        types = [kind.get("qcode") or kind.get("uri") or "" for part in known for kind in find_all(part, "type")]
        details = [local_name(child) for part in known for child in part]
        told = [KIND_OF_DETAILS[name] for name in details if name in KIND_OF_DETAILS]
        return by_code or next(filter(None, map(kind_of, types)), "") or (told[0] if told else "topic")

    def _name(self, concept: _Element) -> str:
        """In the language of the item, if it is named in several. A literal names only what has no code."""
        names = find_all(concept, "name")
        own = [name for name in names if self._language and name.get(XML_LANG, "") == self._language]
        literal = "" if concept.get("qcode") or concept.get("uri") else _words(concept.get("literal", ""))
        return subject_name(next(filter(None, map(text_from_element, own + names)), "") or literal)


def _words(literal: str) -> str:
    """A literal that is a name rather than a number or a code."""
    is_code = ":" in literal and not any(map(str.isspace, literal))
    return literal if any(map(str.isalpha, literal)) and not is_code else ""


def _is_ticker(keyword: _Element) -> bool:
    """Whether a keyword is what a share is called at a stock exchange."""
    return last_word(keyword.get("role", "")).lower() == "ticker"
