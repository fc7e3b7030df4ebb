"""Tables: how they are written, what their columns mean, and what is said about bad rows. No database."""

import csv
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.delimited import Delimited
from articles.pipeline.formats.tables import table_rows
from articles.pipeline.formats.tables.field_names import OTHER_NAMES, guess_columns, plain_name
from articles.pipeline.formats.tables.table_dialects import find_dialect
from articles.pipeline.limits import within_limits
from articles.pipeline.reading import files as read
from articles.pipeline.reading.files import LineTooLong
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .test_dated_text import input_file


def parse(text, fields=None):
    """What is read, as the archive would take it."""
    items = Delimited(fields).parse(input_file(text, "news.csv"))
    return [within_limits(item) if isinstance(item, ArticleRecord) else item for item in items]


def parse_one(text, fields=None):
    (record,) = [item for item in parse(text, fields) if not isinstance(item, Note)]
    assert isinstance(record, ArticleRecord), str(record)
    return record


def headlines(text, fields=None):
    """The headlines that are read, with the sentences of what is not."""
    items = [item for item in parse(text, fields) if not isinstance(item, Note)]
    return [item.headline if isinstance(item, ArticleRecord) else str(item) for item in items]


def cell(**cells):
    """A record from a table with these columns."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([cells.keys(), cells.values()])
    return parse_one(buffer.getvalue())


class TestWriting:
    @pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
    def test_what_parts_the_cells_is_found(self, sign):
        text = f'title{sign}text{sign}date\nOne{sign}"a, b; c | d\te"{sign}2024-03-21\n'
        record = parse_one(text)
        assert (record.headline, record.body.split()[:2]) == ("One", ["a,", "b;"])
        assert record.published_on == datetime.date(2024, 3, 21)

    def test_commas_in_the_texts_mislead_nobody(self):
        rows = "".join(f"{number};First, second, third;Then, at last, more.\n" for number in range(20))
        assert find_dialect(f"id;title;text\n{rows}").delimiter == ";"
        assert find_dialect(f"a;b;c\n{rows}").delimiter == ";"

    def test_cells_may_have_several_lines_and_each_row_its_line(self):
        text = 'title,text\n"One","First.\n\nSecond ""part""."\nTwo,x\n\n"Three\nand more",y\n'
        records = [item for item in parse(text) if isinstance(item, ArticleRecord)]
        assert [(record.headline, record.position.line) for record in records] == [
            ("One", 2),
            ("Two", 5),
            ("Three and more", 7),
        ]
        assert records[0].body == 'First.\n\nSecond "part".'

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_as_on_every_system(self, end):
        assert headlines(end.join(["title,text", "One,a", "Two,b"]) + end) == ["One", "Two"]

    def test_a_mark_and_the_line_for_excel_are_no_part_of_the_names(self):
        assert headlines("\ufefftitle;text\nOne;a\n") == ["One"]
        assert headlines("sep=;\ntitle;text\nOne;a\n") == ["One"]

    def test_quotation_marks_may_be_escaped_with_a_backslash(self):
        assert headlines('title,text\n"He said \\"yes\\", and left",a\n') == ['He said "yes", and left']

    def test_in_a_table_with_tabs_quotation_marks_may_mean_themselves(self):
        assert headlines('title\ttext\n"Yes" he said\ta\n"No\tb\n') == ['"Yes" he said', '"No']

    def test_spaces_behind_the_commas_do_no_harm(self):
        assert headlines('title, text\n"One, two", "a"\n') == ["One, two"]

    def test_blank_rows_are_passed_over(self):
        assert headlines("title,text\n\nOne,a\n,\n  \nTwo,b\n") == ["One", "Two"]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_tables_in_the_encodings_of_excel_are_read(self, encoding):
        text = "Überschrift;Text\nDer Bürgermeister von Zürich;Größere Brücke\n"
        assert headlines(text.encode(encoding)) == ["Der Bürgermeister von Zürich"]


class TestRecognised:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("news.csv", "a,b\n1,2\n"),
            ("news.TSV", "a\tb\n"),
            ("export.txt", "headline,published_on\nOne,2024-03-21\n"),
            ("", "Title;Author;Body\nOne;Ada;Two\n"),
            ("x", '"title"|"date"\n"One"|"2024-03-21"\n'),
        ],
    )
    def test_tables_are_known_by_their_ending_or_their_columns(self, name, text):
        assert find_format(input_file(text, name)).name == "csv"

    @pytest.mark.parametrize(
        "text",
        [
            "Title, date and place are not known, he said\nNobody, it seems, knows.\n",
            "title\nOne\n",
            "title,text\n",
            "date,author\n2024-03-21,Ada\n",
            "title,text\nOne\n",
            "A quiet day.\n\nNothing happened, again.\n",
            "",
        ],
    )
    def test_other_texts_are_not(self, text):
        assert not Delimited().recognises(input_file(text, "news.txt"))

    def test_an_empty_table_is_not_recognised_and_if_named_a_problem(self):
        assert not Delimited().recognises(input_file("", "news.csv"))
        assert headlines("") == [
            "news.csv:1: The first row should name the columns, but there is none. "
            "Is it a table? There can be 1,000 columns."
        ]


class TestColumns:
    def test_the_archive_s_own_names_need_no_note(self):
        names = "headline,summary,body,byline,language,source,url,external_id,published_on,people,places,topics,rights"
        row = "One,Two,# Three,By Ada,en,Test,https://example.org,7,2024-03-21,Bo Li; Ada Moreau,Rafah|Gaza,weather,©"
        (record,) = parse(f"{names},published_at,version\n{row},2024-03-21T18:30:00Z,2\n")
        assert (record.headline, record.summary, record.body, record.byline) == ("One", "Two", "# Three", "By Ada")
        assert (record.language, record.source, record.url) == ("en", "Test", "https://example.org")
        assert (record.external_id, record.rights, record.version) == ("7", "©", 2)
        assert record.published_at == datetime.datetime(2024, 3, 21, 18, 30, tzinfo=datetime.UTC)
        assert record.tags == (
            Tag("person", "Bo Li"),
            Tag("person", "Ada Moreau"),
            Tag("place", "Rafah"),
            Tag("place", "Gaza"),
            Tag("topic", "weather"),
        )

    def test_other_names_are_guessed_and_said_in_one_note(self):
        note, record = parse("Title,Publish Date,News Text,views\nOne,March 21 2024,Two.,3\n")
        assert (record.headline, record.published_on.day, record.body) == ("One", 21, "Two.")
        assert str(note) == (
            "news.csv: “Title” is read as headline, “News Text” is read as body, “Publish Date” is read as "
            "published_on. Not used: “views”. To have it otherwise: --field headline=title."
        )

    @pytest.mark.parametrize(
        "names",
        ["titel;datum;autor;text", "Titre;Date;Auteur;Contenu", "Titular;Fecha;Autor;Cuerpo", "标题;日期;作者;正文"],
    )
    def test_other_languages_are_understood(self, names):
        record = parse_one(f"{names}\nEins;2024-03-21;Ada;Zwei.\n")
        assert (record.headline, record.byline, record.body) == ("Eins", "Ada", "Zwei.")
        assert record.published_on == datetime.date(2024, 3, 21)

    def test_the_most_telling_of_several_names_is_taken_but_all_tags(self):
        guessed = guess_columns(["text", "content", "tags", "section", "Article Body", "headline_text", "title"])
        assert guessed == {"headline": ["title"], "body": ["Article Body"], "topics": ["tags", "section"]}

    def test_of_two_dates_one_is_enough(self):
        assert guess_columns(["timestamp", "date"]) == {"published_on": ["date"]}
        assert guess_columns(["timestamp", "title"])["published_at"] == ["timestamp"]
        assert "published_on" not in guess_columns(["date"], taken=["published_at"])

    def test_every_name_is_written_as_it_is_looked_up_and_means_one_field(self):
        names = [name for names in OTHER_NAMES.values() for name in names.split()]
        assert [name for name in names if plain_name(name) != name] == []
        assert len(names) == len(set(names))

    def test_columns_of_one_name_are_told_apart(self):
        note, record = parse("title,title,,tags\nOne,Two,x,weather\n")
        assert record.headline == "One"
        assert "Not used: “title (2)”, “column 3”." in note.text

    def test_ids_need_a_source(self):
        note, _ = parse("id,title\n7,One\n")
        assert "Ids are told apart by their source: name it with --source." in str(note)
        note, _ = parse("id,title,publisher\n7,One,Test\n")
        assert "Ids are told apart" not in str(note)

    def test_without_a_headline_and_a_text_nothing_is_read(self):
        (problem,) = parse("name,price\nBread,3\nMilk,2\n")
        assert str(problem) == (
            "news.csv:1: None of the columns is known as headline or text: “name”, “price”. "
            "Say which is: --field headline=…, or --field headline=1 if the first line has no names."
        )


class TestMapping:
    def test_a_column_can_be_named(self):
        fields = {"headline": "what", "published_on": "when:%d/%m/%Y", "source": "=The Daily Test", "byline": "-"}
        record = parse_one("what,when,author\nOne,03/04/2024,Ada\n", fields)
        assert (record.headline, record.source, record.byline) == ("One", "The Daily Test", "")
        assert record.published_on == datetime.date(2024, 4, 3)

    def test_a_column_that_is_mapped_is_not_guessed_for_another_field(self):
        record = parse_one("title,description\nOne,Two.\n", {"body": "description"})
        assert (record.body, record.summary) == ("Two.", "")

    def test_a_name_with_dots_may_be_a_column(self):
        assert parse_one("meta.title,x\nOne,2\n", {"headline": "meta.title"}).headline == "One"

    def test_columns_without_names_are_called_by_their_number(self):
        fields = {"headline": "2", "published_on": "1"}
        assert headlines("2024-03-21,One,x\n2024-03-22,Two,y\n", fields) == ["One", "Two"]
        assert headlines("date,title,x\n2024-03-22,Two,y\n", fields) == ["Two"]

    def test_a_column_called_by_a_number_is_not_the_one_at_that_place(self):
        assert parse_one("title,1\nOne,Two\n", {"headline": "1"}).headline == "Two"

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"headline": "titel"}, "There is no “titel” to read headline from. Correct --field headline=…; there are"),
            ({"summary": "9"}, "There is no “9” to read summary from. Correct --field summary=…; there are “1”, “2”."),
            ({"titel": "title"}, "The archive has no field “titel”. Its fields are headline, summary, body"),
        ],
    )
    def test_a_wrong_name_is_refused_before_reading(self, fields, sentence):
        (problem,) = headlines("title,text\nOne,a\n", fields)
        assert problem.startswith(f"news.csv: {sentence}")


class TestCells:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("weather", ["weather"]),
            ("weather; floods;", ["weather", "floods"]),
            ("weather|floods | weather", ["weather", "floods"]),
            ("weather, floods", ["weather", "floods"]),
            ("weather, wind; floods", ["weather, wind", "floods"]),
            ("1,000 tons", ["1,000 tons"]),
            ('["weather", "floods"]', ["weather", "floods"]),
            ("['weather', \"Ada's day\", 'don\\'t']", ["weather", "Ada's day", "don't"]),
            ("[]", ["[]"]),
            ("[weather]", ["[weather]"]),
            (" ; ", []),
            ("", []),
        ],
    )
    def test_several_topics_may_be_in_a_cell(self, text, names):
        assert [tag.name for tag in cell(title="One", tags=text).tags] == names

    def test_a_column_for_one_topic_may_have_a_comma_in_it(self):
        assert cell(title="One", category="Crime, law and justice").tags == (Tag("topic", "Crime, law and justice"),)

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Moreau, Ada", ["Moreau, Ada"]),
            ("Ada Moreau, Bo Li", ["Ada Moreau", "Bo Li"]),
            ("Moreau, Ada; Li, Bo", ["Moreau, Ada", "Li, Bo"]),
        ],
    )
    def test_a_comma_may_be_part_of_a_person(self, text, names):
        assert [tag.name for tag in cell(title="One", people=text).tags] == names

    def test_a_comma_is_part_of_a_place(self):
        assert cell(title="One", places="Paris, France").tags == (Tag("place", "Paris, France"),)

    def test_html_becomes_markdown_and_plain_text_shows_as_it_is(self):
        assert cell(title="One", content="<p>Two <i>three</i></p><p>*Four*</p>").body == "Two *three*\n\n\\*Four\\*"
        assert cell(title="One", content="*Two*\nThree").body == "\\*Two\\*\n\nThree"

    def test_references_in_headlines_are_resolved(self):
        assert cell(title="Rain &amp; wind &#8211; again", text="x").headline == "Rain & wind – again"
        assert cell(title="AT&T buys R&D; 3 < 4 > 2", text="x").headline == "AT&T buys R&D; 3 < 4 > 2"

    def test_a_date_that_may_be_two_days_is_named_with_the_way_out(self):
        assert headlines("title,date\nOne,03/04/2024\nTwo,03/24/2024\n") == [
            "news.csv:2: “03/04/2024” may be day and month or month and day. Say which comes first: "
            '--field "published_on=date:%d/%m/%Y" or "published_on=date:%m/%d/%Y".',
            "Two",
        ]

    def test_what_is_no_date_is_named_with_the_way_out(self):
        (problem,) = headlines("title,date\nOne,21.03.24\n")
        assert problem == (
            "news.csv:2: “21.03.24” is not a date. Say its form, such as "
            '--field "published_on=date:%d.%m.%y", or leave it out: --field published_on=-.'
        )

    def test_an_address_that_is_none_is_left_out_unless_it_was_promised(self):
        assert cell(title="One", link="/news/1").url == ""
        (problem,) = headlines("headline,url\nOne,/news/1\n")
        assert problem.endswith("The field 'url' is not a web address. It should begin with https:// or http://.")


class TestBadRows:
    def test_a_row_of_another_length_is_named_and_the_rest_goes_on(self):
        assert headlines("title,text\nOne\nTwo,a,b\nThree,c\n") == [
            "news.csv:2: The row has 1 cells, not 2. Is a quotation mark missing, or a “,” that stands in a cell?",
            "news.csv:3: The row has 3 cells, not 2. Is a quotation mark missing, or a “,” that stands in a cell?",
            "Three",
        ]

    @pytest.mark.parametrize(
        "rest",
        [
            "Two,b\nThree,c\n",
            'Two,"b"\nThree,c\n',
            'Two,"b\nb"\nThree,"c, ""c"""\n',
            "Two,b\nThree,c",
        ],
    )
    def test_a_quotation_mark_that_is_not_closed_costs_its_row_only(self, rest):
        first, problem, *others = headlines(f'title,text\nOne,a\nBad,"not closed\n{rest}')
        assert first == "One"
        assert problem.startswith("news.csv:3: The row")
        assert others[-1] == "Three"

    def test_a_row_without_headline_and_text_is_named(self):
        assert headlines("title,text,date\n,,2024-03-21\nTwo,,\n") == [
            "news.csv:2: The fields 'headline' and 'body' are both missing. Give at least one of them.",
            "Two",
        ]

    def test_an_article_may_fill_a_cell_of_any_usual_length(self):
        assert len(parse_one(f'title,body\nOne,"{"word " * 100_000}"\n').body) > 400_000

    def test_a_cell_without_end_is_named_and_the_rest_goes_on(self, monkeypatch):
        monkeypatch.setattr(table_rows, "MOST_LINES", 50)
        rest = "".join(f"Row {number},x\n" for number in range(200))
        found = headlines(f'title,text\nBad,"not closed\n{rest}')
        assert found[0].startswith("news.csv:2: The row is broken (it is too large for a row).")
        assert found[1:] == [f"Row {number}" for number in range(200)]

    def test_a_row_of_thousands_of_cells_is_not_read_into_memory(self, monkeypatch):
        monkeypatch.setattr(table_rows, "MOST_CELLS", 50)
        found = headlines("title,text\nBad" + ",x" * 100 + "\nTwo,b\n")
        assert found[0].startswith("news.csv:2: The row is broken (it is too large for a row).")
        assert found[1] == "Two"

    def test_a_table_of_thousands_of_columns_is_refused(self):
        (problem,) = headlines(",".join(["x"] * 5_000) + "\n1,2\n")
        assert problem.startswith("news.csv:1: The first row should name the columns, but it has 5,000 cells.")

    def test_a_line_that_is_too_long_ends_the_file(self, monkeypatch):
        monkeypatch.setattr(read, "LONGEST_LINE", 100)
        items = Delimited().parse(input_file("title,text\nOne,a\nTwo," + "x" * 200, "news.csv"))
        assert [next(items).__class__ for _ in range(2)] == [Note, ArticleRecord]
        with pytest.raises(LineTooLong):
            next(items)

    def test_nul_bytes_are_left_out(self):
        assert parse_one("title,text\nOne,a\x00b\n").body == "ab"


cells = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=12)
rows = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(rows, st.sampled_from(",;\t|"))
def test_every_table_that_is_written_by_the_rules_comes_back(written, sign):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [["headline", "summary", "source"], *(["H", *cells[1:]] for cells in written)]
    )
    records = [item for item in Delimited().parse(input_file(buffer.getvalue())) if isinstance(item, ArticleRecord)]
    assert [(record.summary, record.source) for record in records] == [
        (cells[1].strip(), cells[2].strip()) for cells in written
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from('a,;\t|"\n\\\r\0 12/.é'), max_size=60),
    st.sampled_from(["", "title,date,tags\n", "sep=,\n"]),
)
def test_no_text_breaks_the_reading(text, start):
    for fields in (None, {"headline": "1"}, {"headline": "title"}):
        assert all(isinstance(item, ArticleRecord | Problem | Note) for item in parse(start + text, fields))
    Delimited().recognises(input_file(start + text, "news.txt"))
