"""Comparing people, places and topics on one time axis."""

import datetime

import pytest

from articles.models import Person, Place
from articles.search import ArticleQuery, FacetChoice

from .factories import make_article, make_person, make_place, make_topic
from .figures import cells, number_in, read_tree, text_of
from .naive_search import NaiveSearch
from .pages import count_queries, read
from .test_facet_counts import make_random_archive

pytestmark = pytest.mark.django_db


def drawn_lines(tree) -> list[dict[str, int]]:
    """For each line of the chart the periods and numbers that it is drawn through."""
    groups = tree.xpath("//figure[contains(@class, 'line-chart')]//g")
    return [
        {point.get("data-period"): number_in(point.get("data-count")) for point in group.xpath(".//*[@data-count]")}
        for group in groups
    ]


def table_columns(tree) -> list[dict[str, int]]:
    rows = [cells(row) for row in tree.xpath("//section[.//h2[@id='numbers']]//tbody/tr")]
    return [{row[0]: number_in(row[column]) for row in rows} for column in range(1, len(rows[0]))] if rows else []


def shared(tree) -> dict[str, int]:
    rows = tree.xpath("//section[h2[text()='Articles they share']]//tbody/tr")
    return {cells(row)[0]: number_in(cells(row)[1]) for row in rows}


def assert_points_are_to_scale(tree):
    """The highest number is drawn at the top, nothing at the bottom."""
    points = tree.xpath("//figure[contains(@class, 'line-chart')]//*[@data-count]")
    drawn = {number_in(point.get("data-count")): int(point.get("d").split()[1].split("h")[0]) for point in points}
    most = max(drawn)
    for count, y in drawn.items():
        assert y == pytest.approx(100 - 100 * count / most, abs=1)


@pytest.mark.parametrize("seed", range(4))
def test_the_lines_the_table_and_the_articles_have_the_same_numbers(client, seed):
    make_random_archive(articles=100, people=8, seed=seed)
    naive = NaiveSearch()
    people, place = list(Person.objects.order_by("pk")[:2]), Place.objects.order_by("pk")[seed]
    address = f"/compare/?people={people[0].slug}&people={people[1].slug}&places={place.slug}"
    tree = read_tree(client, address)
    choices = [*(("people", person) for person in people), ("places", place)]
    for line, column, (plural, subject) in zip(drawn_lines(tree), table_columns(tree), choices, strict=True):
        query = ArticleQuery(facets={plural: FacetChoice((subject.pk,))})
        years = {str(year): count for year, count in naive.counts(query, "year").items() if year}
        assert line == column
        assert {year: count for year, count in column.items() if count} == years
    assert_points_are_to_scale(tree)
    both = ArticleQuery(facets={"people": FacetChoice(tuple(person.pk for person in people), match_all=True)})
    all_three = both.with_choice("places", FacetChoice((place.pk,)))
    assert shared(tree)[f"{people[0]} + {people[1]}"] == len(naive.ids(both))
    assert shared(tree)[f"{people[0]} + {people[1]} + {place}"] == len(naive.ids(all_three))


@pytest.fixture
def archive():
    ada, bo, cairo = make_person("Ada Moreau", aliases=["Lady Ada"]), make_person("Bo Lund"), make_place("Cairo")
    make_article("Both", about=[ada, bo])
    make_article("Ada in Cairo", about=[ada, cairo], published_on=datetime.date(2023, 5, 1))
    make_article("Bo in Cairo", about=[bo, cairo], published_on=datetime.date(2023, 6, 1))
    make_article("All", about=[ada, bo, cairo], published_on=None)


PAIR = "/compare/?people=ada-moreau&people=bo-lund"


def test_the_shared_articles_are_counted_and_a_link_away(client, archive):
    tree = read_tree(client, PAIR + "&places=cairo")
    assert shared(tree) == {
        "Ada Moreau + Bo Lund": 2,
        "Ada Moreau + Cairo": 2,
        "Bo Lund + Cairo": 2,
        "Ada Moreau + Bo Lund + Cairo": 1,
    }
    links = tree.xpath("//section[h2[text()='Articles they share']]//td/a/@href")
    assert [read(client, link).headlines() for link in links] == [
        ["Both", "All"], ["Ada in Cairo", "All"], ["Bo in Cairo", "All"], ["All"],
    ]  # fmt: skip


def test_a_period_leads_closer_and_a_number_to_its_articles(client, archive):
    tree = read_tree(client, PAIR)
    rows = {cells(row)[0]: row for row in tree.xpath("//section[.//h2[@id='numbers']]//tbody/tr")}
    assert read(client, rows["2023"].xpath("./td[1]/a/@href")[0]).headlines() == ["Ada in Cairo"]
    closer = read_tree(client, rows["2023"].xpath("./th/a/@href")[0])
    ada, bo = table_columns(closer)
    assert (ada["May 2023"], bo["May 2023"], bo["June 2023"]) == (1, 0, 1)
    assert drawn_lines(closer) == [ada, bo]
    back = closer.xpath("//a[text()='All years']/@href")[0]
    assert table_columns(read_tree(client, back)) == table_columns(tree)


def test_each_one_can_be_taken_out(client, archive):
    tree = read_tree(client, PAIR)
    (link,) = tree.xpath("//a[@aria-label='Take out: Bo Lund']/@href")
    assert "Bo Lund" not in read(client, link).text


@pytest.mark.parametrize("name", ["Bo Lund", "bo lund", "BO  LUND", "lund"])
def test_a_typed_name_adds_whoever_it_means(client, archive, name):
    response = client.get("/compare/", {"people": "ada-moreau", "name": name})
    assert (response.status_code, response.url) == (302, PAIR)


def test_another_name_will_do_and_nobody_is_added_twice(client, archive):
    response = client.get("/compare/", {"people": "ada-moreau", "name": "lady ada"})
    assert response.url == "/compare/?people=ada-moreau"


def test_an_exact_name_wins_over_those_that_contain_it(client, archive):
    make_person("Cairo Jones")
    assert client.get("/compare/", {"name": "cairo"}).url == "/compare/?places=cairo"


def test_a_name_of_several_offers_the_choice_the_most_written_about_first(client, archive):
    georgia = make_place("Georgia", description="A country.")
    make_place("Georgia", description="A state.")
    make_article("Story", about=[georgia])
    page = read(client, "/compare/?people=ada-moreau&name=georgia")
    assert "Which “georgia” is meant?" in page.text
    assert page.text.index("A country.") < page.text.index("A state.")
    assert page.links["Georgia"] == "/compare/?people=ada-moreau&places=georgia"


def test_a_name_of_nobody_says_so(client, archive):
    page = read(client, "/compare/?people=ada-moreau&name=zebra")
    assert "No person, place or topic is called “zebra”" in page.text
    assert "Ada Moreau" in page.text


def test_the_page_of_a_subject_leads_to_its_comparison(client, archive):
    tree = read_tree(client, "/people/ada-moreau/")
    (form,) = tree.xpath("//form[@action='/compare/']")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    assert fields == {"people": "ada-moreau", "name": None}


def test_without_anybody_the_page_says_what_it_is_for(client):
    page = read(client, "/compare/")
    assert "Two to four people, places or topics" in page.text


def test_those_without_dated_articles_have_no_chart(client):
    make_article("Undated", about=[make_person("Ada")], published_on=None)
    make_person("Nobody")
    page = read(client, "/compare/?people=ada&people=nobody")
    assert "No article about these has a date" in page.text
    assert "1 article" in page.text


def test_one_without_articles_is_a_line_at_nothing(client, archive):
    make_topic("silence")
    tree = read_tree(client, "/compare/?people=ada-moreau&topics=silence")
    assert set(table_columns(tree)[1].values()) == {0}
    assert shared(tree) == {"Ada Moreau + silence": 0}


@pytest.mark.parametrize(
    "parameters",
    [
        "people=nobody",
        "places=ada-moreau",
        "people=none",
        "people=ada-moreau&year=x",
        "people=ada-moreau&from=2024-02-02&to=2024-01-01",
        "name=%00",
        "name=" + "x" * 300,
        "&".join(f"people=person-{number}" for number in range(5)),
        "&".join(f"people=p{number}" for number in range(99)),
    ],
)
def test_a_bad_address_shows_a_message_and_no_numbers(client, archive, parameters):
    for number in range(5):
        make_person(f"Person {number}")
    page = read(client, f"/compare/?{parameters}")
    assert page.status == 400
    assert "Articles over time" not in page.text
    assert "/compare/" in page.addresses


def test_too_many_are_cut_on_the_way_out(client):
    for number in range(5):
        make_person(f"Person {number}")
    page = read(client, "/compare/?" + "&".join(f"people=person-{number}" for number in range(5)))
    assert "5 are chosen, and at most 4 can be compared" in page.text
    assert read(client, page.links["Go on without it"]).status == 200


def test_a_fifth_cannot_be_typed(client):
    for number in range(5):
        make_person(f"Person {number}")
    address = "/compare/?" + "&".join(f"people=person-{number}" for number in range(4))
    page = read(client, address + "&name=person+4")
    assert page.status == 200
    assert "Take one out to add another" in page.text


def test_drafts_are_not_counted(client):
    ada, bo = make_person("Ada"), make_person("Bo")
    make_article("Draft", status="draft", about=[ada, bo])
    make_article("Public", about=[ada])
    tree = read_tree(client, "/compare/?people=ada&people=bo")
    assert shared(tree) == {"Ada + Bo": 0}
    assert [text_of(item) for item in tree.xpath("//a[@class='count']")] == ["1 article", "0 articles"]


def test_queries_do_not_grow_with_the_articles(client, archive):
    few = count_queries(client, PAIR)
    ada = Person.objects.get(name="Ada Moreau")
    for number in range(20):
        make_article(f"Story {number}", about=[ada], published_on=datetime.date(1990 + number, 1, 1))
    assert count_queries(client, PAIR) == few
