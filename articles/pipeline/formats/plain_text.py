"""Plain text: one article a file. The last resort: whatever is text and nothing else."""

import html
import re
from collections.abc import Iterator

from articles.pipeline.formats.texts.text_head import read_head
from articles.pipeline.markup.paragraphs import markdown_from_text
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Position, Problem, clean_text

from .base import Parsed

# Files with these names are taken for texts if they have words; others only if they read like prose.
TEXT_SUFFIXES = {"", ".txt", ".text", ".asc"}
# Data, markup and programs are no articles, however many words they have.
OTHER_SUFFIXES = {
    ".atom", ".cfg", ".conf", ".css", ".csv", ".dtd", ".htm", ".html", ".ini", ".ipynb", ".js", ".json", ".jsonl",
    ".log", ".ndjson", ".py", ".rdf", ".rng", ".rss", ".rtf", ".sgm", ".sgml", ".sh", ".sql", ".svg", ".toml",
    ".ts", ".tsv", ".xhtml", ".xml", ".xsd", ".xsl", ".xslt", ".yaml", ".yml",
}  # fmt: skip
MOST_CONTROL_CHARACTERS = 0.01
WORDS_OF_PROSE = 8
LETTERS_OF_PROSE = 0.7

_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_REFERENCE = re.compile(r"&#\d{2,6};")
_WORD = re.compile(r"[^\W\d_]{2,}")


class PlainText:
    name = "plain_text"
    label = "plain text, one article a file"

    def recognises(self, file: InputFile) -> bool:
        text = file.head_text()
        if _is_binary(text) or file.suffix in OTHER_SUFFIXES:
            return False
        return bool(_WORD.search(text)) and (file.suffix in TEXT_SUFFIXES or _is_prose(text))

    def parse(self, file: InputFile) -> Iterator[Parsed]:
        text = file.text()
        if _is_binary(text[:100_000]):
            yield Problem(
                Position(file.name), "The file is not text.", "Save it as plain text, or name another --format."
            )
        elif not text.strip():
            yield Problem(Position(file.name), "The file is empty.", "Write a text, or leave it out.")
        else:
            head = read_head(_with_characters(clean_text(text)).split("\n"))
            yield ArticleRecord(Position(file.name), body=markdown_from_text("\n".join(head.lines)), **head.fields)


def _with_characters(text: str) -> str:
    """Numbers of characters (`&#233;`), which texts taken from web pages keep, as the characters."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text)


def _is_binary(text: str) -> bool:
    return "\0" in text or len(_CONTROL.findall(text)) > MOST_CONTROL_CHARACTERS * len(text)


def _is_prose(text: str) -> bool:
    return any(map(_is_sentence, text.splitlines()))


def _is_sentence(line: str) -> bool:
    """Whether a line is of words rather than a row of data."""
    words = _WORD.findall(line)
    return len(words) >= WORDS_OF_PROSE and sum(map(len, words)) > LETTERS_OF_PROSE * len("".join(line.split()))
