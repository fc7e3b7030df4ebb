"""JSON inside HTML."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Nothing in the data can end the element or begin a comment; JSON reads these as the characters they stand for.
# U+2028 and everything else beyond ASCII is escaped by `json.dumps` itself.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def as_script(*nodes: dict) -> SafeString:
    """A data block, which a browser never runs and a Content-Security-Policy need not allow."""
    data = nodes[0] if len(nodes) == 1 else {"@graph": list(nodes)}
    text = json.dumps({"@context": "https://schema.org", **data}, cls=DjangoJSONEncoder).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - it has just been through _ESCAPES
    )


def without_empty(node: dict) -> dict:
    """schema.org knows no empty values: what is not known is not said."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
