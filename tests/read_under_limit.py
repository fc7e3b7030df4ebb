"""Reads a folder with little memory, as an import would, and prints what comes of it: lines of JSON with the file, the
kind of thing and a text. A process of its own for `tests/test_hostile_input.py`: the limit is for ever."""

import json
import resource
import sys

import django

if __name__ == "__main__":
    django.setup()

from articles.pipeline.formats import find_format
from articles.pipeline.limits import within_limits
from articles.pipeline.reading.files import FileTooLarge, InputFile, LineTooLong, open_files
from articles.pipeline.records import ArticleRecord

# All that the process may have; Python, Django and lxml take a third of it before anything is read.
MEMORY = 900_000_000


def read(folder: str) -> None:
    for item in open_files([folder]):
        if not isinstance(item, InputFile):
            tell(item.position.file, item)
        elif format := find_format(item):
            parse(format, item)
        else:
            tell(item.name, None)


def parse(format, file: InputFile) -> None:
    try:
        for item in format.parse(file):
            tell(file.name, within_limits(item) if isinstance(item, ArticleRecord) else item)
    except (LineTooLong, FileTooLarge, OSError) as error:
        tell(file.name, error)


def tell(name: str, item: object) -> None:
    text = f"{item.headline} {item.body[:100]}" if isinstance(item, ArticleRecord) else str(item)
    print(json.dumps([name, type(item).__name__, text]))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    read(sys.argv[1])
