"""IPTC Media Topics, and other NewsCodes, as the IPTC publishes them in JSON: a `conceptSet` with labels by language.

https://iptc.org/standards/newscodes/ and http://cv.iptc.org/newscodes/mediatopic/?format=json&lang=x-all
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Note, Position, Problem
from articles.pipeline.subjects.languages import is_among
from articles.pipeline.subjects.records import OtherName, ParentReference, TopicRecord
from articles.pipeline.subjects.values import InvalidValue, read_wikidata_id

from .base import Parsed, ReadingOptions, SubjectFormat
from .json_document import objects, read_object, text_of

NAME_LANGUAGES = ("en",)
# The codes of Swedish and Danish as the IPTC writes them are those of Northern Sami and of no language.
_LANGUAGES = {"se": "sv", "dk": "da"}
_SUCCESSOR = re.compile(r"\b(?:medtop:)?(\d{8})\b")
_BEYOND_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")


class MediaTopics(SubjectFormat):
    name = "media_topics"
    label = "IPTC Media Topics in JSON"
    attribution = "IPTC Media Topics (https://iptc.org/standards/media-topics/), CC BY 4.0"

    def recognises(self, file: InputFile) -> bool:
        text = file.head_text()
        return text.lstrip().startswith("{") and ('"conceptSet"' in text or '"prefSchemeAlias"' in text)

    def parse(self, file: InputFile, options: ReadingOptions) -> Iterator[Parsed]:
        document = read_object(file)
        if isinstance(document, Problem):
            yield document
            return
        scheme = _Scheme(Position(file.name), document, options.languages)
        for concept in document.get("conceptSet") or []:
            yield scheme.record(concept)
        if scheme.words_left_out:
            text = (
                f"{scheme.words_left_out} labels of a single word, in other languages than that of the names, were "
                "left out: they would be found in texts of any language. --languages takes those you name, or all."
            )
            yield Note(scheme.position, text)


@dataclass
class _Scheme:
    """The concepts of one file, which name each other by address."""

    position: Position
    document: dict[str, Any]
    languages: tuple[str, ...]
    words_left_out: int = 0
    names: dict[str, str] = field(default_factory=dict)
    in_use: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Remember the name of each concept, and which Wikidata ids those have that are not retired."""
        for concept in objects(self.document.get("conceptSet")):
            self.names[self.code(concept)] = self._name(concept)[0]
            if not concept.get("retired"):
                self.in_use.add(_wikidata_id(concept))

    def record(self, concept: Any) -> TopicRecord | Problem:
        code = self.code(concept) if isinstance(concept, dict) else ""
        if not code:
            return Problem(self.position, "A concept has neither a qcode nor a uri.", "Get the file again.")
        name, language = self._name(concept)
        if not name:
            return Problem(self.position, f"The concept {code} has no label.", "Get the file in another language.")
        is_retired = bool(concept.get("retired"))
        wikidata_id = _wikidata_id(concept)
        return TopicRecord(
            position=self.position,
            name=name,
            other_names=() if is_retired else tuple(self._other_names(concept, name, language)),
            description=self._description(concept, language),
            wikidata_id="" if is_retired and wikidata_id in self.in_use else wikidata_id,
            parent=self._parent(concept),
            name_is_matched=False if is_retired else None,
            key=code,
            iptc_code=code,
        )

    def code(self, concept: Any) -> str:
        """The code of a concept, or of a reference to one: an address, or an object with an address."""
        if isinstance(concept, str):
            return concept if _is_code(concept) else self._code_from_address(concept)
        if not isinstance(concept, dict):
            return ""
        qcode = text_of(concept.get("qcode"))
        return qcode if _is_code(qcode) else self._code_from_address(text_of(concept.get("uri")))

    def _code_from_address(self, address: str) -> str:
        alias = text_of(self.document.get("prefSchemeAlias")) or "medtop"
        scheme = text_of(self.document.get("uri")) or "http://cv.iptc.org/newscodes/mediatopic/"
        plain = re.sub("^https?://", "", address)
        ending = plain.removeprefix(re.sub("^https?://", "", scheme))
        return f"{alias}:{ending.strip('/')}" if ending and ending != plain else ""

    def _name(self, concept: dict) -> tuple[str, str]:
        """(name, language): in the first of the languages asked for, else English, else the first there is."""
        labels = _labels(concept.get("prefLabel"))
        for wanted in (*self.languages[:1], *NAME_LANGUAGES):
            for language, label in labels:
                if is_among(language, (wanted,)):
                    return label, language
        return (labels[0][1], labels[0][0]) if labels else ("", "")

    def _other_names(self, concept: dict, name: str, language: str) -> Iterator[OtherName]:
        for other_language, label in _labels(concept.get("prefLabel")) + _labels(concept.get("altLabel")):
            is_foreign = not is_among(other_language, (language,))
            if label == name:
                continue
            if is_foreign and not self.languages and _is_latin_word(label):
                self.words_left_out += 1
            else:
                yield OtherName(label, other_language)

    def _description(self, concept: dict, language: str) -> str:
        definitions = _labels(concept.get("definition"))
        same = [text for other, text in definitions if is_among(other, (language,))]
        text = (same or [text for _, text in definitions] or [""])[0]
        retired = text_of(concept.get("retired"))
        if not retired:
            return text
        successor = self._successor(concept)
        instead = f" Use “{self.names.get(successor, successor)}” ({successor}) instead." if successor else ""
        return f"Retired by the IPTC on {retired[:10]}.{instead} {text}".strip()

    def _successor(self, concept: dict) -> str:
        """The concept to use instead: where the file has a field for it, or as its notes tell."""
        given = concept.get("replacedBy") or concept.get("isReplacedBy")
        for reference in given if isinstance(given, list) else [given]:
            if code := self.code(reference):
                return code
        own = self.code(concept)
        notes = [text for field in ("changeNote", "note") for _, text in _labels(concept.get(field))]
        codes = [f"medtop:{digits}" for text in notes for digits in _SUCCESSOR.findall(text)]
        return next((code for code in codes if code != own and code in self.names), "")

    def _parent(self, concept: dict) -> ParentReference:
        broader = concept.get("broader")
        codes = [self.code(reference) for reference in (broader if isinstance(broader, list) else [broader])]
        return ParentReference(codes=tuple(code for code in codes if code))


def _labels(data: Any) -> list[tuple[str, str]]:
    """(language, text) of each label; a language may have several."""
    pairs = data.items() if isinstance(data, dict) else []
    texts = [
        (_LANGUAGES.get(language, language), text_of(item))
        for language, value in pairs
        for item in (value if isinstance(value, list) else [value])
    ]
    return [(language, text) for language, text in texts if text]


def _wikidata_id(concept: dict) -> str:
    """The first that it is said to be exactly the same as."""
    matches = concept.get("exactMatch")
    for address in matches if isinstance(matches, list) else [matches]:
        try:
            if isinstance(address, str) and (wikidata_id := read_wikidata_id(address)):
                return wikidata_id
        except InvalidValue:
            continue  # another vocabulary
    return ""


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][\w-]*:[\w-]{1,30}", text))


def _is_latin_word(label: str) -> bool:
    return " " not in label and not _BEYOND_LATIN.search(label)
