"""Cursors: where to read on in a result, as a short text for the parameter `cursor`."""

import re

from django.utils.translation import gettext

from articles.search.stretches import Position

from .problems import BadParameters

CURSOR = re.compile(r"(newest|oldest|relevance)\.([ko])([0-9]{1,20})")
LONGEST = 40


def write_cursor(sort: str, position: Position) -> str:
    return f"{sort}.o{position.offset}" if position.key is None else f"{sort}.k{position.key}"


def read_cursor(text: str, sort: str) -> Position:
    """Raises `BadParameters` for a text that is no cursor, or one of another order."""
    match = CURSOR.fullmatch(text)
    if not match:
        raise BadParameters({"cursor": [gettext("This is no cursor. Take it from “cursor” of the answer before.")]})
    if match[1] != sort:
        message = gettext("This cursor is for sort=%(sort)s. Keep to the parameters that it was given for.")
        raise BadParameters({"cursor": [message % {"sort": match[1]}]})
    number = int(match[3])
    return Position(key=number) if match[2] == "k" else Position(offset=number)
