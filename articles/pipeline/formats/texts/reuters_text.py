"""The text of a Reuters dispatch: lines of 64 characters, paragraphs indented by four spaces, tables set by hand."""

import re

from articles.markdown import escape_markdown

from .wrapped_lines import continues

WIDTH = 64
# A line in a table without columns of its own, such as "TOTAL SALES 1775", is shorter than this.
LONGEST_LABEL = 45

_PARAGRAPH = re.compile(r" {4}\S")
_ROW = re.compile(r"\S {3,}\S|\S {2,}\S.*\S {2,}\S")
# What the tape left behind at the end of a line, and the agency's signature at the end of a dispatch.
_LINE_END = re.compile(r"\^M$", re.MULTILINE)
_SIGNATURE = re.compile(r"^ *(?:reuter(?:\.\.\.)?|(?:reuters|more)\Z)$", re.IGNORECASE | re.MULTILINE)


def dispatch_markdown(text: str) -> str:
    """Paragraphs as Markdown, and tables as blocks of code, in which the columns stay columns."""
    text = _SIGNATURE.sub("", _LINE_END.sub("", text.rstrip()))
    blocks = _blocks(text.split("\n"))
    if blocks and _is_table(blocks[0]):
        # Indentation at the very beginning of a text would be lost with the space around it.
        blocks[:1] = [blocks[0][:1], blocks[0][1:]]
    return "\n\n".join(map(_markdown, blocks))


def _blocks(lines: list[str]) -> list[list[str]]:
    """Lines that belong together: paragraphs and tables."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            blocks.append([])
        elif blocks[-1] and _belongs(line, blocks[-1]):
            blocks[-1].append(line.rstrip())
        else:
            blocks.append([line.rstrip()])
    return [block for block in blocks if block]


def _belongs(line: str, block: list[str]) -> bool:
    is_row, is_table = _is_row(line), _is_row(block[0])
    if is_row or is_table:
        return is_table and (is_row or (len(line) < LONGEST_LABEL and not _PARAGRAPH.match(line)))
    return line[0] != " " and continues(block[-1], line, WIDTH)


def _is_row(line: str) -> bool:
    return "  " in line.strip() and bool(_ROW.search(line))


def _markdown(block: list[str]) -> str:
    if _is_table(block):
        return "\n".join(f"    {line}" for line in block)
    return escape_markdown(" ".join(" ".join(block).split()))


def _is_table(block: list[str]) -> bool:
    return len(block) > 1 and _is_row(block[0])
