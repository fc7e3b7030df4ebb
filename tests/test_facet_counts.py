"""Counts are exact, always: the index is held against a naive count of the rows."""

import datetime
import random

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.models import SUBJECT_KINDS, Article, IndexChange, Person, Place, Source, Topic
from articles.search import NONE, ArticleQuery, FacetChoice, count_values, files, rebuild, search
from articles.search.documents import as_document
from tests.factories import link, make_article, make_person, make_place
from tests.naive_search import FACETS, NaiveSearch

CASES = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
FIRST_DAY, LAST_DAY = datetime.date(2019, 12, 1), datetime.date(2024, 2, 1)
ALL = dict.fromkeys(FACETS, 10_000)
WORDS = ("harbour", "strike", "flood", "election", "bridge", "market")
NOBODY = 999_999_999


def make_random_archive(articles=120, people=30, seed=7) -> None:
    """Articles of every status with and without a date, a source and links; links of every status; trees."""
    chance = random.Random(seed)
    Person.objects.bulk_create(Person(name=f"Person {n}", slug=f"person-{n}") for n in range(people))
    Source.objects.bulk_create(Source(name=f"Source {n}", slug=f"source-{n}") for n in range(5))
    for model in (Place, Topic):
        _grow_tree(model, 25, chance)
    sources = [None, *Source.objects.order_by("pk")]
    Article.objects.bulk_create(_random_article(n, chance, sources) for n in range(articles))
    for kind in SUBJECT_KINDS.values():
        subjects = list(kind.model.objects.order_by("pk"))
        kind.link.objects.bulk_create(
            kind.link(
                article=article,
                subject=subject,
                status=chance.choice(["accepted", "accepted", "accepted", "suggested", "rejected"]),
            )
            for article in Article.objects.order_by("pk")
            for subject in chance.sample(subjects, chance.choice([0, 0, 1, 2, 5]))
        )


def _grow_tree(model, size, chance) -> None:
    """Each node below one of those before it, or a root."""
    rows = []
    for number in range(size):
        name = f"{model.__name__} {number}"
        rows.append(model.objects.create(name=name, parent=chance.choice([None, *rows[-6:]])))


def _random_article(number, chance, sources) -> Article:
    day = FIRST_DAY + datetime.timedelta(days=chance.randrange(1_500))
    minute = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC) + datetime.timedelta(minutes=number)
    return Article(
        slug=f"article-{number}",
        headline=" ".join(chance.sample(WORDS, 2)),
        body=" ".join(chance.choices(WORDS, k=5)),
        status=chance.choice(["published"] * 5 + ["draft", "withdrawn"]),
        published_on=chance.choice([None, day, day, day, FIRST_DAY]),
        published_at=chance.choice([None, minute]),
        language=chance.choice(["", "en", "en", "fr", "pt-BR"]),
        source=chance.choice(sources),
    )


def queries(naive: NaiveSearch) -> st.SearchStrategy[ArticleQuery]:
    day = st.none() | st.dates(FIRST_DAY, LAST_DAY)
    return st.builds(
        ArticleQuery,
        words=st.sampled_from(
            ["", "", *WORDS, "harbour strike", '"flood bridge"', "-market", "flood -strike", "zebra"]
        ),
        facets=st.fixed_dictionaries({}, optional={facet: _choices(naive, facet) for facet in FACETS}),
        first_day=day,
        last_day=day,
        sort=st.sampled_from(["newest", "oldest", "relevance"]),
        statuses=st.sampled_from([("published",), ("published",), ("draft",), ("published", "draft", "withdrawn")]),
    )


def _choices(naive: NaiveSearch, facet: str) -> st.SearchStrategy[FacetChoice]:
    unused = "xx" if facet == "language" else 1999 if facet == "year" else NOBODY
    value = st.sampled_from([NONE, unused, *naive.values(facet)])
    values = st.lists(value, max_size=3, unique=True).map(tuple)
    return st.builds(FacetChoice, values=values, match_all=st.booleans(), excluded=values)


def check_answer(naive: NaiveSearch, query: ArticleQuery) -> None:
    """Ids, total and every count are those of the naive count."""
    page = search(query, limit=10_000, facets=ALL)
    ids = naive.ids(query)
    assert page.total == len(ids)
    assert (sorted(page.ids) == sorted(ids)) if query.sort == "relevance" and query.words else (page.ids == ids)
    for facet in FACETS:
        counted = [(count.value, count.count) for count in page.facets[facet]]
        assert len(dict(counted)) == len(counted)
        assert dict(counted) == naive.counts(query, facet), facet


@pytest.mark.django_db
def test_any_combination_of_filters_is_counted_exactly():
    make_random_archive()
    naive = NaiveSearch()

    @CASES
    @given(queries(naive))
    @example(ArticleQuery())
    def check(query):
        check_answer(naive, query)

    check()


@pytest.mark.django_db
def test_a_short_list_has_the_most_frequent_values_and_the_chosen_ones():
    make_random_archive()
    naive = NaiveSearch()

    @CASES
    @given(queries(naive))
    def check(query):
        page = search(query, limit=0, facets=dict.fromkeys(FACETS, 3))
        for facet in FACETS:
            counted = {count.value: count.count for count in page.facets[facet]}
            counts = naive.counts(query, facet)
            assert counted.items() <= counts.items()
            top = sorted((count for count in counts.values() if count), reverse=True)[:3]
            assert sorted(counted.values(), reverse=True)[: len(top)] == top
            assert set(query.facets.get(facet, FacetChoice()).values) <= counted.keys()

    check()


