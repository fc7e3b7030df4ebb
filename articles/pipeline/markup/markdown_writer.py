"""Markdown, written block by block as a reader of markup meets them."""

import re
import textwrap

from articles.markdown import escape_markdown

from .inline_marks import END_LINK, LINK, MARKS, inline_markdown, without_marks
from .markdown_blocks import Frame, close_frame
from .paragraphs import are_cut, paragraphs_of

# Blocks deeper than this in one another are written without further indentation.
MOST_NESTED = 10

_SPACE = re.compile(r"\s+")
# Control characters, soft hyphens and spaces of no width: they would part words that belong together.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff]")
_COLUMNS = re.compile(r"\S(?:\t| {3,})\s*\S")


class MarkdownWriter:
    """Takes text, marks and blocks in their order.

    `open` takes "quote", "bullets", "numbers", "item", "table", "row", "cell"; each is ended with `close`.
    """

    def __init__(self) -> None:
        self._frames = [Frame("text")]
        self._parts: list[str] = []
        self._urls: list[str] = []
        self._heading = ""
        self._is_preformatted = False

    def text(self, text: str) -> None:
        text = _INVISIBLE.sub("", text)
        self._parts.append(text if self._is_preformatted else _SPACE.sub(" ", text))

    def mark(self, mark: str) -> None:
        """A mark of inline_marks, or a line feed for a line break."""
        self._parts.append(mark)

    def open_link(self, url: str) -> None:
        self._urls.append(url)
        self._parts.append(LINK)

    def close_link(self) -> None:
        self._parts.append(END_LINK)

    def open_heading(self, level: int) -> None:
        self.end_paragraph()
        self._heading = "#" * level

    def close_heading(self) -> None:
        self.end_paragraph()
        self._heading = ""

    def open_preformatted(self) -> None:
        self.end_paragraph()
        self._is_preformatted = True

    def close_preformatted(self) -> None:
        self.end_paragraph()
        self._is_preformatted = False

    def open(self, kind: str) -> None:
        self.end_paragraph()
        is_deep = len(self._frames) > MOST_NESTED
        self._frames.append(self._frames[-1] if is_deep else Frame(kind))

    def close(self) -> None:
        self.end_paragraph()
        frame = self._frames.pop()
        if frame is not self._frames[-1]:
            close_frame(frame, self._frames[-1])

    def end_paragraph(self) -> None:
        text, urls = "".join(self._parts), self._urls
        self._parts, self._urls = [], []
        if text.strip():
            self._frames[-1].blocks += self._blocks(text, urls)

    def markdown(self) -> str:
        """All that was written. What is still open is closed."""
        self.end_paragraph()
        while len(self._frames) > 1:
            self.close()
        return "\n\n".join(self._frames[0].blocks)

    def _blocks(self, text: str, urls: list[str]) -> list[str]:
        if self._is_preformatted:
            return _preformatted(MARKS.sub("", text))
        if self._heading:
            heading = without_marks(text)
            return [f"{self._heading} {escape_markdown(heading)}"] if heading else []
        paragraphs = inline_markdown(text, urls).split("\n\n")
        return [_lines(paragraph.split("\n")) for paragraph in paragraphs if paragraph.strip()]


def _lines(lines: list[str]) -> str:
    """A paragraph. Some agencies break its lines where their screens end: those belong together."""
    return " ".join(lines) if are_cut(lines) else "  \n".join(lines)


def _preformatted(text: str) -> list[str]:
    """Columns keep their places; other text is read as what it is, lines of a typewriter."""
    if len(_COLUMNS.findall(text)) < 2:
        return [escape_markdown(paragraph) for paragraph in paragraphs_of(text)]
    lines = textwrap.dedent(text.strip("\n").expandtabs()).rstrip()
    return [textwrap.indent(lines, "    ")]
