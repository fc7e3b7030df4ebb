"""Posts in a WordPress export, which is an RSS feed of all that a site holds: also its pictures, menus and drafts."""

import re
from collections.abc import Iterator

from feedparser import FeedParserDict

# What WordPress keeps as posts though nobody has written it.
NO_POSTS = {
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family",
    "wp_font_face", "feedback", "acf-field", "acf-field-group",
}  # fmt: skip
UNPUBLISHED = {"draft", "pending", "private", "future", "auto-draft", "trash"}

_MEDIA = re.compile(r"\[(/?)(caption|wp_caption|gallery|audio|video|playlist|embed)\b[^\[\]]*\]")
_CLOSED = re.compile(r"\[/([a-z][\w-]*)\]")
_SHORTCODE = re.compile(r"\[/?([a-z][\w-]*)((?:\s[^\[\]]*)?)/?\]")
# Behind a blank line words begin a paragraph; blocks of HTML say so themselves.
_WORDS = re.compile(r"\s*(?:[^\s<]|<(?:a|b|strong|em|i|span|q|cite)\b)")


def is_post(entry: FeedParserDict) -> bool:
    return "wp_post_type" in entry


def kind_of_no_post(entry: FeedParserDict) -> str:
    """What the entry is instead of a post or a page; "" for those and for entries of other feeds."""
    kind = entry.get("wp_post_type", "")
    return kind if kind in NO_POSTS else ""


def unpublished_status(entry: FeedParserDict) -> str:
    """ "draft" or the like; "" for what is published."""
    status = entry.get("wp_status", "")
    return status if status in UNPUBLISHED else ""


def html_of_post(text: str) -> str:
    """The text of a post as WordPress shows it: blank lines part paragraphs, shortcodes are carried out or dropped."""
    text = _without_media(text.replace("\r\n", "\n"))
    closed = set(_CLOSED.findall(text)) | {"gallery", "more", "nextpage"}
    text = _SHORTCODE.sub(lambda found: "" if found[1] in closed or "=" in found[2] else found[0], text)
    return "\n".join(_with_paragraphs(text.split("\n")))


def name_of_author(login: str, feed: FeedParserDict) -> str:
    """The name that the author shows, where the export has it: feedparser keeps that of the last author alone."""
    return feed.get("wp_author_display_name") or login if login == feed.get("wp_author_login") else login


def _without_media(text: str) -> str:
    """The text without pictures and the like, and what is written about them: [caption]…[/caption]."""
    spans, opened = [], {}
    for mark in _MEDIA.finditer(text):
        if not mark[1]:
            opened[mark[2]] = mark.start()
        elif mark[2] in opened:
            spans.append((opened.pop(mark[2]), mark.end()))
    kept, end = [], 0
    for start, stop in sorted(spans):
        kept.append(text[end:start])
        end = max(end, stop)
    return "".join(kept) + text[end:]


def _with_paragraphs(lines: list[str]) -> Iterator[str]:
    is_preformatted = is_behind_blank = False
    for line in lines:
        yield f"<p>{line}" if is_behind_blank and not is_preformatted and _WORDS.match(line) else line
        is_behind_blank = not line.strip()
        is_preformatted = (is_preformatted or "<pre" in line) and "</pre" not in line
