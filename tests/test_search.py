"""What a question to the archive finds, and in which order. The language of the words: test_search_language.py."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Person
from articles.search import NONE, ArticleQuery, FacetChoice, catch_up, search, totals
from articles.search.schema import sort_keys
from tests.factories import make_article, make_person, make_source

pytestmark = pytest.mark.django_db
MARCH_1, MARCH_2 = datetime.date(2024, 3, 1), datetime.date(2024, 3, 2)
DAY = datetime.timedelta(days=1)


def headlines(words="", **query) -> list[str]:
    page = search(ArticleQuery(words=words, **query), limit=1_000)
    found = [article.headline for article in Article.objects.in_order(page.ids)]
    assert page.total == len(found)
    return found


def test_all_words_must_be_there_somewhere():
    make_article("Flood", body="in the harbour")
    make_article("Flood", summary="on the railway")
    assert len(headlines("flood")) == 2
    assert len(headlines("flood harbour")) == 1
    assert headlines("flood desert") == []


def test_words_of_articles_that_are_not_published_are_found_only_where_these_are_asked_for():
    make_article("Flood in the harbour")
    make_article("Flood in the drawer", status="draft")
    assert headlines("flood") == headlines("floo*") == headlines("headline:flood") == ["Flood in the harbour"]
    assert headlines("flood OR drawer") == headlines('"flood in"') == headlines("-drawer") == ["Flood in the harbour"]
    assert (
        headlines("flood", statuses=("draft",)) == headlines("-harbour", statuses=("draft",)) == ["Flood in the drawer"]
    )
    everything = ("draft", "published", "withdrawn")
    assert len(headlines("flood", statuses=everything)) == len(headlines("floo*", statuses=everything)) == 2
    assert headlines("-harbour", statuses=everything) == ["Flood in the drawer"]


def test_words_of_drafts_are_no_suggestion():
    for number in range(3):
        make_article(f"Earthquake {number}", status="draft")
    assert search(ArticleQuery(words="earthqauke"), with_suggestion=True).suggestion is None
    assert search(ArticleQuery(words="earthqauke", statuses=("draft",))).total == 0


def test_a_name_is_looked_up_once_for_a_page_and_once_for_several_totals(client):
    """Among the names, then among the other names; neither for another spelling again, nor for what is marked."""
    ada = make_person("Ada Moreau")
    make_article("Flod", about=[ada])
    for number in range(5):
        make_article(f"Flood {number}", about=[ada])
    client.get("/articles/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/articles/", {"q": "flod person:ada person:ada"}).content.decode()
        totals([ArticleQuery(words="person:adam", sort=sort) for sort in ("newest", "oldest")])
    assert "q=flood" in page
    assert len([query for query in queries if "folded_name" in query["sql"].partition("WHERE")[2]]) == 2 + 2


def test_the_database_hands_out_hardly_more_names_than_have_the_words():
    ada = make_person("Ada A. Moreau", aliases=["Łucja A-Moreau", "Adam"])
    make_person("Maria")
    assert Person.objects.names_with_words("a") == [(ada.pk, "ada a. moreau"), (ada.pk, "lucja a-moreau")]


@pytest.mark.parametrize("name", ["O'Neill (jr.)", "[a]", "A+B", "C\\d", "^x$", "Ж. Б", "a|b", "#~&1"])
def test_a_name_is_found_whatever_characters_it_has(name):
    make_article("Flood", about=[make_person(f"Sir {name} II")])
    assert headlines(f'person:"{name}"') == ["Flood"]


def test_a_phrase_is_found_in_its_order_only():
    make_article("Prime minister resigns")
    make_article("Minister in prime time")
    assert headlines('"prime minister"') == ["Prime minister resigns"]


@pytest.mark.parametrize(
    "words", ["“prime minister”", "„prime minister“", "«prime minister»", "headline:“prime minister”"]
)
def test_quotation_marks_of_phones_and_other_languages_make_phrases_too(words):
    make_article("Prime minister resigns")
    make_article("Minister in prime time")
    assert headlines(words) == ["Prime minister resigns"]


def test_excluded_words_and_phrases_exclude():
    make_article("Flood in the harbour")
    make_article("Flood in the old town")
    assert headlines("flood -harbour") == ["Flood in the old town"]
    assert headlines('flood -"old town"') == ["Flood in the harbour"]
    assert headlines("-harbour") == ["Flood in the old town"]


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "Cafés", "cafe\u0301"])
def test_accents_case_and_endings_do_not_matter(words):
    make_article("A café opens")
    assert headlines(words) == ["A café opens"]


def test_stems_are_the_same_in_texts_and_questions():
    make_article("Negotiators negotiating")
    assert len(headlines("negotiate")) == len(headlines("negotiated")) == 1


@pytest.mark.parametrize("words", ["U.S.", "u.s", '"U.S."', "U S"])
def test_an_abbreviation_is_found_as_it_is_written(words):
    make_article("U.S. envoy arrives")
    make_article("Tell us more")
    assert headlines(words) == ["U.S. envoy arrives"]


@pytest.mark.parametrize("words", ["", "   ", "...", "- — !", '""', '"', "-", "«»", "\u200b"])
def test_words_without_a_letter_ask_for_everything(words):
    make_article("One")
    make_article("Two")
    assert headlines(words) == ["Two", "One"]


def test_newest_and_oldest_first_and_the_undated_last_in_both():
    make_article("Undated first", published_on=None)
    make_article("Second of March", published_on=MARCH_2)
    make_article("First of March", published_on=MARCH_1)
    make_article("Undated last", published_on=None)
    assert headlines() == ["Second of March", "First of March", "Undated last", "Undated first"]
    assert headlines(sort="oldest") == ["First of March", "Second of March", "Undated last", "Undated first"]


def test_the_exact_time_orders_the_articles_of_a_day():
    evening = datetime.datetime(2024, 3, 1, 20, 0, tzinfo=datetime.UTC)
    morning = datetime.datetime(2024, 3, 1, 8, 0, tzinfo=datetime.UTC)
    make_article("Evening", published_on=MARCH_1, published_at=evening)
    make_article("Morning", published_on=MARCH_1, published_at=morning)
    make_article("Some time", published_on=MARCH_1)
    assert headlines() == ["Evening", "Morning", "Some time"]
    assert headlines(sort="oldest") == ["Some time", "Morning", "Evening"]


def test_the_order_of_equals_does_not_depend_on_when_they_were_indexed():
    articles = [make_article(f"Article {number}") for number in range(5)]
    before = {sort: headlines(sort=sort) for sort in ("newest", "oldest")}
    for article in (articles[1], articles[3]):
        article.save()
        catch_up()
    assert {sort: headlines(sort=sort) for sort in ("newest", "oldest")} == before


def test_the_earliest_and_latest_days_sort_by_day():
    days = [
        datetime.date(1400, 1, 1),
        datetime.date(1969, 12, 31),
        datetime.date(1970, 1, 1),
        datetime.date(2199, 12, 31),
    ]
    for day in days:
        make_article(str(day), published_on=day)
    assert headlines(sort="oldest") == [str(day) for day in days]
    assert headlines() == [str(day) for day in reversed(days)]


@pytest.mark.parametrize("offset", [-12, -5, 0, 3, 14])
def test_articles_of_a_day_are_in_the_order_of_their_times_wherever_it_was_that_day(offset):
    """In New York and Tokyo, a part of the day is the day before or after in UTC."""
    zone = datetime.timezone(datetime.timedelta(hours=offset))
    for hour in (0, 23, 12, 5, 19):
        time = datetime.datetime(2024, 3, 1, hour, 30, tzinfo=zone)
        make_article(f"{hour}:30", published_on=MARCH_1, published_at=time.astimezone(datetime.UTC))
    make_article("No time", published_on=MARCH_1)
    in_order = ["No time", "0:30", "5:30", "12:30", "19:30", "23:30"]
    assert headlines(sort="oldest") == in_order
    assert headlines() == in_order[::-1]


def test_a_time_of_another_day_sorts_within_the_day_that_is_printed():
    later = datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC)
    make_article("Before", published_on=MARCH_1)
    make_article("Odd", published_on=MARCH_1, published_at=later)
    make_article("Odder", published_on=MARCH_2, published_at=later - 9_999 * DAY)
    make_article("After", published_on=MARCH_2 + DAY)
    assert headlines() == ["After", "Odder", "Odd", "Before"]


def test_sort_keys_fit_into_64_bits_and_order_ids_as_large_as_a_billion():
    last = datetime.date(2199, 12, 31)
    night = datetime.datetime(2199, 12, 31, 23, 59, tzinfo=datetime.UTC)
    assert all(0 <= key < 1 << 63 for key in sort_keys(1_000_000_000, last, night))
    assert sort_keys(1_000_000_000, last, night) > sort_keys(999_999_999, last, night)
    assert sort_keys(1, MARCH_1, None)[0] > sort_keys(1_000_000_000, None, None)[0]


def test_relevance_prefers_the_headline_and_frequent_words():
    make_article("Nothing new", body="The harbour, and a great many other things that happened on the day.")
    make_article("All about the harbour", body="And a great many other things that happened on the day.")
    make_article("Nothing", body="harbour harbour harbour harbour harbour")
    found = headlines("harbour", sort="relevance")
    assert found[-1] == "Nothing new"
    assert found.index("All about the harbour") < found.index("Nothing new")


def test_filters_do_not_change_the_order_by_relevance():
    person, source = make_person(), make_source()
    for number in range(6):
        make_article(f"Harbour {'harbour ' * number}", body="word " * number, about=[person], source=source)
    filtered = {"facets": {"people": FacetChoice((person.pk,)), "source": FacetChoice((source.pk,))}}
    assert headlines("harbour", sort="relevance", **filtered) == headlines("harbour", sort="relevance")


def test_relevance_without_words_is_newest_first():
    make_article("Old", published_on=MARCH_1)
    make_article("New", published_on=MARCH_2)
    assert headlines(sort="relevance") == headlines("-zebra", sort="relevance") == ["New", "Old"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
def test_pages_have_every_article_exactly_once(sort):
    for part in range(4):
        Article.objects.bulk_create(
            Article(headline="Flood", slug=f"flood-{part}-{number}", published_on=MARCH_1 if number % 3 else None)
            for number in range(25)
        )
        catch_up() if part else search(ArticleQuery())  # each part is a segment of the index
    query = ArticleQuery(words="flood", sort=sort)
    ids = [id for offset in range(0, 120, 7) for id in search(query, offset=offset, limit=7).ids]
    assert sorted(ids) == sorted(Article.objects.values_list("pk", flat=True))


def test_a_page_beyond_the_last_is_empty_and_knows_the_total():
    make_article()
    page = search(ArticleQuery(), offset=10_000_000, limit=20)
    assert (page.ids, page.total) == ([], 1)


def test_no_articles_are_fetched_where_none_are_wanted():
    make_article()
    page = search(ArticleQuery(), limit=0)
    assert (page.ids, page.total) == ([], 1)


def test_days_are_included_at_both_ends():
    for number in range(4):
        make_article(f"Day {number}", published_on=MARCH_1 + number * DAY)
    make_article("Undated", published_on=None)
    assert headlines(first_day=MARCH_1 + DAY, last_day=MARCH_1 + 2 * DAY) == ["Day 2", "Day 1"]
    assert headlines(first_day=MARCH_1 + 3 * DAY) == ["Day 3"]
    assert headlines(last_day=MARCH_1) == ["Day 0"]
    assert headlines(first_day=MARCH_2, last_day=MARCH_1) == []


def test_drafts_and_withdrawn_articles_are_found_only_if_asked_for():
    for status in ("draft", "published", "withdrawn"):
        make_article(status, status=status)
    assert headlines() == ["published"]
    assert headlines(statuses=("draft",)) == ["draft"]
    assert sorted(headlines(statuses=("draft", "withdrawn"))) == ["draft", "withdrawn"]
    assert headlines(statuses=()) == []


def test_values_of_a_facet_mean_any_or_all_of_them():
    ada, ben = make_person("Ada Moreau"), make_person("Ben Oduya")
    make_article("Ada", about=[ada])
    make_article("Ben", about=[ben])
    make_article("Both", about=[ada, ben])
    make_article("Nobody")
    both = (ada.pk, ben.pk)
    assert headlines(facets={"people": FacetChoice(both)}) == ["Both", "Ben", "Ada"]
    assert headlines(facets={"people": FacetChoice(both, match_all=True)}) == ["Both"]
    assert headlines(facets={"people": FacetChoice((ada.pk,), excluded=(ben.pk,))}) == ["Ada"]
    assert headlines(facets={"people": FacetChoice((NONE,))}) == ["Nobody"]
    assert headlines(facets={"people": FacetChoice(excluded=(NONE, ben.pk))}) == ["Ada"]


def test_a_language_is_found_as_it_is_written():
    make_article("Lisbon", language="pt-BR")
    make_article("London", language="en")
    make_article("Nowhere", language="")
    assert headlines(facets={"language": FacetChoice(("pt-BR",))}) == ["Lisbon"]
    assert headlines(facets={"language": FacetChoice((NONE,))}) == ["Nowhere"]
    assert headlines(facets={"language": FacetChoice(("pt",))}) == []


def test_periods_are_counted_exactly_and_without_the_undated():
    for day in (MARCH_1, MARCH_1, MARCH_2, datetime.date(2023, 1, 1), None):
        make_article(published_on=day)
    years = search(ArticleQuery(), limit=0, with_periods=True).periods
    assert [(period.first.year, period.count) for period in years] == [(2023, 1), (2024, 3)]
    days = search(ArticleQuery(first_day=MARCH_1, last_day=MARCH_2), limit=0, with_periods=True).periods
    assert [(period.first, period.count) for period in days] == [(MARCH_1, 2), (MARCH_2, 1)]


def test_totals_answer_several_questions():
    make_article("Flood")
    make_article("Strike")
    search(ArticleQuery())
    assert totals([ArticleQuery(), ArticleQuery(words="flood"), ArticleQuery(words="zebra")]) == [2, 1, 0]


def test_a_search_costs_the_database_the_same_few_queries_for_any_number_of_articles(django_assert_max_num_queries):
    for number in range(30):
        make_article(f"Flood {number}")
    search(ArticleQuery())
    with django_assert_max_num_queries(2):
        search(ArticleQuery(words="flood"), facets={"people": 10, "places": 10})


def test_indexing_costs_the_database_the_same_queries_for_any_number_of_articles(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(articles: int) -> int:
        person = make_person(f"Person {articles}")
        for number in range(articles):
            make_article(f"Flood {number}", about=[person])
        with CaptureQueriesContext(connection) as queries:
            catch_up()
        return len(queries)

    search(ArticleQuery())
    assert cost(2) == cost(40)
