"""Several names in one text, as tables have them."""

import json
import re

# A list that a program wrote into a cell; what is longer is none.
LONGEST_LIST = 10_000

_SIGNS = re.compile("[;|]")
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
_COMMA = re.compile(r",\s+")


def split_names(text: str, field: str, is_one_name: bool = False) -> list[str]:
    """The names in a list as Python or JSON writes it, else those between ";" or "|".

    A comma parts topics, and people that have more than one word each: "Moreau, Ada" and "Paris, France" are one.
    """
    names = _listed_names(text)
    if not names and (";" in text or "|" in text):
        names = _SIGNS.split(text)
    if not names and not is_one_name:
        names = _COMMA.split(text)
        is_certain = field == "topics" or (field == "people" and all(" " in name for name in names))
        names = names if is_certain else []
    return [name.strip() for name in names or [text] if name.strip()]


def _listed_names(text: str) -> list[str]:
    if not (text.startswith("[") and text.endswith("]") and len(text) <= LONGEST_LIST):
        return []
    try:
        names = json.loads(text)
    except (ValueError, RecursionError):
        names = [re.sub(r"\\(.)", r"\1", single or double) for single, double in _QUOTED.findall(text)]
    return [name for name in names if isinstance(name, str)]
