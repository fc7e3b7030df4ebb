"""The paragraphs of plain text, as agencies and archives lay it out."""

import itertools
import re

from articles.markdown import escape_markdown
from articles.pipeline.records import clean_text

# A text whose lines are longer than this is not cut at a margin, nor is one of very short lines.
WIDEST_MARGIN, NARROWEST_MARGIN = 120, 40
# How many of the lines must reach the margin for a text to count as cut there.
CUT_LINES = 0.8

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_INDENT = re.compile(r"\t| {2,}|\u3000")


def markdown_from_text(text: str) -> str:
    """Plain text as Markdown that shows the same paragraphs."""
    return "\n\n".join(map(escape_markdown, paragraphs_of(text)))


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs, each on one line. They are parted by blank lines; lines that were cut at a margin belong
    together until one is indented, and any other line is a paragraph of its own."""
    blocks = [block.split("\n") for block in _BLANK_LINES.split(clean_text(text)) if block.strip()]
    blocks = [[line for line in block if line.strip()] for block in blocks]
    if _is_cut(blocks):
        blocks = [joined for block in blocks for joined in _join(block)]
    else:
        blocks = [[line] for block in blocks for line in block]
    return [" ".join(" ".join(lines).split()) for lines in blocks]


def are_cut(lines: list[str]) -> bool:
    """Whether lines were cut at a margin. Of two lines nobody can tell."""
    return len(lines) > 2 and _is_cut([lines])


def _is_cut(blocks: list[list[str]]) -> bool:
    """Whether lines end where the next word would not have fitted."""
    width = max((len(line.rstrip()) for block in blocks for line in block), default=0)
    pairs = [pair for block in blocks for pair in itertools.pairwise(block) if not _INDENT.match(pair[1])]
    if not pairs or not NARROWEST_MARGIN <= width <= WIDEST_MARGIN:
        return False
    cut = sum(len(line.rstrip()) + 1 + len(following.split()[0]) > width for line, following in pairs)
    return cut >= CUT_LINES * len(pairs)


def _join(block: list[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = []
    for line in block:
        if paragraphs and not _INDENT.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs
