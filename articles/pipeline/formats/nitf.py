"""NITF, the News Industry Text Format: one article as XML, of any version, with or without namespace and DOCTYPE."""

from collections.abc import Iterator

from articles.pipeline.formats.news.nitf_document import read_document
from articles.pipeline.formats.news.xml_document import read_root
from articles.pipeline.formats.news.xml_root import root_name
from articles.pipeline.markup.xml import local_name
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import Position, Problem

from .base import Parsed


class Nitf:
    name = "nitf"
    label = "NITF: an article as XML"

    def recognises(self, file: InputFile) -> bool:
        return root_name(file.head_text()) == "nitf"

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        root = read_root(file)
        if isinstance(root, Problem):
            yield root
            return
        documents = [root] if local_name(root) == "nitf" else list(root.iter("{*}nitf"))
        if not documents:
            reason = f"The document is a <{local_name(root)}>, not a <nitf>."
            yield Problem(Position(file.name, root.sourceline), reason, "Name another --format, or none.")
        for document in documents:
            yield from read_document(document, Position(file.name, document.sourceline))
