"""Emphasis and links inside a paragraph.

A paragraph is gathered as text in which control characters stand for marks. They become Markdown only at its end,
when it is known which of them can be written so that both the page and `articles.markdown.plain_text` read them.
"""

import re

from articles.markdown import escape_markdown

EMPHASIS, END_EMPHASIS, STRONG, END_STRONG, LINK, END_LINK = "\x01\x02\x03\x04\x05\x06"
MARKS = re.compile("[\x01-\x06]")

# The longest that plain_text reads.
LONGEST_EMPHASIS = 1000
LONGEST_ADDRESS = 1000
MOST_PIECES = 400

_OPENING = {END_EMPHASIS: EMPHASIS, END_STRONG: STRONG, END_LINK: LINK}
_SHOWN = {EMPHASIS: "*", END_EMPHASIS: "*", STRONG: "**", END_STRONG: "**", LINK: "["}
_SPACED_OPENINGS = re.compile("(?:[\x01\x03\x05] *)+")
_SPACED_CLOSINGS = re.compile("(?: *[\x02\x04\x06])+")
_SPACES = re.compile(" {2,}")
_LINE_BREAK = re.compile(" ?\n ?")
_PARAGRAPH_BREAK = re.compile("\n{2,}")
# Next to one of these a mark of emphasis would be read as a character, or as part of its neighbour.
_TOUCHING = re.compile(r"[\w\\]")
_BRACKET = re.compile("[\\[\\]\n\x05]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s/?#]", re.IGNORECASE)
# What would end an address in Markdown, as browsers write it.
_ENCODED = str.maketrans({mark: f"%{ord(mark):02X}" for mark in ' ()<>\\"'})
# A line of these under another makes a heading or a table of it.
_UNDERLINE = re.compile(r"^(?=(?:--|==?)$)", re.MULTILINE)


def inline_markdown(text: str, urls: list[str]) -> str:
    """Text with marks as Markdown; `urls` are the addresses of its links in their order.

    Marks without a partner, and those that would not be read as marks, are left out; their text stays. One line
    feed is a line break, two are the end of a paragraph.
    """
    if not MARKS.search(text):
        return _escape(_with_single_spaces(text))
    text = _SPACED_OPENINGS.sub(lambda found: _marks_last(found[0]), text)
    text = _SPACED_CLOSINGS.sub(lambda found: _marks_first(found[0]), text)
    pieces, addresses = _readable(re.split("([\x01-\x06])", text), urls)
    text = _escape(_with_single_spaces("".join(pieces)))
    ends = iter(addresses)
    return MARKS.sub(lambda mark: _SHOWN.get(mark[0]) or f"]({next(ends)})", text)


def without_marks(text: str) -> str:
    """Text with marks as plain text on one line."""
    return " ".join(MARKS.sub("", text).split())


def _with_single_spaces(text: str) -> str:
    text = _LINE_BREAK.sub("\n", _SPACES.sub(" ", text))
    return _PARAGRAPH_BREAK.sub("\n\n", text).strip()


def _marks_last(text: str) -> str:
    marks = text.replace(" ", "")
    return marks if marks == text else f" {marks}"


def _marks_first(text: str) -> str:
    marks = text.replace(" ", "")
    return marks if marks == text else f"{marks} "


def _escape(text: str) -> str:
    text = escape_markdown(text)
    return _UNDERLINE.sub(r"\\", text).replace("|", r"\|") if "\n" in text else text


def _readable(pieces: list[str], urls: list[str]) -> tuple[list[str], list[str]]:
    """The pieces — text, mark, text, … mark, text — without marks that could not be read, and the addresses left."""
    url_of = dict(zip((number for number, piece in enumerate(pieces) if piece == LINK), urls, strict=False))
    kept, addresses, end_of_emphasis = set(), [], 0
    for start, end in _pairs(pieces):
        if end - start > MOST_PIECES:
            continue  # thousands of marks in one another are no stress, and would take minutes
        if pieces[start] == LINK:
            address = _address(url_of.get(start, ""))
            if not address or not _can_be_linked("".join(pieces[start + 1 : end])):
                continue
            addresses.append(address)
        elif start < end_of_emphasis or not _can_be_stressed(pieces, start, end, kept):
            continue
        else:
            end_of_emphasis = end
        kept |= {start, end}
    return [piece for number, piece in enumerate(pieces) if number % 2 == 0 or number in kept], addresses


def _pairs(pieces: list[str]) -> list[tuple[int, int]]:
    """Where marks begin and end, in the order of their beginnings."""
    open_marks, pairs = [], []
    for number in range(1, len(pieces), 2):
        if pieces[number] not in _OPENING:
            open_marks.append(number)
        elif open_marks and pieces[open_marks[-1]] == _OPENING[pieces[number]]:
            pairs.append((open_marks.pop(), number))
    return sorted(pairs)


def _can_be_linked(text: str) -> bool:
    return bool(MARKS.sub("", text).strip()) and not _BRACKET.search(text)


def _can_be_stressed(pieces: list[str], start: int, end: int, kept: set[int]) -> bool:
    text = MARKS.sub("", "".join(pieces[start + 1 : end]))
    if not text or text != text.strip() or "\n" in text or text.endswith("\\") or len(text) > LONGEST_EMPHASIS:
        return False
    return all(
        not _TOUCHING.match(character) if character else mark in (-1, len(pieces)) or _is_link(pieces, mark, kept)
        for character, mark in ((pieces[start - 1][-1:], start - 2), (pieces[end + 1][:1], end + 2))
    )


def _is_link(pieces: list[str], mark: int, kept: set[int]) -> bool:
    return mark in kept and pieces[mark] in (LINK, END_LINK)


def _address(url: str) -> str:
    """A web or mail address that Markdown takes as it is; "" for any other."""
    address = url.strip().translate(_ENCODED)
    fits = len(address) <= LONGEST_ADDRESS and _ADDRESS.match(address) and not re.search(r"\s", address)
    return address if fits else ""
