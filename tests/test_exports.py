"""Lists of articles as files: complete, exact, safe to open, and good for another archive."""

import csv
import datetime
import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exports import EXPORT_FORMATS
from articles.exports import articles as exported_articles
from articles.exports.articles import FIELDS
from articles.models import SUBJECT_KINDS, Article, Source
from articles.models.article_keys import key_to_export
from articles.search import ArticleQuery, FacetChoice, all_ids

from .corpora import CORPORA, needs_corpora
from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .naive_search import NaiveSearch

pytestmark = pytest.mark.django_db

NINJS_SCHEMA = CORPORA / "ninjs" / "specification" / "ninjs-schema_3.0.json"


@pytest.fixture
def archive():
    gaza = make_place("Gaza Strip", kind="territory", wikidata_id="Q39760")
    rafah, ada = make_place("Rafah", parent=gaza, geonames_id=281102), make_person("Ada Moreau")
    make_article(
        "Talks on Rafah",
        about=[rafah, ada, make_topic("diplomacy", iptc_code="medtop:20000065"), make_topic("arts, culture and media")],
        body="Ada Moreau spoke.\n\n## A second day\n\nShe *left*; nobody said “goodbye”.",
        summary="Talks began.",
        byline="By Bo Lund",
        source=make_source(url="https://daily.example"),
        url="https://daily.example/talks?page=1",
        external_id="daily-1",
        language="en",
        version=3,
        rights="© The Daily Test",
        published_at=datetime.datetime(2024, 3, 21, 16, 30, tzinfo=datetime.UTC),
    )
    make_article("A quiet harbour", about=[ada], published_on=datetime.date(2023, 1, 5), external_id="2")
    make_article("Nobody knows when", published_on=None, external_id="3")
    make_article("Not out yet", about=[ada], status="draft")


def content(response) -> str:
    assert response.status_code == 200
    return response.getvalue().decode()


def lines(client, query="") -> list[dict]:
    return [json.loads(line) for line in content(client.get(f"/articles/export.jsonl{query}")).splitlines()]


def headlines(client, query="") -> list[str]:
    return [line["headline"] for line in lines(client, query)]


def run(*arguments, **options) -> tuple[str, str]:
    """What the command writes to its two outputs."""
    output, errors = io.StringIO(), io.StringIO()
    call_command("export_articles", *arguments, stdout=output, stderr=errors, **options)
    return output.getvalue(), errors.getvalue()


def make_days(number: int) -> list[Article]:
    """An article for each of so many days, oldest first."""
    return [make_article(f"Story {day}", published_on=datetime.date(2024, 3, 1 + day)) for day in range(number)]


# Walking through an answer


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr("articles.search.walking.PORTION", 2)
    monkeypatch.setattr(exported_articles, "PORTION", 3)


@pytest.mark.parametrize("words", ["", "harbour", "harbour -strike", "from:2024-03-02"])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_every_id_of_an_answer_comes_once_and_in_order(small_portions, words, sort):
    ada = make_person()
    for number in range(11):
        day = datetime.date(2024, 3, 1 + number % 4) if number % 5 else None
        make_article(f"Strike {number}" if number % 2 else f"Harbour {number}", about=[ada], published_on=day)
    make_article("Harbour", status="withdrawn", about=[ada])
    query = ArticleQuery(words=words, sort=sort, facets={"people": FacetChoice((ada.pk,))})
    assert list(all_ids(query)) == NaiveSearch().ids(query)


def test_a_walk_by_relevance_finds_the_same_newest_first(small_portions):
    for number in range(5):
        make_article("harbour " * (number % 3 + 1), published_on=datetime.date(2024, 3, 1 + number))
    by_relevance, newest = (ArticleQuery(words="harbour", sort=sort) for sort in ("relevance", "newest"))
    assert list(all_ids(by_relevance)) == NaiveSearch().ids(newest)


def test_a_walk_does_not_see_what_changes_meanwhile(small_portions):
    articles = make_days(6)
    ids = all_ids(ArticleQuery(sort="oldest"))
    seen = [next(ids)]
    make_article("Later")
    Article.objects.filter(pk=articles[4].pk).update(published_on=datetime.date(1999, 1, 1))
    assert next(all_ids(ArticleQuery(sort="oldest"))) == articles[4].pk
    assert seen + list(ids) == [article.pk for article in articles]


