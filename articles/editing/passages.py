"""The sentences of a text in which something is named: what a suggestion rests on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# So far a passage reaches to each side of a name, if no sentence or paragraph ends before.
REACH = 220
# A full stop behind fewer letters than three is that of “Mr.”, “St.” or “U.S.”.
_SENTENCE_END = re.compile(r"(?<=\w\w\w)[.!?…][\"'”’»)]*\s+(?![a-z])|[。！？][」』”]?|\n")

Span = tuple[int, int]


@dataclass(frozen=True)
class Fragment:
    """A stretch of plain text; `is_name` where it is the name."""

    text: str
    is_name: bool = False


@dataclass
class _Stretch:
    """A part of the text around some names. It may begin and end inside a sentence."""

    names: list[Span]
    start: int
    end: int
    begins_inside: bool
    ends_inside: bool


def passages(text: str, names: Iterable[Span], most: int) -> list[list[Fragment]]:
    """The first `most` passages around the names, which are spans of the text in their order."""
    stretches: list[_Stretch] = []
    for name in names:
        stretch = _around(text, name)
        if stretches and _touch(text, stretches[-1], stretch):
            _extend(stretches[-1], stretch)
        elif len(stretches) == most:
            break
        else:
            stretches.append(stretch)
    return [_fragments(text, stretch) for stretch in stretches]


def _around(text: str, name: Span) -> _Stretch:
    """The sentence that a name stands in, or as much of it as fits."""
    lowest, highest = max(name[0] - REACH, 0), min(name[1] + REACH, len(text))
    ends = [found.end() for found in _SENTENCE_END.finditer(text, lowest, name[0])]
    start = ends[-1] if ends else _word_after(text, lowest, name[0])
    found = _SENTENCE_END.search(text, name[1], highest)
    end = found.end() if found else _word_before(text, highest, name[1])
    return _Stretch([name], start, end, start > 0 and not ends, end < len(text) and not found)


def _touch(text: str, stretch: _Stretch, further: _Stretch) -> bool:
    """Whether they meet in the same paragraph."""
    between = text[stretch.names[-1][1] : further.names[0][0]]
    return further.start <= stretch.end and "\n" not in between


def _extend(stretch: _Stretch, further: _Stretch) -> None:
    """Names that stand close together share a stretch."""
    stretch.names += further.names
    if further.end > stretch.end:
        stretch.end, stretch.ends_inside = further.end, further.ends_inside


def _word_after(text: str, start: int, latest: int) -> int:
    space = text.find(" ", start, latest) if start else -1
    return space + 1 if space >= 0 else start


def _word_before(text: str, end: int, earliest: int) -> int:
    space = text.rfind(" ", earliest, end) if end < len(text) else -1
    return space if space >= 0 else end


def _fragments(text: str, stretch: _Stretch) -> list[Fragment]:
    fragments, done = [Fragment("… " if stretch.begins_inside else "")], stretch.start
    for start, end in stretch.names:
        fragments += [Fragment(text[done:start]), Fragment(text[start:end], is_name=True)]
        done = end
    ending = " …" if stretch.ends_inside else ""
    fragments.append(Fragment(text[done : stretch.end].rstrip() + ending))
    return [fragment for fragment in fragments if fragment.text]
