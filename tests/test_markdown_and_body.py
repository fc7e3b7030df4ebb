"""Texts as Markdown, as plain words, and as HTML with links to the subjects."""

import html
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.body import LinkedName, render_body
from articles.markdown import escape_markdown, plain_text

GAZA = LinkedName("place", 1, "Gaza", "/places/gaza")
BIDEN = LinkedName("person", 2, "Joe Biden", "/people/joe-biden")


def shown(markup):
    """What a reader sees of the HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def links_in(markup):
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', markup)


# A paragraph as the import has it: one line, without spaces at its ends, of characters that mean something.
marks = st.text(st.sampled_from("\\`*_[]<>#&;!()-+=~|:.1a2 é\"'/"), max_size=24)
paragraphs = st.one_of(marks, st.text(st.characters(exclude_categories=["C", "Z"]), max_size=24)).map(str.strip)


class TestEscaping:
    @settings(max_examples=500, deadline=None)
    @given(paragraphs)
    @example("# no heading")
    @example("#")
    @example("-")
    @example("1.")
    @example("1) first")
    @example("---")
    @example("&copy; &#42; &amp;")
    @example("[a](b)")
    @example("a \\* b * c*")
    @example("<script>alert(1)</script> <https://example.org>")
    def test_a_plain_text_shows_as_it_is(self, text):
        assert shown(render_body(escape_markdown(text))).split() == text.split()
        assert plain_text(escape_markdown(text)) == text

    @settings(max_examples=500, deadline=None)
    @given(paragraphs.filter(bool))
    @example("We are number #")
    @example("Learning C#")
    def test_a_plain_heading_shows_as_it_is(self, text):
        markup = render_body(f"## {escape_markdown(text)}")
        assert markup.startswith("<h2>")
        assert shown(markup).split() == text.split()
        assert plain_text(f"## {escape_markdown(text)}").split() == text.split()


class TestPlainText:
    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("## Heading ##", "Heading"),
            ("some *stressed* and **strong** words", "some stressed and strong words"),
            ("> quoted", "quoted"),
            ("- one\n- two\n2. three", "one\ntwo\nthree"),
            ("[the report](https://example.org/x) says", "the report says"),
            ('![a picture](https://example.org/x.png "title")', "a picture"),
            ("snake_case_word and 2 * 3 * 4", "snake_case_word and 2 * 3 * 4"),
            ("first\r\n\r\nsecond", "first\n\nsecond"),
        ],
    )
    def test_the_words_stay_and_the_marks_go(self, markdown, text):
        assert plain_text(markdown) == text

    @pytest.mark.parametrize("piece", ["*a ", "[", "[a](", '[a](b "', "_a ", "> ", "#", "\\", "![", "1. "])
    def test_a_long_line_of_marks_takes_no_time(self, piece):
        start = time.process_time()
        plain_text(piece * 20_000)
        assert time.process_time() - start < 3


class TestHtml:
    def test_html_in_a_text_is_shown_as_text(self):
        markup = render_body("<script>alert(1)</script>\n\n<b onclick=x>bold</b>")
        assert "<script" not in markup
        assert "<b " not in markup
        assert shown(markup).split("\n")[:2] == ["<script>alert(1)</script>", "<b onclick=x>bold</b>"]

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "file:///x"])
    def test_a_link_leads_only_to_web_pages(self, address):
        assert "href" not in render_body(f"[click]({address})")

    def test_a_picture_is_not_fetched_from_elsewhere(self):
        markup = render_body("![spy](https://example.org/pixel.png)")
        assert "<img" not in markup
        assert links_in(markup) == [("https://example.org/pixel.png", "spy")]

    def test_links_to_elsewhere_are_not_recommended_to_search_engines(self):
        assert 'rel="nofollow"' in render_body("[report](https://example.org/)")

    def test_the_first_heading_belongs_to_the_page(self):
        assert render_body("# Title").strip() == "<h2>Title</h2>"

    def test_a_table_is_a_table(self):
        assert "<td>1</td>" in render_body("| a |\n|---|\n| 1 |")


class TestNamesAsLinks:
    def test_every_mention_leads_to_the_page_of_its_subject(self):
        markup = render_body("In **Gaza**.\n\n## Gaza's future", [GAZA])
        assert links_in(markup) == [("/places/gaza", "Gaza")] * 2
        assert 'class="name name-place"' in markup

    def test_the_text_stays_the_same(self):
        text = "Joe Biden & Gaza: *Biden's* plan <for> Gaza."
        assert shown(render_body(text, [GAZA, BIDEN])) == shown(render_body(text))

    def test_a_surname_leads_to_its_person_in_later_paragraphs(self):
        assert links_in(render_body("Biden.\n\nJoe Biden spoke.\n\nBiden left.", [BIDEN])) == [
            ("/people/joe-biden", "Joe Biden"),
            ("/people/joe-biden", "Biden"),
        ]

    def test_what_is_a_link_already_stays_as_it_is(self):
        assert links_in(render_body("[Gaza report](https://example.org/)", [GAZA])) == [
            ("https://example.org/", "Gaza report")
        ]

    def test_code_stays_as_it_is(self):
        assert links_in(render_body("`Gaza`", [GAZA])) == []

    def test_an_ambiguous_name_leads_nowhere(self):
        other = LinkedName("place", 3, "Gaza", "/places/gaza-in-georgia")
        assert links_in(render_body("In Gaza.", [GAZA, other])) == []

    def test_a_name_does_not_reach_across_paragraphs(self):
        york = LinkedName("place", 1, "New York", "/places/new-york")
        assert links_in(render_body("New\n\nYork", [york])) == []

    def test_names_with_escaped_characters_are_found(self):
        band = LinkedName("person", 1, "M*A*S*H", "/people/mash")
        assert links_in(render_body(escape_markdown("I saw M*A*S*H."), [band])) == [("/people/mash", "M*A*S*H")]
