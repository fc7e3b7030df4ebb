"""Who wrote an article, read from its byline."""

import re

_BY = re.compile(r"^\s*(?:by|von|par|por|di|door|av)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;/&]\s*|\s+(?:and|und|et|en|och|y|e)\s+")


def authors_of(byline: str) -> list[str]:
    """The names in “By Ada Moreau and Bo Lund”; where not every part looks like one, the byline as it stands."""
    text = _BY.sub("", byline).strip()
    parts = [part for part in _BETWEEN.split(text) if part]
    return parts if all(map(_is_like_a_name, parts)) else [text]


def _is_like_a_name(part: str) -> bool:
    words = part.split()
    return 2 <= len(words) <= 5 and words[0][0].isupper() and words[-1][0].isupper()
