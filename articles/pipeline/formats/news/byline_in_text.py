"""The byline where an agency writes it as a paragraph of its own above the text."""

import re

from articles.markdown import plain_text

# How many paragraphs, such as a remark on what is new, may stand above it.
HIGHEST = 3
LONGEST = 80

_BYLINE = re.compile(r"By +(?=[^\W\d_a-z])\S+ [^.:;!?()]+")


def parted_byline(byline: str, body: str) -> tuple[str, str]:
    """The byline, and the text without it. What names somebody else than a byline that is known stays in the text."""
    blocks = body.split("\n\n", HIGHEST)
    for number, block in enumerate(blocks[: min(HIGHEST, len(blocks) - 1)]):
        words = plain_text(block)
        if len(words) <= LONGEST and _BYLINE.fullmatch(words) and not block.startswith("#"):
            is_other = byline and words.removeprefix("By ").strip() not in byline
            return (
                (byline, body) if is_other else (byline or words, "\n\n".join(blocks[:number] + blocks[number + 1 :]))
            )
    return byline, body
