"""A JSON text of any size, of which only a part is held: values are taken from its beginning one by one."""

import json
import re
from collections.abc import Iterator
from typing import Any

LONGEST_VALUE = 16_000_000

# Line ends inside of strings are against the standard, but harmless.
_decoder = json.JSONDecoder(strict=False)
_GAP = re.compile(r"[\s,]*")
# A string that is not closed in its line is no string: what is broken must not take in everything that follows.
_TOKEN = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|[{}\[\]]')
# What may be missing at the end of a window for a value to be whole: "\ud83d\udcf0", "-Infinity".
_CUT = 12


class BrokenValue(Exception):
    """What should be a value is none, or does not end. The message is part of a sentence; `line` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


class JsonWindow:
    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._at = 0
        self._line = 1

    @property
    def line(self) -> int:
        """Of the next value, counted from 1."""
        return self._line

    def next_sign(self) -> str:
        """The first character behind spaces and commas, which are passed over; "" at the end."""
        self._advance(_GAP.match(self._text, self._at).end())
        while self._at == len(self._text) and self._grow():
            self._advance(_GAP.match(self._text, self._at).end())
        return self._text[self._at : self._at + 1]

    def take(self, sign: str) -> bool:
        """Pass over the sign, if it is the next one."""
        found = self.next_sign() == sign
        self._advance(self._at + found)
        return found

    def ahead(self, length: int) -> str:
        """What follows, without moving on."""
        while len(self._text) - self._at < length and self._grow():
            pass
        return self._text[self._at : self._at + length]

    def value(self) -> Any:
        """The value that begins at the next sign. Raises BrokenValue, and stays where it was."""
        self.next_sign()
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._may_go_on(error) or not self._grow():
                    raise self._broken(error) from None
            except (ValueError, RecursionError) as error:
                raise BrokenValue(str(error)[:100], self._line) from None
            else:
                # A number at the end of the window may go on.
                if end < len(self._text) or not self._grow():
                    self._advance(end)
                    return value

    def skip_broken(self) -> bool:
        """Pass over an object that is broken, by its brackets. False if they do not match."""
        while True:
            depth = 0
            for token in _TOKEN.finditer(self._text, self._at):
                depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
                if depth <= 0:
                    self._advance(token.end())
                    return True
            if len(self._text) - self._at > LONGEST_VALUE or not self._grow():
                return False

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        is_at_end = error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _CUT
        return is_at_end and len(self._text) - self._at <= LONGEST_VALUE

    def _broken(self, error: json.JSONDecodeError) -> BrokenValue:
        does_not_end = error.msg.startswith("Unterminated string") or error.pos >= len(self._text)
        line = self._line + self._text.count("\n", self._at, error.pos)
        return BrokenValue("it does not end" if does_not_end else error.msg, line)

    def _advance(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end

    def _grow(self) -> bool:
        """Twice as much of the text, without what is done. False at its end."""
        parts = [self._text[self._at :]]
        wanted = 2 * len(parts[0])
        for piece in self._pieces:
            parts.append(piece)
            wanted -= len(piece)
            if piece and wanted <= len(parts[0]):
                break
        before = len(parts[0])
        self._text, self._at = "".join(parts), 0
        return len(self._text) > before
