"""Reading articles through the API: the same questions and answers as on the pages, to the very end."""

import datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.filters import ArticleFilterSet
from articles.models import Article

from .api import ARTICLES, faults, make_editor, read_json, read_problem, token_of
from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries, read

pytestmark = pytest.mark.django_db


def headlines(answer: dict) -> list[str]:
    return [article["headline"] for article in answer["results"]]


def walk(client, address: str) -> list[str]:
    """All headlines, following `next` from page to page."""
    found = []
    while address:
        answer = read_json(client, address)
        found += headlines(answer)
        address = answer["next"]
    return found


def walk_by_cursor(client, address: str) -> list[str]:
    answer = read_json(client, address)
    found = headlines(answer)
    while answer["cursor"]:
        answer = read_json(client, f"{address}&cursor={answer['cursor']}")
        found += headlines(answer)
    return found


def make_days(number: int, **fields) -> list[str]:
    """That many articles on as many days; their headlines, newest first."""
    for day in range(number):
        make_article(f"Day {day}", published_on=datetime.date(2024, 1, 1) + datetime.timedelta(day), **fields)
    return [f"Day {day}" for day in reversed(range(number))]


def test_the_list_says_how_many_there_are_and_shows_the_newest(client):
    expected = make_days(25)
    answer = read_json(client, ARTICLES)
    assert (answer["total"], answer["page"], answer["pages"], answer["size"]) == (25, 1, 2, 20)
    assert headlines(answer) == expected[:20]


def test_an_article_says_what_is_known_of_it(client):
    ada = make_person("Ada Moreau", wikidata_id="Q7259")
    rafah = make_place("Rafah", kind="city", country_code="PS", geonames_id=281102)
    rain = make_topic("rain", iptc_code="medtop:20000000")
    source = make_source("The Daily Test")
    make_article("Story", about=[ada, rafah, rain], source=source, language="en", rights="CC BY", version=2)
    (article,) = read_json(client, ARTICLES)["results"]
    assert article["url"] == "http://testserver/articles/story/"
    assert article["api_url"] == "http://testserver/api/v1/articles/story/"
    assert (article["published_on"], article["language"]) == ("2024-03-21", "en")
    assert (article["rights"], article["version"]) == ("CC BY", 2)
    assert article["source"]["url"] == "http://testserver/articles/?source=the-daily-test"
    assert article["people"][0] == {
        "id": ada.pk,
        "slug": "ada-moreau",
        "name": "Ada Moreau",
        "url": "http://testserver/people/ada-moreau/",
        "api_url": "http://testserver/api/v1/people/ada-moreau/",
        "wikidata_id": "Q7259",
        "mentions": 0,
    }
    assert (article["places"][0]["geonames_id"], article["places"][0]["country_code"]) == (281102, "PS")
    assert article["topics"][0]["iptc_code"] == "medtop:20000000"


def test_an_article_without_anything_holds_empty_texts_and_nulls(client):
    make_article("Story", published_on=None)
    (article,) = read_json(client, ARTICLES)["results"]
    assert (article["source"], article["published_on"], article["version"]) == (None, None, None)
    assert (article["language"], article["people"]) == ("", [])


def test_only_published_articles_and_accepted_links_are_public(client):
    story = make_article("Story")
    link(story, make_person("Suggested"), status="suggested")
    link(story, make_person("Rejected"), status="rejected")
    for status in ("draft", "withdrawn"):
        make_article(f"Secret {status}", status=status)
    answer = read_json(client, f"{ARTICLES}?facets=people")
    assert headlines(answer) == ["Story"]
    assert answer["results"][0]["people"] == []
    assert [value["value"] for value in answer["facets"]["people"]] == ["none"]
    for status in ("draft", "withdrawn"):
        assert client.get(f"{ARTICLES}secret-{status}/").status_code == 404


def test_whoever_may_view_articles_in_the_admin_reads_unpublished_ones(client):
    make_article("Secret", status="draft")
    editor, other = make_editor("view_article"), make_editor("view_person")
    assert read_json(client, f"{ARTICLES}secret/", **token_of(editor))["status"] == "draft"
    assert client.get(f"{ARTICLES}secret/", headers=token_of(other)).status_code == 404


def test_the_text_comes_when_it_is_asked_for(client):
    make_article("Story", body="Water rose.")
    assert "body" not in read_json(client, ARTICLES)["results"][0]
    assert read_json(client, f"{ARTICLES}?expand=body")["results"][0]["body"] == "Water rose."
    assert read_json(client, f"{ARTICLES}story/")["body"] == "Water rose."


def test_fields_are_chosen_and_left_out(client):
    make_article("Story")
    assert read_json(client, f"{ARTICLES}?fields=headline,body")["results"] == [
        {"headline": "Story", "body": "Nothing happened. Everybody went home."}
    ]
    assert read_json(client, f"{ARTICLES}story/?fields=slug&fields=id").keys() == {"id", "slug"}
    left = read_json(client, f"{ARTICLES}story/?omit=people,body")
    assert "people" not in left
    assert "headline" in left


