"""Markup from anywhere as the archive's Markdown: what stays, what goes, and that it shows as it was. No database."""

import html
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.body import render_body
from articles.markdown import plain_text
from articles.pipeline.markup.html import markdown_from_elements, markdown_from_html, text_from_element, text_from_html
from articles.pipeline.markup.paragraphs import markdown_from_text, paragraphs_of
from articles.pipeline.markup.xml import parse_xml

from .test_markdown_and_body import links_in, shown

INLINE = ["em", "strong", "b", "i", "span", "a href='https://example.org/x_y'", "q", "font"]
BLOCKS = ["p", "div", "blockquote", "section"]


def page_of(markdown):
    """The HTML that a reader gets, whether it comes alone or with the headings in it."""
    body = render_body(markdown)
    return getattr(body, "html", body)


def closing(tag):
    return f"</{tag.split()[0]}>"


class TestBlocks:
    @pytest.mark.parametrize(
        ("markup", "markdown"),
        [
            ("<p>One\n  line.</p><p>Two.</p>", "One line.\n\nTwo."),
            ("Bare text<div>and a block</div>more", "Bare text\n\nand a block\n\nmore"),
            ("<h1>Title</h1><h2>Part</h2><h3>Smaller</h3>", "## Title\n\n## Part\n\n### Smaller"),
            ("<h2><b>Loud</b> and <br> long</h2>", "## Loud and long"),
            ("<ul><li>one</li><li><p>two</p></li></ul>", "- one\n- two"),
            ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
            ("<ul><li>one<ul><li>inner</li></ul></li></ul>", "- one\n\n  - inner"),
            ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "> One.\n>\n> Two."),
            ("First line.<br>Second line.", "First line.  \nSecond line."),
            ("First.<br><br/> <br>Second.", "First.\n\nSecond."),
            ("<p> </p><p>&nbsp;</p><p>Text</p>", "Text"),
            ("<figure><img src='x.jpg' alt='DSC 1'><figcaption>A bridge.</figcaption></figure>", "A bridge."),
            ("<p>Before<!-- secret --><script>steal()</script><style>p {}</style> after</p>", "Before after"),
            ("<script src='x'/><p>Text</p>", "Text"),
            ("<![CDATA[<p>Text</p>]]>", "Text"),
            ("<html><head><title>Not this</title></head><body><p>Text</p></body></html>", "Text"),
            ('<?xml version="1.0" encoding="iso-8859-1"?><p>Café</p>', "Café"),
            ("", ""),
        ],
    )
    def test_each_block_becomes_its_like(self, markup, markdown):
        assert markdown_from_html(markup) == markdown

    def test_a_table_becomes_a_table(self):
        rows = "<tr><th>Town</th><th>Votes</th></tr><tr><td>Ulm | Neu-Ulm</td><td>12</td></tr>"
        markdown = markdown_from_html(f"<table><caption>Count</caption>{rows}</table>")
        assert markdown == "Count\n\n| Town | Votes |\n|---|---|\n| Ulm \\| Neu-Ulm | 12 |"
        assert "<td>Ulm | Neu-Ulm</td>" in page_of(markdown)

    @pytest.mark.parametrize(
        "table",
        [
            "<table><tr><td><h2>Title</h2><p>One.</p><p>Two.</p></td><td><img></td></tr></table>",
            "<table><tr><td>{}</td></tr></table>".format("<table><tr><td><h2>Title</h2>One.<p>Two.</table>"),
        ],
    )
    def test_a_table_that_only_places_things_becomes_paragraphs(self, table):
        assert markdown_from_html(table) == "## Title\n\nOne.\n\nTwo."

    def test_rows_of_different_lengths_make_one_table(self):
        markdown = markdown_from_html("<table><tr><td>a<td>b<td>c<tr><td>1</table>")
        assert markdown == "| a | b | c |\n|---|---|---|\n| 1 |  |  |"

    def test_columns_of_preformatted_text_keep_their_places(self):
        text = "Town      Votes\nUlm          12\nNeu-Ulm       7"
        assert markdown_from_html(f"<pre>\n{text}\n</pre>") == "\n".join(f"    {line}" for line in text.split("\n"))

    def test_other_preformatted_text_is_paragraphs(self):
        assert markdown_from_html("<pre>One *line*.\n\nTwo.</pre>") == "One \\*line\\*.\n\nTwo."


