"""Text as XML can hold it."""

import re

# https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Without the characters that XML has no way to write, not even escaped."""
    return _NOT_IN_XML.sub("", text)
