"""NewsML 1 (to 1.2): the news items of a file, each with the stories of text that its components hold."""

from collections.abc import Iterator

from articles.pipeline.formats.news.elements import find_all
from articles.pipeline.formats.news.newsml_1_item import read_item
from articles.pipeline.formats.news.xml_document import read_root
from articles.pipeline.formats.news.xml_root import root_name
from articles.pipeline.markup.xml import local_name
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem

from .base import Parsed


class NewsML1:
    name = "newsml_1"
    label = "NewsML 1: news items as XML"

    def recognises(self, file: InputFile) -> bool:
        return root_name(file.head_text()) in ("NewsML", "NewsItem")

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        root = read_root(file)
        if isinstance(root, Problem):
            yield root
            return
        items = [root] if local_name(root) == "NewsItem" else find_all(root, "NewsItem")
        if not items:
            reason = f"The document <{local_name(root)}> has no <NewsItem> of NewsML 1."
            yield Problem(Position(file.name, root.sourceline), reason, "Name another --format, or none.")
        for item in items:
            yield from read_item(item, Position(file.name, item.sourceline))
