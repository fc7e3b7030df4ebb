"""The articles in a JSON document of any size: a list of objects, lists inside an object, or objects one after
another. After one that is broken the next is looked for."""

import re
from collections.abc import Iterator

from articles.pipeline.records import Position, Problem

from .field_names import meaning_of, plain_name
from .json_window import BrokenValue, JsonWindow

# What services and exports call the list of articles, and the objects around it.
LISTS = frozenset(
    """articles items results result data docs documents records entries stories news posts hits rows content list feed
    values elements""".split()  # noqa: SIM905
)
WRAPPERS = frozenset(["response", "data", "result", "results", "hits", "feed", "channel", "payload", "rss", "export"])
DEEPEST_WRAPPER = 4

_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")
_KEY = re.compile(r'"([^"\\]{1,60})"\s*:')
# How far is looked for the beginning of the list, and for the fields of the first article in it.
_FAR, _NEAR = 65_536, 4_000

Element = tuple[Position, dict] | Problem


def read_elements(pieces: Iterator[str], name: str) -> Iterator[Element]:
    return _ElementReader(pieces, name).read()


def is_wrapped(text: str) -> bool:
    """Whether an object that begins so is no article, but has a list of them."""
    reader = _ElementReader(iter([text]), "")
    next(reader.read_wrapped(_meanings(text)), None)
    return reader.has_found_list


def _meanings(text: str) -> set[str]:
    """What the fields of an object mean, as far as it is to be seen as a whole."""
    try:
        return set(map(meaning_of, JsonWindow(iter([text])).value()))
    except BrokenValue:
        return set()


class _ElementReader:
    def __init__(self, pieces: Iterator[str], name: str) -> None:
        self._window = JsonWindow(pieces)
        self._name = name
        self._has_ended = False
        self.has_found_list = False

    def read(self) -> Iterator[Element]:
        while not self._has_ended and (sign := self._window.next_sign()):
            if sign == "[":
                yield from self._list()
            elif sign == "{" and is_wrapped(ahead := self._window.ahead(_FAR)):
                yield from self.read_wrapped(_meanings(ahead))
            elif sign == "{":
                yield self._element()
            else:
                yield self._end("This is not JSON.", "The file should hold a list of objects, or one object.")

    def read_wrapped(self, meanings: set[str], depth: int = 0) -> Iterator[Element]:
        """The articles in the lists of an object; what else it has is passed over. `meanings` are those of its fields,
        as far as they are known."""
        self._window.take("{")
        try:
            while not self._has_ended and not self._window.take("}"):
                name = self._field_name()
                if self._window.next_sign() == "[" and self._is_list_of_articles(name, meanings):
                    self.has_found_list = True
                    yield from self._list()
                elif self._window.next_sign() == "{" and plain_name(name) in WRAPPERS and depth < DEEPEST_WRAPPER:
                    yield from self.read_wrapped(set(), depth + 1)
                else:
                    meanings = meanings | {meaning_of(name)}
                    self._window.value()
        except BrokenValue as error:
            yield self._end_of_broken(error)

    def _list(self) -> Iterator[Element]:
        self._window.take("[")
        while not self._has_ended and not self._window.take("]"):
            yield self._element()

    def _element(self) -> Element:
        if not self._window.next_sign():
            return self._end("The list does not end.", "Is the file complete? What came before was read.")
        position = Position(self._name, self._window.line)
        try:
            value = self._window.value()
        except BrokenValue as error:
            return self._broken(error)
        if isinstance(value, dict):
            return position, value
        return Problem(position, "This is JSON, but no object.", 'An article looks like {"headline": "…"}.')

    def _field_name(self) -> str:
        name = self._window.value()
        if not isinstance(name, str) or not self._window.take(":"):
            raise BrokenValue("a field has no name", self._window.line)
        return name

    def _is_list_of_articles(self, name: str, meanings: set[str]) -> bool:
        """By its name, or by the fields of the first object; an article may itself have lists of objects."""
        ahead = self._window.ahead(_NEAR)
        found = _LIST_OF_OBJECTS.match(ahead)
        if "body" in meanings or not found:
            return False
        first = ahead[found.end() - 1 :]
        inner = _meanings(first) or set(map(meaning_of, _KEY.findall(first)))
        if plain_name(name) in LISTS:
            return "headline" not in meanings or not inner.isdisjoint({"headline", "body"})
        return "headline" not in meanings and "headline" in inner and not inner.isdisjoint({"body", "summary"})

    def _broken(self, error: BrokenValue) -> Problem:
        if not self._window.skip_broken():
            return self._end_of_broken(error)
        reason = f"The JSON is broken here ({error})."
        return Problem(
            Position(self._name, error.line), reason, "Correct it; the articles before and behind were read."
        )

    def _end_of_broken(self, error: BrokenValue) -> Problem:
        self._has_ended = True
        reason = f"The JSON is broken here ({error}), and what follows could not be read."
        return Problem(Position(self._name, error.line), reason, "Correct it; what came before was read.")

    def _end(self, reason: str, advice: str) -> Problem:
        self._has_ended = True
        return Problem(Position(self._name, self._window.line), reason, advice)
