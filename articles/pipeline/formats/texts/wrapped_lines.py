"""Lines that were broken to fit a screen or a wire."""

# A line that stays this far below the width was ended, not broken.
BROKEN_FROM = 0.8


def continues(previous: str, line: str, width: int) -> bool:
    """Whether the line goes on with the one before: its first word would hardly have found room there."""
    first_word = line.split(maxsplit=1)[0]
    return len(previous.rstrip()) + 1 + len(first_word) > width * BROKEN_FROM
