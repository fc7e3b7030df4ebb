"""The one table of formats. `find_format` asks them in this order."""

from articles.pipeline.reading.files import InputFile

from .base import Format, MappedFormat, Parsed
from .dated_text import DatedText
from .delimited import Delimited
from .feed import Feed
from .html_page import HtmlPage
from .json_array import JsonArray
from .json_lines import JsonLines
from .markdown_text import MarkdownText
from .newsml_1 import NewsML1
from .newsml_g2 import NewsMLG2
from .ninjs import Ninjs
from .nitf import Nitf
from .plain_text import PlainText
from .reuters_sgml import ReutersSgml
from .warc import Warc

# From the most certain sign to the most lenient: what stands behind sees only what those before it passed over.
_IN_ORDER: tuple[Format, ...] = (
    Warc(),
    ReutersSgml(),
    Nitf(),
    NewsMLG2(),
    NewsML1(),
    Ninjs(),
    Feed(),
    HtmlPage(),
    JsonArray(),
    JsonLines(),
    Delimited(),
    DatedText(),
    MarkdownText(),
    PlainText(),
)

FORMATS: dict[str, Format] = {format.name: format for format in _IN_ORDER}


def find_format(file: InputFile) -> Format | None:
    """The first format that recognises the file by its content."""
    return next((format for format in FORMATS.values() if format.recognises(file)), None)


__all__ = ["FORMATS", "Format", "MappedFormat", "Parsed", "find_format"]