def test_facets_are_counted_when_they_are_asked_for(client):
    ada, bo = make_person("Ada"), make_person("Bo")
    make_article("One", about=[ada])
    make_article("Two", about=[ada, bo])
    make_article("Three")
    answer = read_json(client, f"{ARTICLES}?facets=people,year&facet_size=1")
    assert answer["facets"]["people"] == [
        {"value": "ada", "label": "Ada", "count": 2},
        {"value": "none", "label": "No person", "count": 1},
    ]
    assert answer["facets"]["year"] == [{"value": "2024", "label": "2024", "count": 3}]
    assert read_json(client, ARTICLES)["facets"] == {}


def test_what_was_not_understood_and_better_spellings_are_said(client):
    make_article("Earthquake")
    answer = read_json(client, f"{ARTICLES}?q=earthqake")
    assert answer["suggestion"] == "earthquake"
    notes = read_json(client, f"{ARTICLES}?q=(earthquake")["notes"]
    assert notes[0]["position"] == 1
    assert notes[0]["message"]


def test_another_spelling_is_proposed(client):
    for number in range(6):
        make_article(f"Storm {number}")
    assert read_json(client, f"{ARTICLES}?q=storn")["suggestion"] == "storm"


@pytest.mark.parametrize("parameters", ["", "&sort=oldest", "&q=day", "&q=day&sort=newest"])
def test_any_result_is_read_to_its_end(client, parameters):
    make_days(11)
    make_article("Day of no date", published_on=None)
    address = f"{ARTICLES}?size=4{parameters}"
    by_page = walk(client, address)
    assert len(by_page) == len(set(by_page)) == 12
    assert walk_by_cursor(client, address) == by_page


def test_a_cursor_leads_on_where_articles_came_meanwhile(client):
    expected = make_days(6)
    answer = read_json(client, f"{ARTICLES}?size=3")
    make_article("Just in", published_on=datetime.date(2025, 1, 1))
    following = read_json(client, f"{ARTICLES}?size=3&cursor={answer['cursor']}")
    assert headlines(following) == expected[3:]
    assert (following["total"], following["page"], following["cursor"], following["next"]) == (7, None, None, None)


def test_next_goes_on_by_cursor_where_a_cursor_was_given(client):
    expected = make_days(6)
    cursor = read_json(client, f"{ARTICLES}?size=2&fields=headline")["cursor"]
    assert walk(client, f"{ARTICLES}?size=2&fields=headline&cursor={cursor}") == expected[2:]


def test_a_page_behind_the_last_is_not_found(client):
    make_days(3)
    problem = read_problem(client.get(f"{ARTICLES}?size=2&page=3"))
    assert (problem["status"], problem["detail"]) == (404, "There is no page 3: the last one is page 2.")


def test_an_empty_result_has_one_empty_page(client):
    answer = read_json(client, f"{ARTICLES}?q=nothing")
    assert (answer["total"], answer["pages"], answer["results"], answer["cursor"]) == (0, 1, [], None)


@pytest.mark.parametrize(
    ("parameters", "name", "reason"),
    [
        ("people=nobody", "people", "called “nobody”"),
        ("sort=best", "sort", "“best” is not a way to sort"),
        ("from=yesterday", "from", "is not a date"),
        ("from=2024-02-01&to=2024-01-01", "to", "lies after"),
        ("people_match=none", "people_match", "Use any or all"),
        ("page=0", "page", "greater than or equal to 1"),
        ("page=two", "page", "whole number"),
        ("size=101", "size", "less than or equal to 100"),
        ("fields=headline,title", "fields", "Not known: title."),
        ("omit=title", "omit", "Not known: title."),
        ("facets=persons", "facets", "Not known: persons."),
        ("facet_size=0&facets=people", "facet_size", "greater than or equal to 1"),
        ("cursor=x", "cursor", "no cursor"),
        ("cursor=oldest.k12", "cursor", "sort=oldest"),
        ("cursor=newest.k12&page=2", "cursor", "not both"),
        ("person=ada", "person", "There is no such parameter here."),
        ("q=%00", "q", "Null characters"),
        ("q=" + "x" * 501, "q", "too long"),
    ],
)
def test_each_bad_parameter_is_named(client, parameters, name, reason):
    assert reason in faults(client.get(f"{ARTICLES}?{parameters}"))[name]


def test_the_details_of_a_problem_name_the_parameter(client):
    problem = read_problem(client.get(f"{ARTICLES}?person=ada"))
    assert problem["detail"] == "person: There is no such parameter here."


def test_all_bad_parameters_are_named_at_once(client):
    assert faults(client.get(f"{ARTICLES}?page=x&sort=y&z=1")).keys() == {"page", "sort", "z"}


