"""The text of an article as HTML, with the names of its people and places leading to their pages."""

from collections.abc import Iterable
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.names import KnownName, Mention, NameIndex

# "html" off: HTML in a text is shown as what it is, text. Pictures are not fetched from elsewhere.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")

ALLOWED_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "blockquote", "ul", "ol", "li", "hr", "br", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
# Ids are our own: without raw HTML no text can bring one along.
ALLOWED_ATTRIBUTES = {
    "a": {"href", "class", "title"}, "ol": {"start"}, "pre": {"tabindex"}, "table": {"tabindex"},
    **{tag: {"id"} for tag in HEADINGS},
}  # fmt: skip

_cleaner = nh3.Cleaner(
    tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes={"http", "https"}, link_rel="nofollow"
)


@dataclass(frozen=True)
class LinkedName:
    """A name or alias of a subject that the article is linked to, and the address of its page."""

    kind: str
    subject_id: int
    name: str
    url: str


@dataclass(frozen=True)
class Heading:
    """A heading inside a text. `depth` counts from 0, the outermost one of this text."""

    id: str
    text: str
    depth: int


@dataclass(frozen=True)
class Body:
    """Safe HTML, and the headings in it."""

    html: SafeString
    headings: list[Heading]


def render_body(markdown: str, names: Iterable[LinkedName] = ()) -> SafeString:
    """Safe HTML: Markdown without raw HTML, cleaned again by an allow list."""
    return _render(_parse(markdown), names)


def render_for_page(markdown: str, names: Iterable[LinkedName] = ()) -> Body:
    """The same, with an id on each heading; what may be wider than the page can be scrolled with the keyboard."""
    tokens = _parse(markdown)
    headings = _mark_headings(tokens)
    _make_scrollable(tokens)
    return Body(_render(tokens, names), headings)


def _parse(markdown: str) -> list[Token]:
    tokens = _markdown.parse(markdown)
    _lower_headings(tokens)
    return tokens


def _render(tokens: list[Token], names: Iterable[LinkedName]) -> SafeString:
    _link_names(tokens, list(names))
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(_cleaner.clean(html))  # noqa: S308 - it has just been through the allow list


def _lower_headings(tokens: list[Token]) -> None:
    """The page has its own first heading: `# Title` inside a text becomes a second-level one."""
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"


def _mark_headings(tokens: list[Token]) -> list[Heading]:
    """Give each heading an id to be found by."""
    opening = [(index, token) for index, token in enumerate(tokens) if token.type == "heading_open"]
    outermost = min((token.tag for _, token in opening), default="h2")
    headings = []
    for number, (index, token) in enumerate(opening, start=1):
        token.attrSet("id", f"section-{number}")
        text = "".join(child.content for child in tokens[index + 1].children or [])
        headings.append(Heading(f"section-{number}", text, int(token.tag[1]) - int(outermost[1])))
    return headings


def _make_scrollable(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type == "fence":
            token.type = "code_block"  # whose attributes stand on the outer element
        if token.type in ("code_block", "table_open"):
            token.attrSet("tabindex", "0")


def _link_names(tokens: list[Token], names: list[LinkedName]) -> None:
    """Turn each mention of a linked name into a link; what is a link or code already stays as it is.

    The text is read as one, so that a surname counts in every paragraph after the full name.
    """
    if not names:
        return
    urls = {(name.kind, name.subject_id): name.url for name in names}
    pieces = [piece for token in tokens if token.type == "inline" for piece in _plain_pieces(token)]
    text = "\n\n".join(piece.content for piece in pieces)
    index = NameIndex(KnownName(name.kind, name.subject_id, name.name) for name in names)
    mentions = [mention for mention in index.find(text) if not mention.is_ambiguous]
    split, start = {}, 0
    for piece in pieces:
        end = start + len(piece.content)
        inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
        split[id(piece)] = _split(piece, inside, start, urls)
        start = end + 2
    for token in tokens:
        if token.type == "inline":
            token.children = [part for child in token.children or [] for part in split.get(id(child), [child])]


def _plain_pieces(inline: Token) -> list[Token]:
    """The text tokens of a paragraph that are not part of a link."""
    pieces, depth = [], 0
    for child in inline.children or []:
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not depth:
            pieces.append(child)
    return pieces


def _split(piece: Token, mentions: list[Mention], offset: int, urls: dict[tuple[str, int], str]) -> list[Token]:
    """A text token cut into text and links; `offset` is where the piece begins in the whole text."""
    parts, done, content = [], 0, piece.content
    for mention in mentions:
        start, end = mention.start - offset, mention.end - offset
        (subject,) = mention.subjects
        attributes = {"href": urls[subject], "class": f"name name-{subject[0]}"}
        parts += [
            _text(content[done:start]),
            Token("link_open", "a", 1, attrs=attributes),
            _text(content[start:end]),
            Token("link_close", "a", -1),
        ]
        done = end
    return [part for part in [*parts, _text(content[done:])] if part.type != "text" or part.content]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
