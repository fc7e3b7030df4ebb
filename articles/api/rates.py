"""How a limit is written in the environment. Pure: the settings read it."""

import re

from django.core.exceptions import ImproperlyConfigured

RATE = re.compile(r"[1-9]\d{0,8}/(second|minute|hour|day)")


def read_rate(text: str) -> str | None:
    """The rate as Django REST framework takes it; None, no limit, for an empty text."""
    if text and not RATE.fullmatch(text):
        raise ImproperlyConfigured(
            f"“{text}” is no rate for the API. Write for example 120/minute, or nothing for no limit."
        )
    return text or None