def test_cursors_that_nobody_gave_do_no_harm(client):
    make_days(3)
    for cursor in ("newest.k0", "newest.k99999999999999999999", "newest.o99999999999999999999"):
        assert client.get(f"{ARTICLES}?cursor={cursor}").status_code == 200
    for cursor in ("relevance.k12", "relevance.o99999999999999999999"):
        assert client.get(f"{ARTICLES}?q=day&cursor={cursor}").status_code == 200


def test_a_former_slug_leads_to_the_new_address_for_good(client):
    article = make_article("Story")
    article.slug = "better"
    article.save()
    response = client.get(f"{ARTICLES}story/?fields=headline")
    assert response.status_code == 301
    assert response.headers["Location"] == "http://testserver/api/v1/articles/better/?fields=headline"


def test_a_former_slug_of_an_unpublished_article_leads_nowhere(client):
    article = make_article("Story", status="draft")
    article.slug = "better"
    article.save()
    assert client.get(f"{ARTICLES}story/").status_code == 404


def make_archive(size: int) -> None:
    """`size` articles, each with a source, and a person, a place and a topic of its own below common ones."""
    world, root = make_place("World"), make_topic("everything")
    for number in range(size):
        about = [
            make_person(f"Person {number}"),
            make_place(f"Place {number}", parent=world),
            make_topic(f"topic {number}", parent=root),
        ]
        make_article(f"Story {number}", about=about, source=make_source(f"Paper {number}"), language="en")


@pytest.mark.parametrize(
    "parameters", ["", "&facets=people,places,topics,source,language,year", "&expand=body&q=story", "&fields=headline"]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(client, parameters):
    make_archive(12)
    address = f"{ARTICLES}?size={{}}{parameters}"
    assert count_queries(client, address.format(2)) == count_queries(client, address.format(12))


def test_fewer_fields_take_fewer_queries(client):
    make_archive(3)
    assert count_queries(client, f"{ARTICLES}?fields=headline") < count_queries(client, ARTICLES)


SLUGS = {
    "people": ["ada", "bo", "none"],
    "places": ["world", "town", "none"],
    "topics": ["weather", "rain", "none"],
    "source": ["paper", "none"],
    "language": ["en", "fr", "none"],
    "year": ["2023", "2024", "none"],
}


@st.composite
def questions(draw) -> str:
    """Parameters as the pages take them, any of them."""
    pairs = []
    for facet, slugs in SLUGS.items():
        pairs += [(facet, slug) for slug in draw(st.lists(st.sampled_from(slugs), max_size=2, unique=True))]
        pairs += [(f"not_{facet}", slug) for slug in draw(st.lists(st.sampled_from(slugs), max_size=1))]
        if draw(st.booleans()):
            pairs.append((f"{facet}_match", draw(st.sampled_from(["any", "all"]))))
    pairs += [("q", words) for words in draw(st.lists(st.sampled_from(["story", "-two", '"story one"']), max_size=1))]
    pairs += [("from", "2023-06-01")] if draw(st.booleans()) else []
    pairs += [("sort", draw(st.sampled_from(["newest", "oldest", "relevance"])))] if draw(st.booleans()) else []
    return "&".join(f"{name}={value}" for name, value in pairs)


@pytest.fixture
def mixed_archive():
    ada, bo = make_person("Ada"), make_person("Bo")
    world = make_place("World")
    town = make_place("Town", parent=world)
    weather = make_topic("weather")
    rain = make_topic("rain", parent=weather)
    paper = make_source("Paper")
    day, other = datetime.date(2023, 5, 1), datetime.date(2024, 2, 2)
    make_article("Story one", about=[ada, town], source=paper, language="en", published_on=day)
    make_article("Story two", about=[ada, bo, rain], language="fr", published_on=other)
    make_article("Story three", about=[world, weather, rain], source=paper, published_on=None)
    make_article("Other", about=[bo], language="en", published_on=other)
    make_article("Story", published_on=other)
    return SLUGS


@pytest.mark.usefixtures("mixed_archive")
@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(parameters=questions())
def test_the_api_answers_as_the_page_does(client, parameters):
    page = read(client, f"/articles/?{parameters}")
    answer = read_json(client, f"{ARTICLES}?{parameters}")
    assert headlines(answer) == page.headlines()
    assert f"{answer['total']} article" in page.text


def test_the_api_takes_every_parameter_of_the_page(client):
    make_article("Story")
    valid = {"sort": "newest", "from": "2024-01-01", "to": "2024-12-31", "year": "2024", "not_year": "2023"}
    for name in ArticleFilterSet().filters:
        value = valid.get(name, "any" if name.endswith("_match") else "none")
        assert client.get(f"{ARTICLES}?{name}={value}").status_code == 200, name


def test_a_withdrawn_article_is_gone_at_once(client):
    article = make_article("Story")
    assert read_json(client, ARTICLES)["total"] == 1
    Article.objects.filter(pk=article.pk).update(status="withdrawn")
    assert read_json(client, ARTICLES)["total"] == 0
