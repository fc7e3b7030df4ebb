"""What an archive exports, it imports again as it was: any text, in every format that is made for it."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.exports import EXPORT_FORMATS
from articles.exports.articles import FIELDS
from articles.markdown import plain_text
from articles.pipeline.formats import find_format
from articles.pipeline.formats.texts.signs_of_html import markdown_from_any
from articles.pipeline.reading.files import HEAD_BYTES, InputFile
from articles.pipeline.records import ArticleRecord, clean_text

ROUND_TRIPS = ["csv", "jsonl"]
MARKS = [
    *"<>&\\*_`|;,'\"=-+@#~ \n",
    "<b>",
    "</b>",
    "<p>",
    "\\<",
    "\\>",
    "```\n",
    "&amp;",
    "\n\n",
    "    ",
    "Inc",
    "é",
    "“",
]
bodies = st.lists(st.sampled_from(MARKS) | st.text(max_size=5), max_size=40).map(
    lambda parts: clean_text("".join(parts))
)


def exported(name: str, body: str, headline: str = "A headline") -> bytes:
    article = dict.fromkeys(FIELDS, "") | {
        "slug": "a-headline", "headline": headline, "headline_is_derived": False, "body": body,
        "published_on": None, "published_at": None, "version": None, "people": [], "places": [], "topics": [],
    }  # fmt: skip
    return "".join(EXPORT_FORMATS[name].write([[article]], "https://news.example")).encode()


def read_again(name: str, content: bytes):
    """The only record of the file, in the format that is found for it."""
    file = InputFile(f"articles.{name}", io.BufferedReader(io.BytesIO(content), HEAD_BYTES))
    (record,) = (each for each in find_format(file).parse(file) if isinstance(each, ArticleRecord))
    return record


@pytest.mark.parametrize("name", ROUND_TRIPS)
@given(body=bodies)
@example(body="Shares of \\<Strong Point Inc\\> rose.\n\nSecond paragraph.")
@example(body="Before.\n\n```\n<p>One</p>\n<b>two</b>\n```\n\nAfter `<br>`.")
@example(body="- one\n- two")
@example(body="'- one")
@example(body='"\\" | ;')
def test_every_text_comes_back_as_it_went(name, body):
    assert read_again(name, exported(name, body)).body == body.strip()


@pytest.mark.parametrize("name", ROUND_TRIPS)
@pytest.mark.parametrize("headline", ["<b>Bold</b> move", "=1+1", "'=1+1", "A &amp; B", "-"])
def test_every_headline_comes_back_as_it_went(name, headline):
    assert read_again(name, exported(name, "A text.", headline)).headline == headline


# Whose text it is, is not always known


@pytest.mark.parametrize(
    "markdown",
    [
        "Shares of \\<Strong Point Inc\\> rose.\n\nSecond paragraph.",
        "Shares of <Strong Point Inc> and of <B and R Inc> rose.\n\nSecond paragraph.",
        "Write `<b>bold</b>`.\n\nThen save.",
        "Before.\n\n```html\n<p>One</p>\n<b>two</b>\n```\n\nAfter.",
        "Before.\n\n    <p>One</p>\n\nAfter.",
        "If a<b and c>d, press <b>.\n\nThen wait.",
    ],
)
def test_markdown_that_only_looks_like_html_stays_as_it_is(markdown):
    assert markdown_from_any(markdown) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<p>One <b>two</b>.</p><p>Three.</p>",
        "One <b>two</b>.<br><br>Three.",
        'One <strong>two</strong>.<div class="text">Three.</div>',
    ],
)
def test_html_becomes_markdown(html):
    assert markdown_from_any(html) == "One **two**.\n\nThree."


def test_html_among_code_goes_and_the_code_stays():
    assert markdown_from_any("Press <b>now</b>:\n\n```\n<b>x</b>\n```") == "Press **now**:\n\n```\n<b>x</b>\n```"


def test_a_company_in_angle_brackets_keeps_its_name():
    record = read_again("csv", b"title,text\n<B and R Inc> rises,Shares of <B and R Inc> rose.\n")
    assert record.headline == "<B and R Inc> rises"
    assert plain_text(record.body) == "Shares of <B and R Inc> rose."
