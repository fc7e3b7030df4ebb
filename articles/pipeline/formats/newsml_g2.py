"""NewsML-G2: news items of text, alone or several in a message. What else the standard carries is named, not read."""

from collections.abc import Iterator

from lxml.etree import _Element

from articles.pipeline.formats.news.elements import find_all
from articles.pipeline.formats.news.news_item import OTHER_ITEMS
from articles.pipeline.formats.news.newsml_item import read_item
from articles.pipeline.formats.news.xml_document import read_root
from articles.pipeline.formats.news.xml_root import root_name
from articles.pipeline.markup.xml import local_name
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Note, Position, Problem

from .base import Parsed

# What the standard has beside news items, and the parts of items that are passed on alone.
DECLINED = {
    "packageItem": "a package, which only lists other items",
    "groupSet": "the list of a package, without the items",
    "conceptItem": "a concept item, an entry of a vocabulary",
    "knowledgeItem": "a knowledge item, entries of a vocabulary",
    "planningItem": "a planning item, news that is still to come",
    "catalogItem": "a catalog item, a list of vocabularies",
    "catalog": "a catalog, a list of vocabularies",
    "contentMeta": "the metadata of an item, without its text",
    "itemMeta": "the metadata of an item, without its text",
}


class NewsMLG2:
    name = "newsml_g2"
    label = "NewsML-G2: a news item, or a message of several, as XML"

    def recognises(self, file: InputFile) -> bool:
        return root_name(file.head_text()) in {"newsItem", "newsMessage", "contentSet", *DECLINED}

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        root = read_root(file)
        if isinstance(root, Problem):
            yield root
        elif local_name(root) == "newsMessage":
            yield from _read_message(root, file.name)
        else:
            yield from _read(root, file.name)


def _read_message(message: _Element, name: str) -> Iterator[Parsed]:
    items = find_all(message, "itemSet/*")
    if not items:
        yield Problem(Position(name, message.sourceline), "The message carries no items.", OTHER_ITEMS)
    for item in items:
        if local_name(item) == "packageItem":
            position = Position(name, item.sourceline)
            yield Note(position, "The package is passed over; the items that the message carries are read.")
        else:
            yield from _read(item, name)


def _read(item: _Element, name: str) -> Iterator[Parsed]:
    position = Position(name, item.sourceline)
    kind = local_name(item)
    if kind in ("newsItem", "contentSet"):
        yield from read_item(item, position)
    elif kind in DECLINED:
        yield Problem(position, f"This is {DECLINED[kind]}, not an article.", OTHER_ITEMS)
    else:
        yield Problem(position, f"<{kind}> is no item of NewsML-G2.", "Name another --format, or none.")