@pytest.mark.django_db
def test_the_sample_archive_is_counted_exactly():
    fixtures = sorted(str(path) for path in (django_settings.BASE_DIR / "fixtures").glob("*.yaml"))
    if not any("articles" in path for path in fixtures):
        pytest.skip("There is no sample archive in fixtures/ yet.")
    call_command("loaddata", *fixtures, verbosity=0)
    naive = NaiveSearch()
    assert len(naive.articles) > 50

    @CASES
    @given(queries(naive))
    @example(ArticleQuery())
    def check(query):
        check_answer(naive, query)

    check()


@pytest.mark.django_db
def test_counts_are_exact_across_the_segments_of_the_index():
    rebuild()  # of nothing: each part of the articles then makes a segment of its own
    make_random_archive(articles=200, people=300)
    IndexChange.objects.all().delete()
    ids = list(Article.objects.values_list("pk", flat=True))
    for part in range(6):
        Article.objects.filter(pk__in=ids[part::6]).update(byline="By a reporter")
        page = search(ArticleQuery(), limit=0, facets=ALL)
    assert files.open_latest().index.searcher().num_segments == 6
    assert len(page.facets["people"]) > 100
    naive = NaiveSearch()
    for sort in ("newest", "oldest"):
        check_answer(naive, ArticleQuery(sort=sort))
        check_answer(naive, ArticleQuery(words="flood -strike", sort=sort))


@pytest.mark.django_db
def test_a_value_that_is_rare_in_each_segment_is_counted_in_full():
    rebuild()
    everywhere = make_person("Everywhere")
    for segment in range(5):
        make_article("About Everywhere", about=[everywhere])
        for number in range(30):
            local = make_person(f"Local {segment} {number}")
            make_article("First", about=[local])
            make_article("Second", about=[local])
        search(ArticleQuery())
    assert files.open_latest().index.searcher().num_segments > 1
    (most_frequent,) = search(ArticleQuery(), limit=0, facets={"people": 1}).facets["people"]
    assert (most_frequent.value, most_frequent.count) == (everywhere.pk, 5)


@pytest.mark.django_db
def test_more_values_than_the_engine_answers_at_once_are_counted_exactly():
    """The national archive: 70,000 people and 70,000 places, some ids far away from the others."""
    _index_synthetic_articles(articles=700, values_each=100)
    people = dict.fromkeys(range(2, 70001), 1) | {1: 701, 5_000_000_001: 1}
    assert count_values("people") == people
    page = search(ArticleQuery(), limit=0, facets={"people": 100_000, "places": 100_000, "year": 100})
    assert {count.value: count.count for count in page.facets["people"]} == people
    assert {count.value: count.count for count in page.facets["places"]} == people
    assert [(count.value, count.count) for count in page.facets["year"]] == [(2024, 701)]
    assert page.facets["people"][0].value == 1
    top = search(ArticleQuery(), limit=0, facets={"people": 66_000}).facets["people"]
    assert (len(top), top[0].count) == (66_000, 701)
    chosen = ArticleQuery(facets={"people": FacetChoice((70_000,), match_all=True)})
    assert len(search(chosen, facets={"people": 100_000}).facets["people"]) == 101


def _index_synthetic_articles(articles: int, values_each: int) -> None:
    """Documents without rows: each with values of its own, and value 1 in every one."""
    generation = files.new_generation()
    writer = files.open_index(generation).writer(num_threads=1)
    for number in range(articles):
        own = range(number * values_each + 1, (number + 1) * values_each + 1)
        writer.add_document(as_document(_entry(number + 1, sorted({1, *own}))))
    writer.add_document(as_document(_entry(articles + 1, [1, 5_000_000_001])))
    writer.commit()
    writer.wait_merging_threads()
    files.make_live(generation)
    IndexChange.objects.all().delete()


def _entry(pk: int, values: list[int]) -> dict[str, list]:
    same = {"people": values, "places": values, "topics": [NONE], "source": [NONE], "year": [2024]}
    return {"id": [str(pk)], "pk": [pk], "status": ["published"], "language": ["en"], "analysis": ["en"], **same}


@pytest.mark.django_db
def test_none_is_counted_even_where_it_is_rare():
    people = [make_person(f"Person {number}") for number in range(5)]
    for person in people:
        make_article("One", about=[person])
        make_article("Two", about=[person])
    make_article("About nobody")
    counted = search(ArticleQuery(), facets={"people": 2}).facets["people"]
    assert [(count.value, count.count) for count in counted[2:]] == [(NONE, 1)]


@pytest.mark.django_db
def test_an_article_about_two_parts_counts_once_for_the_whole():
    country = make_place("Norland")
    towns = [make_place("Riverton", parent=country), make_place("Hilltown", parent=country)]
    make_article("Two towns", about=towns)
    assert count_values("places") == {country.pk: 1, towns[0].pk: 1, towns[1].pk: 1}


@pytest.mark.django_db
def test_undecided_links_count_as_none():
    person = make_person("Ada Moreau")
    link(make_article("Perhaps"), person, status="suggested")
    link(make_article("Certainly not"), person, status="rejected")
    assert count_values("people") == {NONE: 2}
