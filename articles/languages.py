"""Languages as BCP 47 writes them: en, fr, pt-BR. Which there are, and what they are called, CLDR knows (Babel)."""

import functools
import re

from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)


def is_language(tag: str) -> bool:
    """Whether it is well-formed and begins with a language that somebody speaks or wrote."""
    return bool(_TAG.fullmatch(tag)) and _primary(tag) in _known_languages()


def validate_language(tag: str) -> None:
    if not is_language(tag):
        message = _("“%(value)s” is no language. Give a code such as en, fr or pt-BR.")
        raise ValidationError(message, code="invalid", params={"value": tag})


def language_name(tag: str) -> str:
    """In the language of the page: “English”, and “English (United States)” for en-US, which is a value of its own.
    The tag itself where nothing is known of it."""
    names = Locale.parse(to_locale(get_language() or "en"))
    name = names.languages.get(_primary(tag))
    if name is None:
        return tag
    details = [names.scripts.get(part.title()) or names.territories.get(part.upper()) or part for part in _rest(tag)]
    return f"{name} ({', '.join(details)})" if details else name


@functools.cache
def _known_languages() -> frozenset[str]:
    """With the codes that were used once: old files have them."""
    return frozenset(Locale("en").languages) | frozenset(get_global("language_aliases"))


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()


def _rest(tag: str) -> list[str]:
    return tag.split("-")[1:]
