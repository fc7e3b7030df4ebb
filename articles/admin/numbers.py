# With more digits a number may be none that the database can hold.
MOST_DIGITS = 18


def read_number(text: str | None) -> int | None:
    """A row's number from an address or a form; None where there is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
