"""The language of the search box. Forgiving: what cannot be understood is passed over, and said.

query    = or
or       = and { "OR" and }
and      = not { ["AND"] not }
not      = { "NOT" | "-" } term
term     = "(" or ")" | field ":" value | value
value    = "\\"" words "\\"" | word ["*"]
"""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .tree import All, Any, Days, Named, Node, Not, Text

MAX_LENGTH = 1_000
MAX_TERMS = 60
# Each of them is looked for among all names.
MAX_NAMES = 8
MAX_DEPTH = 20

NAMED_FIELDS = {"person": "people", "place": "places", "topic": "topics", "source": "source"}
DATE_FIELDS = ("from", "to")
FIELDS = ("headline", *NAMED_FIELDS, *DATE_FIELDS)

_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<operator>(?:AND|OR|NOT)(?=[\s()]|$))
    | (?P<minus>-(?=[^\s\-)]))
    | (?P<field>(?:{"|".join(FIELDS)})):(?=\S)
    | "(?P<phrase>[^"]*)(?P<quote>"|$)
    | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# As phones and word processors write them, and other languages: one character for one, so that positions stay.
QUOTATION_MARKS = '"“”„‟«»「」'
_STRAIGHT_MARKS = str.maketrans(dict.fromkeys(QUOTATION_MARKS, '"'))
# “author:smith”, which is meant as a field; neither 12:30 nor https://example.org.
_UNKNOWN_FIELD = re.compile(r"([a-z_]{2,20}):(?=[^/])", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")


@dataclass(frozen=True)
class Note:
    """What was not understood: a sentence, and the position in the text, counted from 1."""

    position: int
    message: str


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


def parse_search(text: str) -> tuple[Node, list[Note]]:
    """The search as a tree, and notes on what could not be read. Never fails."""
    parser = _Parser(text)
    return parser.parse(), parser.notes


class _Parser:
    def __init__(self, text: str) -> None:
        self.notes: list[Note] = []
        self._terms = 0
        self._names: set[Named] = set()
        self._is_cut = False
        self._next = 0
        if len(text) > MAX_LENGTH:
            self._note(MAX_LENGTH, _("The search is longer than %d characters: the rest was left out.") % MAX_LENGTH)
        self._tokens = self._tokenize(text[:MAX_LENGTH].translate(_STRAIGHT_MARKS))

    def parse(self) -> Node:
        parts = []
        while token := self._peek():
            if token.kind == "close":
                self._note(token.position, _("This bracket closes nothing."))
                self._next += 1
                continue
            parts += _parts_of(self._either(0), All)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _tokenize(self, text: str) -> list[_Token]:
        tokens = []
        for found in _TOKEN.finditer(text):
            kind = found.lastgroup if found.lastgroup != "quote" else "phrase"
            value = found[kind]
            position = found.start(kind) + 1
            if kind == "phrase" and not found["quote"]:
                self._note(position - 1, _("This quotation mark is not closed: the phrase goes to the end."))
            # Operators are written in capitals: “and” is a word like any other.
            kind = "word" if kind == "operator" and not value.isupper() else kind
            tokens.append(_Token(kind, value, position))
        return tokens

    def _either(self, depth: int) -> Node:
        parts = self._both_parts(depth)
        alternatives = [_all(parts)] if parts else []
        while (token := self._peek()) and token.kind == "operator" and token.text == "OR":
            self._next += 1
            more = self._both_parts(depth)
            if not parts or not more:
                self._note(token.position, _("OR stands between two words."))
            parts = parts or more
            alternatives += [_all(more)] if more else []
        return alternatives[0] if len(alternatives) == 1 else Any(tuple(alternatives)) if alternatives else All()

    def _both_parts(self, depth: int) -> list[Node]:
        parts: list[Node] = []
        while (token := self._peek()) and token.kind != "close":
            if token.kind == "operator" and token.text == "OR":
                break
            if token.kind == "operator" and token.text == "AND":
                self._next += 1
                following = self._peek()
                if not parts or following is None or following.text in ("OR", "AND") or following.kind == "close":
                    self._note(token.position, _("AND stands between two words."))
                continue
            part = self._negated(depth)
            if part is not None:
                parts.append(part)
        return parts

    def _negated(self, depth: int) -> Node | None:
        negative = False
        while (token := self._peek()) and (token.kind == "minus" or (token.kind, token.text) == ("operator", "NOT")):
            negative = not negative
            self._next += 1
            following = self._peek()
            if following is None or following.kind == "close" or following.text in ("AND", "OR"):
                self._note(token.position, _("NOT stands before a word."))
                return None
        part = self._term(depth)
        return Not(part) if negative and part is not None else part

    def _term(self, depth: int) -> Node | None:
        token = self._tokens[self._next]
        self._next += 1
        if token.kind == "open":
            return self._group(token, depth + 1)
        if token.kind == "field":
            return self._field(token)
        if token.kind == "word" and (field := _UNKNOWN_FIELD.match(token.text)):
            message = _("“%(name)s:” is no field (those are %(fields)s): it was looked for as a word.")
            self._note(token.position, message % {"name": field[1], "fields": ", ".join(FIELDS)})
        return self._limited(token, _text(token))

    def _group(self, token: _Token, depth: int) -> Node | None:
        if depth > MAX_DEPTH:
            message = _("Brackets are nested deeper than %d: the rest was left out.") % MAX_DEPTH
            return self._leave_out_rest(token, message)
        inside = self._either(depth)
        closing = self._peek()
        if closing and closing.kind == "close":
            self._next += 1
        else:
            self._note(token.position, _("This bracket is not closed."))
        return inside if inside != All() else None

    def _field(self, field: _Token) -> Node | None:
        value = self._peek()
        name = field.text.lower()
        if value is None or value.kind not in ("word", "phrase") or not value.text.strip():
            self._note(field.position, _("“%s:” is followed by no word.") % name)
            return None
        self._next += 1
        if name == "headline":
            return self._limited(value, _text(value, in_headline=True))
        if name in DATE_FIELDS:
            return self._limited(value, self._days(name, value))
        return self._named(value, Named(NAMED_FIELDS[name], value.text))

    def _named(self, token: _Token, node: Named) -> Node | None:
        if node not in self._names and len(self._names) == MAX_NAMES:
            message = _("The search has more than %d names: the rest was left out.") % MAX_NAMES
            return self._leave_out_rest(token, message)
        self._names.add(node)
        return self._limited(token, node)

    def _days(self, name: str, value: _Token) -> Node | None:
        days = parse_period(value.text)
        if days is None:
            self._note(value.position, _("“%s” is not a date such as 2024, 2024-03 or 2024-03-31.") % value.text[:40])
            return None
        return Days(first=days[0]) if name == "from" else Days(last=days[1])

    def _limited(self, token: _Token, node: Node | None) -> Node | None:
        if node is None or (isinstance(node, Text) and not any(character.isalnum() for character in node.text)):
            return None
        if self._terms == MAX_TERMS:
            message = _("The search has more than %d words: the rest was left out.") % MAX_TERMS
            return self._leave_out_rest(token, message)
        self._terms += 1
        return node

    def _leave_out_rest(self, token: _Token, message: str) -> None:
        """Of what stands open then, nothing more is said: it may be closed in the rest."""
        self._note(token.position, message)
        self._next, self._is_cut = len(self._tokens), True

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _note(self, position: int, message: str) -> None:
        if not self._is_cut:
            self.notes.append(Note(position, message))


def parse_period(text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of a year, a month or a day; None where the text is none of these."""
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return datetime.date(year, month or 1, day or 1), datetime.date(year, last_month, last_day)
    except (ValueError, IndexError):
        return None


def _text(token: _Token, in_headline: bool = False) -> Text:
    text = token.text.rstrip("*") if token.kind == "word" else token.text
    return Text(text, in_headline, _is_prefix(token), start=token.position - 1)


def _is_prefix(token: _Token) -> bool:
    return token.kind == "word" and token.text.endswith("*") and len(token.text.rstrip("*")) > 1


def _all(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _parts_of(node: Node, kind: type) -> list[Node]:
    return list(node.parts) if isinstance(node, kind) else [node]
