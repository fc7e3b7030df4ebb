"""Values of JSON that may be of any type, as the type that is looked for; what is of another counts as nothing."""

from collections.abc import Iterator


def lowered(data: dict) -> dict:
    """The object with its keys in lower case: `versionCreated` and `versioncreated` are the same field."""
    return {key.lower(): value for key, value in data.items()}


def text_of(value: object) -> str:
    """A text or a number as text."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def texts_of(value: object) -> list[str]:
    """The texts of a list, or a text that stands there without one."""
    return [text for text in map(text_of, value if isinstance(value, list) else [value]) if text]


def first_text(data: dict, *keys: str) -> str:
    """The text of the first of the fields that has one."""
    return next(filter(None, (text_of(data.get(key)) for key in keys)), "")


def objects_of(value: object) -> Iterator[dict]:
    """The objects of a list, or an object that stands there without one, with keys in lower case."""
    values = value if isinstance(value, list) else [value]
    return (lowered(value) for value in values if isinstance(value, dict))
