"""Which format takes which file, when nobody says: each kind of file is claimed by one format only, in practice."""

import itertools

import pytest

from articles.pipeline.formats import FORMATS, find_format
from articles.pipeline.reading.files import InputFile, open_files

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

SAMPLE = 12
PROSE = "The ferry between Riverton and the island ran on time on Thursday, the harbour master said."
# The last resorts: they come last because what the others claim may be text, too.
LENIENT = {"markdown_text", "plain_text"}


@pytest.mark.parametrize(
    ("content", "name", "format"),
    [
        ("WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "crawl.warc", "warc"),
        ('<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS TOPICS="YES">', "reut2-000.sgm", "reuters_sgml"),
        ('<?xml version="1.0"?>\n<rss version="2.0"><channel>', "feed.xml", "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', "feed.xml", "feed"),
        ("<!DOCTYPE html><html><head>", "page", "html_page"),
        ('{"headline": "Ferry", "body": "It ran."}\n{"headline": "Bridge"}', "articles.jsonl", "json_lines"),
        (f" date 2024-03-21 {PROSE}", "ferry.txt", "dated_text"),
        (f" date 2024-03-21 {PROSE}", "ferry.md", "dated_text"),
        (f"---\ntitle: Ferry\n---\n{PROSE}", "ferry.txt", "markdown_text"),
        (f"# Ferry\n\n{PROSE}", "ferry.md", "markdown_text"),
        (f"Ferry\n\n{PROSE}", "ferry.txt", "plain_text"),
        (f"<Ferry>\n\n{PROSE}", "ferry.txt", "plain_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "ferry.png", None),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01\x02", "ferry.pdf", None),
        ("a:\n  - b\n  - c\n", "ferry.yaml", None),
        ("", "empty.txt", None),
    ],
)
def test_each_kind_of_file_has_its_format(content, name, format):
    found = find_format(input_file(content, name))
    assert (found.name if found else None) == format


# Path in the collection of real data, kind of file, the format that takes it (None: nobody of those below).
REAL = [
    ("bbc/sport", ".txt", "plain_text"),
    ("worldwide_newswire/original_articles", ".txt", "plain_text"),
    ("reuters21578", ".sgm", "reuters_sgml"),
    ("feeds/wellformed/atom10", ".xml", "feed"),
    ("feeds/wellformed/rss", ".xml", "feed"),
    ("feeds/wellformed/rdf", ".xml", "feed"),
    ("feeds/entities", ".xml", "feed"),
    ("feeds/illformed/chardet", ".xml", "feed"),
    ("wikinews_saliency", ".json", "json_lines"),
    ("huffpost", ".json", "json_lines"),
    ("worldwide_newswire", ".md", "markdown_text"),
    ("gum_news", ".md", "markdown_text"),
    ("newsml_g2/examples", ".xml", None),
    ("ninjs/examples", ".json", None),
    ("ninjs/validation", ".json", None),
    ("gum_news/xml", ".xml", None),
    ("geoparsing", ".xml", None),
    ("conll2003", ".train", None),
    ("congress_legislators", ".yaml", None),
    ("popolo", ".json", None),
    ("iptc_mediatopics", ".json", None),
    ("worldwide_newswire/processed_annotated", ".tsv", None),
    ("wikinews_saliency", ".gz", None),
]
CLAIMED_HERE = {format for _, _, format in REAL if format} | {"warc", "html_page", "dated_text"}


def files_of(folder, suffix):
    """Every so manieth file, so that a large folder is seen from its beginning to its end."""
    paths = sorted(path for path in (CORPORA / folder).rglob(f"*{suffix}") if path.is_file())
    sample = paths[:: max(1, len(paths) // SAMPLE)]
    return (file for file in open_files(map(str, sample)) if isinstance(file, InputFile))


@needs_corpora
@pytest.mark.parametrize(("folder", "suffix", "format"), REAL)
def test_real_files_have_their_format(folder, suffix, format):
    seen = 0
    for file in files_of(folder, suffix):
        found = find_format(file)
        name = found.name if found else None
        if format:
            assert name == format, file.name
        else:
            assert name not in CLAIMED_HERE - {"json_lines"}, file.name
        seen += 1
    assert seen


@needs_corpora
def test_no_two_strict_formats_claim_the_same_text():
    strict = [FORMATS[name] for name in ("warc", "reuters_sgml", "feed", "html_page", "json_lines", "dated_text")]
    for folder, suffix, _ in REAL:
        for file in itertools.islice(files_of(folder, suffix), 4):
            claiming = [format.name for format in strict if format.recognises(file)]
            assert len(claiming) <= 1, (file.name, claiming)
