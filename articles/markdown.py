"""Markdown as the archive uses it: to plain text for searching and matching, and from plain text."""

import re

# Characters that mean something to Markdown inside a line, and at its beginning.
_SPECIAL = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w{1,40};)|(?<=\s)#(?=#*\s*$))", re.MULTILINE)
_SPECIAL_AT_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=~]{3,}|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
# Quick looks before the slow ones: most texts hold none of these.
_MAY_BE_SPECIAL = re.compile(r"[\\`*_\[\]<>&#]")
_MAY_BE_SPECIAL_AT_START = re.compile(r"^\s*[#\-+=~\d]", re.MULTILINE)

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)?", re.MULTILINE)
# The bounds keep a line full of single brackets or asterisks from taking minutes.
_LINK = re.compile(r"(?<!\\)!?(?<!\\)\[([^\[\]]*)(?<!\\)\]\([^)\s]{0,1000}(?:\s+\"[^\"]{0,500}\")?\)")
_EMPHASIS = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(.{1,1000}?)(?<=[^\s\\])\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKED = re.compile(r"[\\*_\[#>`\-+\d]")


def escape_markdown(text: str) -> str:
    """Plain text as Markdown that shows as the same text."""
    if _MAY_BE_SPECIAL.search(text):
        text = _SPECIAL.sub(r"\\\1", text)
    return _SPECIAL_AT_START.sub(_escape_start, text) if _MAY_BE_SPECIAL_AT_START.search(text) else text


def plain_text(markdown: str) -> str:
    """The words of a Markdown text, paragraphs and lines kept apart, without its marks.

    Quick rather than complete: it runs over every article when indexing.
    """
    text = markdown.replace("\r\n", "\n")
    if not _MARKED.search(text):
        return text
    text = _HEADING.sub(r"\1", text)
    text = _LINE_START.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)


def _escape_start(match: re.Match) -> str:
    space, mark = match.groups()
    # A number keeps its digits: the backslash goes before the full stop behind it.
    return f"{space}{mark}\\" if mark[0].isdigit() else f"{space}\\{mark}"
