"""What kind of XML document a file holds, by its beginning."""

import re

_BEFORE_THE_ROOT = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[\]>\"']|\"[^\"]*\"|'[^']*'|\[.*?\]\s*(?=>))*>", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")


def root_name(head: str) -> str:
    """The name of the first element without its prefix; "" for what is no XML."""
    position = 0
    while found := _BEFORE_THE_ROOT.match(head, position):
        position = found.end()
    root = _ROOT.match(head, position)
    return root[1] if root else ""
