"""ArticleFilterSet: parameters of an address become one ArticleQuery, or sentences that say what is wrong."""

import datetime

import pytest
from django.http import QueryDict

from articles.filters import MAX_VALUES, ArticleFilterSet
from articles.search import NONE, FacetChoice

from .factories import make_person, make_source, make_topic

pytestmark = pytest.mark.django_db


def filters(parameters: str) -> ArticleFilterSet:
    return ArticleFilterSet(QueryDict(parameters))


def query(parameters: str):
    filterset = filters(parameters)
    assert filterset.is_valid(), filterset.problems()
    return filterset.article_query()


def problems(parameters: str) -> list[str]:
    filterset = filters(parameters)
    assert not filterset.is_valid()
    return filterset.problems()


def test_no_parameters_ask_for_everything_newest_first():
    asked = query("")
    assert (asked.words, dict(asked.facets), asked.sort) == ("", {}, "newest")


def test_words_are_sorted_by_relevance_unless_said_otherwise():
    assert query("q=flood").sort == "relevance"
    assert query("q=flood&sort=oldest").sort == "oldest"


def test_values_of_a_facet_become_the_ids_in_the_index():
    ada, bo = make_person("Ada"), make_person("Bo")
    assert query("people=ada&people=bo").facets["people"] == FacetChoice((ada.pk, bo.pk))


def test_match_all_and_exclusions_reach_the_query():
    rain, snow = make_topic("rain"), make_topic("snow")
    asked = query("topics=rain&topics_match=all&not_topics=snow")
    assert asked.facets["topics"] == FacetChoice((rain.pk,), match_all=True, excluded=(snow.pk,))


def test_none_is_a_value_of_every_facet():
    asked = query("people=none&places=none&topics=none&source=none&language=none&year=none")
    assert all(choice.values == (NONE,) for choice in asked.facets.values())
    assert len(asked.facets) == 6


def test_none_can_be_excluded():
    assert query("not_year=none").facets["year"].excluded == (NONE,)


def test_years_languages_and_days_need_no_rows():
    asked = query("year=2024&language=en&from=2024-01-01&to=2024-12-31")
    assert asked.facets["year"].values == (2024,)
    assert asked.facets["language"].values == ("en",)
    assert (asked.first_day, asked.last_day) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


def test_empty_parameters_say_nothing():
    assert query("q=&people=&from=&to=&sort=&people_match=") == query("")


def test_a_facet_is_resolved_with_one_query(django_assert_num_queries):
    for number in range(20):
        make_source(f"Paper {number}")
    with django_assert_num_queries(1):
        query("&".join(f"source=paper-{number}" for number in range(20)))


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("people=nobody", "Nothing under “People” is called “nobody”."),
        ("not_places=nowhere", "Nothing under “Places” is called “nowhere”."),
        ("year=twenty", "Nothing under “Year” is called “twenty”."),
        ("year=0", "Nothing under “Year” is called “0”."),
        ("not_year=0000", "Nothing under “Year” is called “0000”."),
        ("language=0", "Nothing under “Language” is called “0”."),
        ("from=2024-13-01", "The first day (from) is not a date."),
        ("to=yesterday", "The last day (to) is not a date."),
        ("from=2024-02-01&to=2024-01-01", "The first day (from) lies after the last day (to)."),
        ("sort=best", "“best” is not a way to sort."),
        ("people_match=some", "“some” is not a way to combine values."),
        ("q=" + "x" * 501, "The words are too long"),
        ("q=a%00b", "Null characters are not allowed."),
        ("people=%00", "Nothing under “People” is called “�”."),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(parameters, sentence):
    assert sentence in problems(parameters)[0]


def test_lone_surrogates_are_refused_rather_than_searched_for():
    assert ArticleFilterSet({"q": "a\ud800"}).problems()
    assert ArticleFilterSet({"people": ["\ud800"]}).problems()


def test_more_values_than_the_limit_are_refused():
    asked = "&".join(f"year={year}" for year in range(1900, 1900 + MAX_VALUES + 1))
    assert "The most is 50." in problems(asked)[0]


def test_many_unknown_values_give_a_few_messages_only():
    assert len(problems("&".join(f"people=x{number}" for number in range(40)))) == 5


def test_the_good_part_of_a_bad_address_is_kept():
    make_person("Ada")
    assert filters("people=ada&from=never&q=flood").parameters() == [("q", "flood"), ("people", "ada")]


def test_parameters_say_the_same_again():
    make_person("Ada")
    parameters = "q=flood&people=ada&people_match=all&not_year=2020&from=2001-02-03&sort=newest"
    filterset = filters(parameters)
    assert "&".join(f"{name}={value}" for name, value in filterset.parameters()) == parameters


def test_the_rows_of_the_database_are_never_returned_unfiltered():
    with pytest.raises(NotImplementedError):
        _ = filters("").qs