# What every format has in common


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_an_export_is_a_file_named_after_what_it_holds(client, archive, name):
    response = client.get(f"/articles/export.{name}?places=gaza-strip&year=2024&q=talks")
    assert response.streaming
    assert response.headers["Content-Type"].startswith(EXPORT_FORMATS[name].content_type)
    filename = f"articles-with-talks-about-gaza-strip-in-2024.{EXPORT_FORMATS[name].file_ending}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{filename}"'
    assert "Talks on Rafah" in content(response)


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_an_export_of_nothing_is_well_formed(client, name):
    response = client.get(f"/articles/export.{name}")
    assert content(response) == {"csv": "\ufeff" + ",".join(FIELDS) + "\r\n", "jsonl": "", "ninjs": "[]\n"}[name]


def test_an_export_has_what_the_list_finds_in_its_order(client, archive):
    assert headlines(client) == ["Talks on Rafah", "A quiet harbour", "Nobody knows when"]
    assert headlines(client, "?sort=oldest") == ["A quiet harbour", "Talks on Rafah", "Nobody knows when"]
    assert headlines(client, "?people=ada-moreau&not_places=gaza-strip") == ["A quiet harbour"]
    assert headlines(client, "?year=none") == ["Nobody knows when"]


@pytest.mark.parametrize("name", EXPORT_FORMATS)
@pytest.mark.parametrize("parameters", ["people=nobody-at-all", "from=yesterday", "sort=size", "year=x"])
def test_a_bad_parameter_gives_a_sentence_and_no_file(client, archive, name, parameters):
    response = client.get(f"/articles/export.{name}?{parameters}")
    assert response.status_code == 400
    assert "Talks on Rafah" not in response.content.decode()
    assert "This address does not work" in response.content.decode()


def test_only_accepted_links_are_exported(client):
    article = make_article("Story")
    link(article, make_person("Ada Moreau"), status="suggested")
    link(article, make_topic("rain"), status="rejected")
    (line,) = lines(client)
    assert (line["people"], line["topics"]) == ([], [])


def test_what_is_withdrawn_during_an_export_is_left_out(client, small_portions):
    articles = make_days(7)
    response = client.get("/articles/export.jsonl?sort=oldest")
    pieces = iter(response.streaming_content)
    first = next(pieces)
    Article.objects.filter(pk=articles[5].pk).update(status="withdrawn")
    rest = b"".join([first, *pieces]).decode()
    assert [json.loads(line)["headline"] for line in rest.splitlines()] == [f"Story {n}" for n in (0, 1, 2, 3, 4, 6)]


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_an_export_is_the_same_every_time(client, archive, name):
    exports = {client.get(f"/articles/export.{name}").getvalue() for _ in range(2)}
    make_article("Another one").delete()
    exports.add(client.get(f"/articles/export.{name}").getvalue())
    assert len(exports) == 1


