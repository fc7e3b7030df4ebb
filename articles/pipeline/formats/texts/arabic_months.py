"""The months of Arabic dates: those of Egypt and the Gulf, of the Levant and Iraq, and of the Maghreb."""

import re
import unicodedata

_NAMES = [
    ("january", "يناير", "كانون الثاني", "جانفي"),
    ("february", "فبراير", "شباط", "فيفري"),
    ("march", "مارس", "آذار"),
    ("april", "أبريل", "إبريل", "نيسان", "أفريل"),
    ("may", "مايو", "أيار", "ماي"),
    ("june", "يونيو", "يونيه", "حزيران", "جوان"),
    ("july", "يوليو", "يوليه", "تموز", "جويلية"),
    ("august", "أغسطس", "آب", "أوت"),
    ("september", "سبتمبر", "أيلول"),
    ("october", "أكتوبر", "تشرين الأول"),
    ("november", "نوفمبر", "تشرين الثاني"),
    ("december", "ديسمبر", "كانون الأول"),
]
_ARABIC = re.compile("[\u0600-\u06ff]")


def _plain(text: str) -> str:
    """Without the signs above and below letters, which many leave out: “اذار” is “آذار”."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


_ENGLISH = {_plain(name): english for english, *names in _NAMES for name in names}
_MONTH = "|".join(name.replace(" ", r"\s+") for name in sorted(_ENGLISH, key=len, reverse=True))
# Agencies write both: 21 آذار/مارس 2024.
_MONTHS = re.compile(rf"\b({_MONTH})(?:\s*/\s*(?:{_MONTH}))?\b")


def with_english_months(text: str) -> str:
    """The text with Arabic months in English and Arabic digits as others; any other text as it is."""
    if not _ARABIC.search(text):
        return text
    text = _MONTHS.sub(lambda found: _ENGLISH[" ".join(found[1].split())], _plain(text)).replace("،", ",")
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in text)
