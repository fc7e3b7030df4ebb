"""HTML inside Markdown becomes Markdown: the archive would show it as it is written. Pictures are dropped, too."""

import re

from markdown_it import MarkdownIt

from articles.pipeline.markup.html import markdown_from_html

# The names that HTML has for what may stand in a line. Anything else in angle brackets is text.
_NAMES = (
    "a|abbr|address|article|aside|b|big|blockquote|br|button|caption|center|cite|code|dd|del|details|dfn|div|dl|dt|em"
    "|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|link|main|mark|nav"
    "|noscript|object|ol|p|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup"
    "|svg|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|video"
)
_PICTURE = r"!\[[^\[\]\n]{0,2000}\]\([^()\n]{0,2000}\)"
_INLINE = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).{1,1000}?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<dropped>(?<!\\)(?:\[{_PICTURE}\]\([^()\n]{{0,2000}}\)|{_PICTURE}|<!--[^<>]{{0,2000}}-->))"
    r"|(?P<dropped_element><(?P<element>script|style)\b[^<>]{0,2000}>[^<>]{0,9000}</(?P=element)>)"
    r"|(?P<link><a\s[^<>]{1,2000}>[^<>\n]{1,1000}</a>)"
    r"|(?P<line_break><br\s*/?>[ \t]*\n?)"
    rf"|(?P<tag>(?<!\\)</?(?P<name>{_NAMES})(?:\s[^<>]{{0,2000}})?/?>)",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}

# Only where blocks begin and end matters here.
_blocks = MarkdownIt("commonmark", {"html": True}).enable("table")
_blocks.core.ruler.enableOnly(["block"])


def without_html(markdown: str) -> str:
    """Blocks and lines of code stay as they are. Line ends are "\\n"."""
    if "<" not in markdown and "![" not in markdown:
        return markdown
    lines = markdown.split("\n")
    # From the last to the first, so that the numbers of the lines stay true.
    for token in reversed(_blocks.parse(markdown)):
        if token.map and token.type in ("html_block", "inline"):
            begin, end = token.map
            is_block = token.type == "html_block" and token.level == 0
            clean = markdown_from_html if is_block else _clean_lines
            lines[begin:end] = clean("\n".join(lines[begin:end])).split("\n")
    return "\n".join(lines).strip("\n")


def _clean_lines(text: str) -> str:
    # A heading and the row of a table end with their line.
    line_break = " " if "|" in text or text.lstrip().startswith("#") else "  \n"
    return _INLINE.sub(lambda found: _replacement(found, line_break), text)


def _replacement(found: re.Match, line_break: str) -> str:
    if found["code"]:
        return found["code"]
    if found["link"]:
        return markdown_from_html(found["link"])
    if found["line_break"]:
        return line_break
    return _MARKS.get(found["name"].lower(), "") if found["tag"] else ""
