"""What holds blocks of Markdown: quotations, lists and tables."""

import re
import textwrap
from dataclasses import dataclass, field

_NOT_FOR_A_CELL = re.compile(r"#{1,6} |[-+*>] |\d+[.] |    ")


@dataclass
class Frame:
    """An open block and what it holds. `cells` are the cells of a row, or the rows of a table."""

    kind: str
    blocks: list[str] = field(default_factory=list)
    cells: list = field(default_factory=list)


def close_frame(frame: Frame, parent: Frame) -> None:
    """Hand the blocks of a frame to the one around it."""
    if frame.kind == "cell" and parent.kind == "row":
        parent.cells.append(frame.blocks)
    elif frame.kind == "row" and parent.kind == "table":
        parent.cells.append([*frame.cells, *([frame.blocks] if frame.blocks else [])])
    elif frame.kind == "item" and parent.kind in ("bullets", "numbers"):
        parent.blocks.append("\n\n".join(frame.blocks))
    else:
        parent.blocks += _WRITERS.get(frame.kind, _plain)(frame)


def _plain(frame: Frame) -> list[str]:
    return [*frame.blocks, *(block for cell in frame.cells for block in cell)]


def _quote(frame: Frame) -> list[str]:
    lines = "\n\n".join(frame.blocks).split("\n")
    return ["\n".join(f"> {line}" if line else ">" for line in lines)] if frame.blocks else []


def _bullets(frame: Frame) -> list[str]:
    return _list(frame, ["- "] * len(frame.blocks))


def _numbers(frame: Frame) -> list[str]:
    return _list(frame, [f"{number}. " for number in range(1, len(frame.blocks) + 1)])


def _list(frame: Frame, marks: list[str]) -> list[str]:
    items = [mark + _indent(item, len(mark)) for mark, item in zip(marks, frame.blocks, strict=True) if item]
    return ["\n".join(items)] if items else []


def _indent(item: str, width: int) -> str:
    """All lines but the first, which stands behind the mark of the item."""
    return textwrap.indent(item, " " * width)[width:]


def _table(frame: Frame) -> list[str]:
    """A table of short cells; what only uses a table for its layout becomes paragraphs."""
    rows = [row for row in frame.cells if any(row)]
    width = max(map(len, rows), default=0)
    rows = [[*row, *([[]] * (width - len(row)))] for row in rows]
    rows = [list(row) for row in zip(*(column for column in zip(*rows, strict=True) if any(column)), strict=True)]
    if len(rows) < 2 or len(rows[0]) < 2 or not all(_fits_in_a_cell(cell) for row in rows for cell in row):
        return [*frame.blocks, *(block for row in rows for cell in row for block in cell)]
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return [*frame.blocks, "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])]


def _fits_in_a_cell(blocks: list[str]) -> bool:
    return len(blocks) <= 1 and not any(_NOT_FOR_A_CELL.match(block) for block in blocks)


def _cell(blocks: list[str]) -> str:
    text = " ".join(" ".join(blocks).split())
    return text if "\n" in "".join(blocks) else text.replace("|", r"\|")


_WRITERS = {"quote": _quote, "bullets": _bullets, "numbers": _numbers, "table": _table}