class TestMarks:
    @pytest.mark.parametrize(
        ("markup", "markdown"),
        [
            ("a <em>quiet</em> <b>day</b>", "a *quiet* **day**"),
            ("a<em> quiet </em>day", "a *quiet* day"),
            ("<b><i>Both</i></b>", "**Both**"),
            ("wo<b>r</b>d", "word"),
            ("<b></b><i> </i>empty", "empty"),
            ("<b><p>One.</p><p>Two.</p></b>", "One.\n\nTwo."),
            ("<i>a</i><b>b</b>", "ab"),
            ("2*3*4 and [x] and _y_", "2\\*3\\*4 and \\[x\\] and \\_y\\_"),
            ("<p># no heading</p><p>1<b></b>. no list</p>", "\\# no heading\n\n1\\. no list"),
            ("A text<br>--<br>Signed", "A text  \n\\--  \nSigned"),
            ("AT&amp;T &lt;b&gt; &amp;amp;", "AT&T \\<b\\> \\&amp;"),
            ("so\u00adft and\u00a0hard\u200b", "soft and hard"),
            ("<q>No</q>, she said", "“No”, she said"),
        ],
    )
    def test_marks_are_written_where_they_can_be_read(self, markup, markdown):
        assert markdown_from_html(markup) == markdown

    def test_a_link_keeps_its_address(self):
        markdown = markdown_from_html('See <a href="https://example.org/a_(b)?q=1&amp;r=x y"> the <b>report</b></a>.')
        assert markdown == "See [the **report**](https://example.org/a_%28b%29?q=1&r=x%20y)."
        assert plain_text(markdown) == "See the report."
        assert markdown_from_html("<a href=mailto:ed@example.org>Ed</a>") == "[Ed](mailto:ed@example.org)"

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "/relative", "", "https://"]
    )
    def test_a_link_to_elsewhere_leaves_its_text(self, address):
        assert markdown_from_html(f'<a href="{address}">text</a>') == "text"

    @pytest.mark.parametrize("text", ["[Video]", "<p>One</p><p>Two</p>", "<img src=x>"])
    def test_a_link_that_could_not_be_read_leaves_its_text(self, text):
        assert "](" not in markdown_from_html(f'<a href="https://example.org/">{text}</a>')

    def test_links_find_their_own_addresses_though_others_are_left_out(self):
        markup = (
            '<a href="/x">one</a> <a href="https://example.org/2">two</a> <a href="https://example.org/3">three</a>'
        )
        assert markdown_from_html(markup) == "one [two](https://example.org/2) [three](https://example.org/3)"


class TestElements:
    def test_entities_of_a_dtd_are_read_as_those_of_html(self):
        root = parse_xml(b'<!DOCTYPE n SYSTEM "n.dtd"><n><p>caf&eacute; &mdash; <em>x</em>&nbsp;y &none;</p></n>')
        assert markdown_from_elements([root]) == "café — *x* y \\&none;"
        assert text_from_element(root) == "café — x y &none;"

    def test_names_and_prefixes_of_elements_do_not_matter(self):
        root = parse_xml(b'<x:DIV xmlns:x="urn:x"><x:P>One.</x:P>tail<other>!</other></x:DIV>')
        assert markdown_from_elements([root]) == "One.\n\ntail!"

    def test_a_mark_in_the_line_below_an_element_belongs_to_it(self):
        root = parse_xml(b"<p>\n  From\n  <a>Oslo</a>\n  , by\n  <a>boat</a>\n  .\n <b>x</b>\n  .5 <b>y</b> , z</p>")
        assert text_from_element(root) == "From Oslo, by boat. x .5 y , z"

    def test_what_follows_an_element_is_not_part_of_it(self):
        assert text_from_element(parse_xml(b"<a><b>in</b>out</a>")[0]) == "in"
        assert text_from_element(None) == ""


