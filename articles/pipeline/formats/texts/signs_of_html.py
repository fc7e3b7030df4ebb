"""Whether a text is HTML: where its field may hold HTML, Markdown or plain text, and nothing says which."""

import re

from articles.pipeline.markup.html import markdown_from_html

from .embedded_html import without_html

# Elements that stand for themselves, and those that are nothing without their end: `<b>` alone is no bold text.
_BLOCKS = "p|br|hr|div|h[1-6]|ul|ol|li|blockquote|table|tr|td|th|img|figure|section|article|pre"
_INLINE = "a|b|i|u|em|strong|span|sub|sup|small|code|font"
# Attributes have values: "<B and R Inc>" is a company.
_ATTRIBUTES = r"\s+[\w:.-]{1,100}\s*=[^<>]{0,2000}"
_HTML = re.compile(
    rf"<(?:{_BLOCKS})(?:{_ATTRIBUTES})?\s{{0,10}}/?>|<(?:{_INLINE}){_ATTRIBUTES}>|</(?:{_BLOCKS}|{_INLINE})\s{{0,10}}>",
    re.IGNORECASE,
)
# What in Markdown only looks like HTML: blocks and stretches of code, and escaped signs.
_FENCED = r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?(?: {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
_CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?s:.{1,1000}?)(?<!`)(?P=ticks)(?!`)"
_INDENTED = r"(?:(?<=\n\n)|\A)(?: {4}|\t)[^\n]*(?:\n(?: {4}|\t)[^\n]*)*"
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_SHOWN_AS_IT_IS = re.compile(rf"{_FENCED}|{_INDENTED}|{_ESCAPED}|{_CODE}", re.MULTILINE)

# What nobody writes in HTML.
_MARKDOWN = re.compile(rf"{_FENCED}|\\[<>]", re.MULTILINE)


def has_html(text: str) -> bool:
    return "<" in text and bool(_HTML.search(text))


def markdown_from_any(text: str) -> str:
    """Markdown, of HTML or of Markdown. Only what is left without code and escaped signs can make it HTML."""
    if not has_html(text) or not has_html(_SHOWN_AS_IT_IS.sub("", text)):
        return text
    return without_html(text) if _MARKDOWN.search(text) else markdown_from_html(text)
