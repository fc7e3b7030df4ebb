"""ninjs, the IPTC's news in JSON, of versions 1 to 3: one item, a list of items, or one on each line."""

import re
from collections.abc import Iterator

from articles.pipeline.formats.news.json_stream import values_of
from articles.pipeline.formats.news.json_values import lowered
from articles.pipeline.formats.news.ninjs_item import read_item
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Problem

from .base import Parsed

# Fields by which the standard is known. Other news in JSON has one of them at most.
OWN_FIELDS = {
    "versioncreated", "firstcreated", "contentcreated", "pubstatus", "representationtype", "body_xhtml", "body_html",
    "body_text", "description_text", "description_xhtml", "copyrightholder", "copyrightnotice", "usageterms",
    "headlines", "bodies", "descriptions", "infosource", "infosources", "eventdetails", "plannedcoverage", "uri",
}  # fmt: skip
# How deep in the answer of a service its items may stand.
MOST_WRAPPED = 4

_FIELD = re.compile(rf'"({"|".join(sorted(OWN_FIELDS))})"\s*:', re.IGNORECASE)
_STANDARD = re.compile(r'"\$standard"\s*:|ninjs-schema|"name"\s*:\s*"ninjs"')


class Ninjs:
    name = "ninjs"
    label = "ninjs: the IPTC's news in JSON"

    def recognises(self, file: InputFile) -> bool:
        head = file.head_text().lstrip()
        if not head.startswith(("{", "[")):
            return False
        return bool(_STANDARD.search(head)) or len({field.lower() for field in _FIELD.findall(head)}) > 1

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        for position, value in values_of(file):
            if isinstance(value, Problem):
                yield value
                continue
            items = list(_items(value))
            if not items:
                yield Problem(position, "There is no news item here.", "A ninjs item is an object with a “uri”.")
            for item in items:
                yield from read_item(item, position)


def _items(value: object, depth: int = 0) -> Iterator[dict]:
    """The items, wherever they stand in what is wrapped around them; their fields in lower case."""
    if isinstance(value, dict):
        fields = lowered(value)
        if not OWN_FIELDS.isdisjoint(fields):
            yield fields
            return
        value = list(value.values())
    if isinstance(value, list) and depth < MOST_WRAPPED:
        for part in value:
            yield from _items(part, depth + 1)