class TestOneLine:
    @pytest.mark.parametrize(
        ("markup", "text"),
        [
            ("Plain *text* ", "Plain *text*"),
            ("A &amp; B &#8211; <b>C</b>", "A & B – C"),
            ("One<br>two<p>three</p>", "One two three"),
            ("a < b & c > d", "a < b & c > d"),
            ("x<script>y</script>", "x"),
        ],
    )
    def test_tags_and_entities_become_plain_words(self, markup, text):
        assert text_from_html(markup) == text


class TestPlainText:
    def test_blank_lines_part_paragraphs(self):
        assert markdown_from_text("One.\r\n\r\n# Two.\n \n\nThree.") == "One.\n\n\\# Two.\n\nThree."

    def test_lines_cut_at_a_margin_belong_together(self):
        text = (
            "RIVERTON (TP) - The council of Riverton agreed on Tuesday\n"
            "to build a second bridge across the river, eleven years\n"
            "after the first was closed.\n"
            "   The bridge will carry trams and bicycles, but no cars,\n"
            "and is to be opened in spring."
        )
        first, second = paragraphs_of(text)
        assert first.endswith("closed.")
        assert second == "The bridge will carry trams and bicycles, but no cars, and is to be opened in spring."

    def test_other_lines_are_paragraphs(self):
        assert paragraphs_of("A long first paragraph on a single line of its own.\nShort.\nAlso.") == [
            "A long first paragraph on a single line of its own.",
            "Short.",
            "Also.",
        ]


texts = st.text(st.sampled_from("ab1 .-#*_[]()`~|>!&;=+\\\"'é\n"), max_size=12).map(html.escape)
inline = st.recursive(
    texts,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}{closing(tag)}",
        st.sampled_from(INLINE),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
blocks = st.builds(
    lambda tag, parts: f"<{tag}>{''.join(parts)}{closing(tag)}", st.sampled_from(BLOCKS), st.lists(inline, max_size=3)
)


@settings(max_examples=500, deadline=None)
@given(st.lists(blocks, max_size=4).map("".join))
@example("<p>a<br>-</p>")
@example("<p>a|b<br>-|-</p>")
@example("<p><em>a\\</em></p>")
@example("<p>!<a href='https://example.org/x_y'>b</a></p>")
def test_markup_shows_the_same_words_as_markdown(markup):
    words = text_from_html(markup).split()
    assert "".join(shown(page_of(markdown_from_html(markup))).split()) == "".join(words)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(texts, st.sampled_from(["<p>", "</div>", "<table>", "<td>", "<li>", "</ul>", "<a href="]))))
def test_no_markup_breaks_the_reader(pieces):
    markdown_from_html("".join(pieces))
    text_from_html("".join(pieces))


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "a href='https://example.org/'", "ul><li", "table><tr><td"])
def test_deep_markup_loses_no_text_and_takes_no_time(tag):
    start = time.process_time()
    markdown = markdown_from_html("<p>first</p>" + f"<{tag}>" * 10_000 + "deep" + closing(tag) * 10_000 + "<p>last</p>")
    assert [word in markdown for word in ("first", "deep", "last")] == [True, True, True]
    assert time.process_time() - start < 3


def test_links_are_shown_as_links():
    markup = '<p><em>See</em> <a href="https://example.org/a_b">the *report*</a></p>'
    assert links_in(page_of(markdown_from_html(markup))) == [("https://example.org/a_b", "the *report*")]


def test_thousands_of_marks_in_one_another_take_no_minutes():
    start = time.process_time()
    assert markdown_from_html("<b>x " * 20_000).startswith("x x")
    assert time.process_time() - start < 10
