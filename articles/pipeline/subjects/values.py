"""Reading single values as files write them: identifiers, numbers, lists of names. No database."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from articles.pipeline.records import clean_text

from .records import OtherName

LARGEST_NUMBER = 2**63 - 1
_WIKIDATA = re.compile(
    r"^(?:(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/|wikidata:|wd:)?(Q[1-9]\d*)$", re.I
)
_GEONAMES = re.compile(r"^(?:(?:https?://)?(?:www\.|sws\.)?geonames\.org/|geonames:)?([1-9]\d*)(?:/.*)?$", re.I)
_MEDIA_TOPIC = re.compile(
    r"^(?:(?:https?://)?cv\.iptc\.org/newscodes/mediatopic/|medtop:)?(?P<code>\d{8})/?$", re.IGNORECASE
)
_TRUE, _FALSE = frozenset({"true", "yes", "1", "y"}), frozenset({"false", "no", "0", "n"})


class InvalidValue(Exception):
    """A value is not what its field holds. The arguments are the reason and the advice."""


def read_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidValue("is not a text.", "Write it as a text.")
    return clean_text(str(value)).strip()


def read_line(value: Any) -> str:
    return " ".join(read_text(value).split())


def read_wikidata_id(value: Any) -> str:
    return _read_code(value, _WIKIDATA, "is no Wikidata id.", "Write it like Q1490.").upper()


def read_geonames_id(value: Any) -> int | None:
    code = _read_code(value, _GEONAMES, "is no GeoNames id.", "Write it like 2643743.")
    return read_number(code)


def read_iptc_code(value: Any) -> str:
    code = _read_code(value, _MEDIA_TOPIC, "is no IPTC Media Topic.", "Write it like medtop:20000056.")
    return f"medtop:{code}" if code else ""


def read_country_code(value: Any) -> str:
    code = read_line(value).upper()
    if code and not re.fullmatch("[A-Z]{2}", code):
        raise InvalidValue(f"is “{code[:40]}”, no country code.", "Write the two letters of ISO 3166-1, such as EG.")
    return code


def read_number(value: Any) -> int | None:
    """A whole number of 0 or more: 1200, "1,200", "1200.0"."""
    text = read_line(value).replace(",", "").replace(" ", "").removesuffix(".0")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) > LARGEST_NUMBER:
        raise InvalidValue(f"is “{text[:40]}”, no whole number.", "Write digits only, such as 1200.")
    return int(text)


def read_coordinate(value: Any, largest: int) -> Decimal | None:
    """Degrees as a decimal number between −`largest` and `largest`, to five places: a metre."""
    text = read_line(value).replace("−", "-")
    if not text:
        return None
    try:
        degrees = Decimal(text)
        if not degrees.is_finite() or abs(degrees) > largest:
            raise InvalidOperation
    except InvalidOperation:
        reason = f"is “{text[:40]}”, no number of degrees between −{largest} and {largest}."
        raise InvalidValue(reason, "Write it with a decimal point, such as 48.20849.") from None
    return degrees.quantize(Decimal("0.00001"))


def read_truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = read_line(value).lower()
    if text and text not in _TRUE | _FALSE:
        raise InvalidValue(f"is “{text[:40]}”, neither true nor false.", "Write true or false.")
    return text in _TRUE if text else None


def read_other_names(value: Any, language: str = "") -> list[OtherName]:
    """Names from a list, a JSON list in a text, or a text with ";" or "|" between them.

    In a list, a name may be an object with its language: {"name": "Praga", "language": "es"}.
    """
    if isinstance(value, str) and value.lstrip().startswith("["):
        value = _from_json(value)
    if value is None or isinstance(value, str | int | float):
        value = re.split("[;|]", read_text(value))
    if isinstance(value, dict):
        value = [{"name": name, "language": code} for code, name in value.items()]
    if not isinstance(value, list):
        raise InvalidValue("is not a list of names.", "Write a list, or the names with a semicolon between them.")
    names = [_other_name(item, language) for item in value]
    return [name for name in names if name.name]


def _other_name(item: Any, language: str) -> OtherName:
    if not isinstance(item, dict):
        return OtherName(read_line(item), language)
    code = item.get("language") or item.get("lang") or language
    return OtherName(read_line(item.get("name")), read_line(code)[:35])


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _read_code(value: Any, pattern: re.Pattern, reason: str, advice: str) -> str:
    text = read_line(value)
    found = pattern.match(text)
    if text and not found:
        raise InvalidValue(f"is “{text[:60]}” and {reason}", advice)
    return found[1] if found else ""