def test_an_export_is_compressed_for_those_who_take_it(client, archive):
    response = client.get("/articles/export.jsonl", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert gzip.decompress(response.getvalue()) == client.get("/articles/export.jsonl").getvalue()


def test_asking_only_for_the_head_reads_no_articles(client, archive):
    response = client.head("/articles/export.csv")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.getvalue() == b""
    assert client.post("/articles/export.jsonl").status_code == 405


def test_queries_of_an_export_do_not_grow_with_its_articles(client):
    def count() -> int:
        content(client.get("/articles/export.ninjs"))
        with CaptureQueriesContext(connection) as queries:
            content(client.get("/articles/export.ninjs"))
        return len(queries)

    make_article("First", about=[make_person("One"), make_place("One"), make_topic("one")])
    few = count()
    for number in range(20):
        about = [make_person(f"P {number}"), make_place(f"P {number}"), make_topic(f"t {number}")]
        make_article(f"Story {number}", about=about, source=make_source(f"Source {number}"))
    assert count() == few


# JSON lines


def test_json_lines_have_everything_about_an_article(client, archive):
    talks = Article.objects.get(slug="talks-on-rafah")
    assert lines(client, "?q=talks") == [
        {
            "slug": "talks-on-rafah",
            "import_key": key_to_export(None, talks.slug, talks.created_at),
            "headline": "Talks on Rafah",
            "headline_is_derived": False,
            "summary": "Talks began.",
            "body": "Ada Moreau spoke.\n\n## A second day\n\nShe *left*; nobody said “goodbye”.",
            "byline": "By Bo Lund",
            "published_on": "2024-03-21",
            "published_at": "2024-03-21T16:30:00+00:00",
            "language": "en",
            "source": "The Daily Test",
            "url": "https://daily.example/talks?page=1",
            "external_id": "daily-1",
            "version": 3,
            "rights": "© The Daily Test",
            "people": ["Ada Moreau"],
            "places": ["Rafah"],
            "topics": ["arts, culture and media", "diplomacy"],
        }
    ]


def everything() -> dict[str, tuple]:
    """Each article by its slug: its values, and the accepted subjects by name."""
    columns = [name for name in exported_articles.COLUMNS.values() if name not in ("slug", "import_key")]
    found = {}
    for article in Article.objects.published():
        values = Article.objects.filter(pk=article.pk).values_list(*columns).get()
        links = {
            (kind.name, each.subject.name)
            for kind in SUBJECT_KINDS.values()
            for each in kind.link.objects.accepted().filter(article=article)
        }
        found[article.slug] = (values, links)
    return found


def empty_the_archive() -> None:
    for model in (Article, Source, *(kind.model for kind in SUBJECT_KINDS.values())):
        model.objects.all().delete()


def test_json_lines_make_an_equal_archive(archive, tmp_path):
    file, again = tmp_path / "articles.jsonl", tmp_path / "again.jsonl"
    run(format="jsonl", output=str(file))
    before = everything()
    empty_the_archive()
    call_command("import_articles", str(file), processes=0, stdout=io.StringIO(), stderr=io.StringIO())
    assert len(before) == 3
    assert everything() == before
    run(format="jsonl", output=str(again))
    assert again.read_text() == file.read_text()


def test_json_lines_imported_where_they_came_from_change_nothing(archive, tmp_path):
    file = tmp_path / "articles.jsonl"
    run(format="jsonl", output=str(file))
    empty_the_archive()
    for _ in range(2):
        output = io.StringIO()
        call_command("import_articles", str(file), processes=0, stdout=output, stderr=io.StringIO())
    assert "3 unchanged" in output.getvalue()


def import_file(file) -> str:
    """What the command says of it."""
    output = io.StringIO()
    call_command("import_articles", str(file), processes=0, stdout=output, stderr=io.StringIO())
    return output.getvalue()


@pytest.fixture
def copies(tmp_path):
    """An archive with the same text from two folders, and with two articles of one text from the desk."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Harbour closed\n\n21 March 2024\n\nThe harbour was closed.\n")
    call_command("import_articles", str(tmp_path / "one"), str(tmp_path / "two"), processes=0, stdout=io.StringIO())
    for _ in range(2):
        make_article("Written here", body="Nobody imported it: \\<b\\> and `<b>`.\n\nTwo paragraphs.")


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_copies_without_an_id_are_as_many_in_the_other_archive(copies, tmp_path, format):
    file, again = tmp_path / f"articles.{format}", tmp_path / f"again.{format}"
    run(format=format, output=str(file), query="sort=oldest")
    before = everything()
    empty_the_archive()
    assert "4 created" in import_file(file)
    assert everything() == before
    run(format=format, output=str(again), query="sort=oldest")
    assert sorted(again.read_text().splitlines()) == sorted(file.read_text().splitlines())
    assert "4 unchanged" in import_file(file)


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_an_export_imported_where_it_came_from_doubles_nothing(archive, copies, tmp_path, format):
    file = tmp_path / f"articles.{format}"
    run(format=format, output=str(file))
    before = everything()
    count = Article.objects.count()
    import_file(file)
    assert Article.objects.count() == count
    assert everything() == before
    assert "7 unchanged" in import_file(file)


def test_an_export_does_not_change_another_article_of_the_same_slug(tmp_path):
    make_article("Storm", body="The storm of 2020.")
    file = tmp_path / "articles.jsonl"
    run(format="jsonl", output=str(file))
    empty_the_archive()
    make_article("Storm", body="The storm of 2024.")
    import_file(file)
    assert {*Article.objects.values_list("body", flat=True)} == {"The storm of 2020.", "The storm of 2024."}


# CSV


def table(client, query="") -> list[dict]:
    text = content(client.get(f"/articles/export.csv{query}"))
    assert text.startswith("\ufeff"), "Excel needs a byte order mark to see that it is UTF-8"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_table_has_a_row_for_each_article(client, archive):
    rows = table(client)
    assert [row["headline"] for row in rows] == ["Talks on Rafah", "A quiet harbour", "Nobody knows when"]
    assert tuple(rows[0]) == FIELDS
    assert rows[0]["people"] == "Ada Moreau"
    assert rows[0]["topics"] == "arts, culture and media; diplomacy"
    assert (rows[0]["version"], rows[1]["version"], rows[2]["published_on"]) == ("3", "", "")
    assert "\n\n## A second day" in rows[0]["body"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(client, sign):
    make_article(f'{sign}HYPERLINK("https://evil.example")', byline=f"{sign}1", body=f"{sign}1+1")
    (row,) = table(client)
    assert row["headline"] == f'\'{sign}HYPERLINK("https://evil.example")'
    assert (row["byline"], row["body"]) == (f"'{sign}1", f"'{sign}1+1")


def test_names_with_semicolons_or_commas_are_told_apart(client):
    make_article("One", about=[make_topic("arts, culture")], published_on=datetime.date(2024, 1, 3))
    make_article("Two", about=[make_topic("a; b"), make_topic("c")], published_on=datetime.date(2024, 1, 2))
    rows = table(client)
    assert json.loads(rows[0]["topics"]) == ["arts, culture"]
    assert json.loads(rows[1]["topics"]) == ["a; b", "c"]


# ninjs


def test_ninjs_names_its_subjects_by_the_codes_of_other_catalogues(client, archive):
    (item,) = json.loads(content(client.get("/articles/export.ninjs?q=talks")))
    assert item["uri"] == "http://testserver/articles/talks-on-rafah/"
    assert item["versionCreated"] == "2024-03-21T16:30:00+00:00"
    assert item["people"] == [{"name": "Ada Moreau", "uri": "http://testserver/people/ada-moreau/"}]
    assert item["places"] == [{"name": "Rafah", "uri": "https://www.geonames.org/281102"}]
    assert item["subjects"][1] == {
        "name": "diplomacy",
        "uri": "http://cv.iptc.org/newscodes/mediatopic/20000065",
    }
    assert "<h2>A second day</h2>" in item["bodies"][0]["value"]


def test_a_day_without_a_time_is_its_noon_in_ninjs(client, archive):
    items = {item["headlines"][0]["value"]: item for item in json.loads(content(client.get("/articles/export.ninjs")))}
    assert items["A quiet harbour"]["versionCreated"] == "2023-01-05T12:00:00+00:00"
    assert "versionCreated" not in items["Nobody knows when"]


@needs_corpora
def test_every_item_keeps_to_the_schema_of_ninjs(client, archive):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(NINJS_SCHEMA.read_text())
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    make_article("Bare", body="", published_on=None, url="not an address at all")
    make_article("Odd", url="https://example.org/a b?q=ü", rights="©")
    items = json.loads(content(client.get("/articles/export.ninjs")))
    assert len(items) == 5
    for item in items:
        validator.validate(item)


# The command


def test_the_command_writes_what_the_address_gives(client, archive, tmp_path):
    for name in EXPORT_FORMATS:
        file = tmp_path / name
        _, report = run(
            format=name, output=str(file), query="?people=ada-moreau&sort=oldest", site="http://testserver/"
        )
        assert file.read_bytes() == client.get(f"/articles/export.{name}?people=ada-moreau&sort=oldest").getvalue()
        assert "2 articles written." in report
        assert list(tmp_path.glob(".*")) == []


def test_the_command_writes_to_standard_output(archive):
    output, _ = run(format="jsonl", query="q=harbour")
    assert [json.loads(line)["headline"] for line in output.splitlines()] == ["A quiet harbour"]


def test_a_reader_of_the_output_who_leaves_early_is_a_sentence(archive):
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    with pytest.raises(CommandError, match="closed it before"):
        call_command("export_articles", format="jsonl", stdout=Closed(), stderr=io.StringIO())


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("peple=ada-moreau", "“peple” is not a parameter"),
        ("people=nobody", "Nothing under “People” is called “nobody”"),
        ("from=yesterday", "The first day (from) is not a date"),
    ],
)
def test_the_command_refuses_what_it_does_not_understand(archive, query, problem):
    with pytest.raises(CommandError) as error:
        run(format="jsonl", query=query)
    assert problem in str(error.value)


def test_an_export_that_fails_leaves_the_old_file(archive, tmp_path, monkeypatch):
    file = tmp_path / "articles.jsonl"
    file.write_text("what was there before")

    def broken(ids):
        yield next(exported_articles.read_articles(ids))
        raise KeyboardInterrupt

    monkeypatch.setattr("articles.management.commands.export_articles.read_articles", broken)
    with pytest.raises(KeyboardInterrupt):
        run(format="jsonl", output=str(file))
    assert file.read_text() == "what was there before"
    assert list(tmp_path.glob(".*")) == []


def test_a_file_that_cannot_be_written_is_a_sentence(archive, tmp_path):
    with pytest.raises(CommandError, match="could not be written"):
        run(format="jsonl", output=str(tmp_path / "nowhere" / "articles.jsonl"))


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_misspelt_parameter_is_refused_rather_than_the_whole_archive_sent(client, name):
    make_article(about=[make_place("Rafah")])
    answer = client.get(f"/articles/export.{name}?plces=rafah")
    assert answer.status_code == 400
    assert "There is no parameter “plces” here." in answer.content.decode()
    assert client.get(f"/articles/export.{name}?places=rafah&sort=oldest&page=2").status_code == 200
