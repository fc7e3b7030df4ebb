"""HTML, XHTML and the markup of news formats as Markdown. What it reads may come from anybody."""

import re
from collections.abc import Iterable, Mapping
from html import unescape

from lxml import etree

from articles.pipeline.records import clean_text

from .inline_marks import EMPHASIS, END_EMPHASIS, END_STRONG, STRONG
from .markdown_writer import MarkdownWriter
from .xml import local_name

# The tables know HTML, NITF, and the NITF of Sweden's TT, whose parts of a story have Swedish names.
# What is no part of the text, with all that is inside.
DROPPED = {
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "video", "audio", "canvas", "svg",
    "math", "map", "button", "select", "textarea", "nav", "title", "xml", "rt", "rp", "media-reference",
    "media-metadata", "media-object", "media-producer", "alt-code", "pronounce", "bild",
}  # fmt: skip
PARAGRAPHS = {
    "html", "body", "main", "article", "section", "div", "p", "address", "aside", "header", "footer", "figure",
    "figcaption", "center", "details", "summary", "form", "fieldset", "dl", "dt", "dd", "hr", "caption", "thead",
    "tbody", "tfoot", "body.content", "body.head", "body.end", "block", "note", "media", "media-caption", "byline",
    "dateline", "abstract", "credit", "copyrite", "fn", "text", "dat", "ingress", "brodtext", "citat",
}  # fmt: skip
FRAMES = {
    "blockquote": "quote", "bq": "quote", "ul": "bullets", "menu": "bullets", "ol": "numbers", "li": "item",
    "table": "table", "nitf-table": "table", "tr": "row", "td": "cell", "th": "cell",
}  # fmt: skip
HEADINGS = {"h1": 2, "h2": 2, "hl1": 2, "hl2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "rubrik": 2, "mellis": 3}
INLINE = {
    "em": (EMPHASIS, END_EMPHASIS), "i": (EMPHASIS, END_EMPHASIS),
    "b": (STRONG, END_STRONG), "strong": (STRONG, END_STRONG), "q": ("“", "”"), "br": ("\n", ""), "ort": ("", ", "),
}  # fmt: skip
# Elements whose words are not those of the text around them.
PARTS_WORDS = PARAGRAPHS | FRAMES.keys() | HEADINGS.keys() | {
    "br", "pre", "byttl", "name.given", "name.family", "function",
}  # fmt: skip

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,12});", re.IGNORECASE)
# Where a program has laid out XML, a sentence may go on in the line below an element, with its comma or full stop.
_LINE_BEFORE_MARK = re.compile(r"^[ \t]*\n\s*(?=[,.](?:\s|$))")
# XHTML may write elements without content so; in HTML they would take in all that follows.
_EMPTY_ELEMENT = re.compile(
    r"<(script|style|iframe|title|textarea|noscript|template|video|audio|object)\b[^<>]*/>", re.I
)


def markdown_from_html(html: str) -> str:
    """A fragment or a whole page as Markdown: its paragraphs, headings, lists, quotations, tables, emphasis, and
    links to web and mail addresses. Pictures, scripts and forms are dropped; the rest shows as text."""
    return _read_html(html, _MarkdownReader())


def text_from_html(html: str) -> str:
    """The words on one line, for headlines and names."""
    if "<" not in html and "&" not in html:
        return " ".join(clean_text(html).split())
    return _read_html(html, _TextReader())


def markdown_from_elements(elements: Iterable[etree._Element]) -> str:
    """Parsed XHTML or NITF as Markdown."""
    reader = _MarkdownReader()
    for element in elements:
        reader.start("block", {})
        _walk(element, reader)
        reader.end("block")
    return reader.close()


def text_from_element(element: etree._Element | None) -> str:
    """The words of an element on one line, also of one that is no part of a text, such as a title; "" for none."""
    if element is None:
        return ""
    reader = _TextReader()
    _walk(element, reader, name_of_root="span")
    return reader.close()


class _Reader:
    """Takes the events of a parser: elements that begin and end, and text. What is dropped goes no further."""

    def __init__(self) -> None:
        self._depth_of_dropped = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._depth_of_dropped or tag in DROPPED:
            self._depth_of_dropped += 1
        else:
            self.begin(tag, attributes)

    def end(self, tag: str) -> None:
        if self._depth_of_dropped:
            self._depth_of_dropped -= 1
        else:
            self.finish(tag)

    def data(self, text: str) -> None:
        if not self._depth_of_dropped:
            self.text(text)


class _MarkdownReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self._writer = MarkdownWriter()
        self.text = self._writer.text
        self.close = self._writer.markdown

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in PARAGRAPHS:
            self._writer.end_paragraph()
        elif tag in INLINE:
            self._writer.mark(INLINE[tag][0])
        elif tag == "a":
            self._writer.open_link(attributes.get("href") or "")
        elif tag in FRAMES:
            self._writer.open(FRAMES[tag])
        elif tag in HEADINGS:
            self._writer.open_heading(HEADINGS[tag])
        elif tag == "pre":
            self._writer.open_preformatted()

    def finish(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self._writer.end_paragraph()
        elif tag in INLINE:
            self._writer.mark(INLINE[tag][1])
        elif tag == "a":
            self._writer.close_link()
        elif tag in FRAMES:
            self._writer.close()
        elif tag in HEADINGS:
            self._writer.close_heading()
        elif tag == "pre":
            self._writer.close_preformatted()


class _TextReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self.text = self._parts.append

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._parts.append(" " if tag in PARTS_WORDS else INLINE.get(tag, ("", ""))[0])

    def finish(self, tag: str) -> None:
        self._parts.append(" " if tag in PARTS_WORDS else INLINE.get(tag, ("", ""))[1])

    def close(self) -> str:
        return " ".join(clean_text("".join(self._parts)).split())


def _read_html(html: str, reader: _Reader) -> str:
    """The parser takes bytes: it refuses texts that declare an encoding. As a target of events, `reader` sees
    markup of any depth; a tree would lose what lies deeper than 256."""
    html = _EMPTY_ELEMENT.sub(r"<\1></\1>", html.replace("<![CDATA[", "").replace("]]>", ""))
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)
    parser.feed(html.encode("utf-8", "replace"))
    return parser.close()


def _walk(element: etree._Element, reader: _Reader, name_of_root: str = "") -> None:
    """Feed a parsed element to the reader, under another name if one is given. Entities that only a DTD defines are
    read as those of HTML, and so are those that an agency has escaped twice."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = (name_of_root if node is element else "") or local_name(node).lower()
        if event == "start":
            if name:
                reader.start(name, node.attrib)
            reader.data(_unescaped(node.text or ""))
        else:
            if name:
                reader.end(name)
            reader.data(_LINE_BEFORE_MARK.sub("", _unescaped(node.tail or "")) if node is not element else "")


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text
