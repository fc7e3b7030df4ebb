"""Posts in a WordPress export, which is an RSS feed of all that a site holds: also its pictures, menus and drafts."""

import re

from feedparser import FeedParserDict

# What WordPress keeps as posts though nobody has written it.
NO_POSTS = {
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family",
    "wp_font_face", "feedback", "acf-field", "acf-field-group",
}  # fmt: skip
UNPUBLISHED = {"draft", "pending", "private", "future", "auto-draft", "trash"}

_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_MEDIA = re.compile(r"\[(caption|wp_caption|gallery|audio|video|playlist|embed)\b[^\[\]]*\].*?\[/\1\]", re.DOTALL)
_CLOSED = re.compile(r"\[/([a-z][\w-]*)\]")
_SHORTCODE = re.compile(r"\[/?([a-z][\w-]*)((?:\s[^\[\]]*)?)/?\]")
# Where a blank line stands before words, a paragraph begins; blocks of HTML say so themselves.
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*(?=[^\s<]|<(?:a|b|strong|em|i|span|q|cite)\b)")


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
    text = _MEDIA.sub("", text.replace("\r\n", "\n"))
    closed = set(_CLOSED.findall(text)) | {"gallery", "more", "nextpage"}
    text = _SHORTCODE.sub(lambda found: "" if found[1] in closed or "=" in found[2] else found[0], text)
    parts = _PREFORMATTED.split(text)
    return "".join(part if number % 2 else _BLANK_LINE.sub("\n\n<p>", part) for number, part in enumerate(parts))


def name_of_author(login: str, feed: FeedParserDict) -> str:
    """The name that the author shows, where the export has it: feedparser keeps that of the last author alone."""
    return feed.get("wp_author_display_name") or login if login == feed.get("wp_author_login") else login
