"""What a page has above its text, and is none of it: what is known already, and labels."""

from itertools import dropwhile

from articles.markdown import plain_text
from articles.pipeline.formats.texts.written_dates import read_date

# How many blocks may repeat above the text what the page says about itself.
MOST_REPEATED = 8
# What stands above a text, such as its section, is no longer than this; its first paragraph is.
LONGEST_LABEL, SHORTEST_LEAD = 40, 60
NO_PARAGRAPH = ("#", ">", "|", "- ", "1. ", "    ")
ENDS_OF_SENTENCES = (*".!?…:;”\"»’'。！？)",)


def without_repetition(markdown: str, headline: str, byline: str, summary: str = "") -> str:
    """The text without what stands above it and is known already, or is no text: headline, byline, date, labels such
    as who took a picture or how many have commented."""
    known = {headline.casefold(), byline.casefold(), f"by {byline}".casefold()}
    blocks = _below_headline(markdown, headline).split("\n\n", MOST_REPEATED)
    above, text = _parted_at_lead(blocks)

    def is_repetition(block: str) -> bool:
        words = " ".join(plain_text(block).split())
        is_summary = block.startswith("#") and words.casefold() == summary.casefold()
        return is_summary or words.casefold() in known or bool(read_date(words[:100])[0])

    if text:
        return "\n\n".join([block for block in above if not is_repetition(block) and not _is_label(block)] + text)
    return "\n\n".join(dropwhile(is_repetition, above)) or markdown


def _parted_at_lead(blocks: list[str]) -> tuple[list[str], list[str]]:
    """What stands above the first paragraph that is one, and the text from there on, if there is such a paragraph."""
    for number, block in enumerate(blocks[:MOST_REPEATED]):
        if len(block) >= SHORTEST_LEAD and not block.startswith(NO_PARAGRAPH):
            return blocks[:number], blocks[number:]
    return blocks, []


def _is_label(block: str) -> bool:
    words = " ".join(plain_text(block).split())
    return len(words) <= LONGEST_LABEL and not block.startswith(NO_PARAGRAPH) and not words.endswith(ENDS_OF_SENTENCES)


def _below_headline(markdown: str, headline: str) -> str:
    """The text from below a heading that repeats the headline; only labels stand above it."""
    blocks = markdown.split("\n\n", MOST_REPEATED)
    for number, block in enumerate(blocks[:MOST_REPEATED]):
        if block.startswith("#") and " ".join(plain_text(block).split()).casefold() == headline.casefold():
            return "\n\n".join(blocks[number + 1 :])
        if len(block) > LONGEST_LABEL:
            break
    return markdown
