"""Reading a result to its very end: every article once, in order, whatever comes and goes meanwhile."""

import datetime

import pytest

from articles.models import Article
from articles.search import ArticleQuery, FacetChoice, search
from articles.search.stretches import LARGEST_KEY, Position, read_on

from .factories import make_article, make_person

pytestmark = pytest.mark.django_db


def walk(query: ArticleQuery, limit: int, between=lambda: None) -> list[int]:
    search(query, limit=0)
    ids, position = [], Position()
    while position is not None:
        stretch = read_on(query, position, limit)
        assert len(stretch.ids) <= limit
        ids, position = ids + stretch.ids, stretch.next
        between()
    return ids


def make_days(number: int, **fields) -> None:
    """Articles on a few days, several on each, some with a time, some without a date."""
    for count in range(number):
        day = datetime.date(2024, 1, 1 + count % 4) if count % 5 else None
        time = datetime.datetime(2024, 1, 1, count % 3, tzinfo=datetime.UTC) if count % 2 else None
        make_article(f"Flood {count}", published_on=day, published_at=time, **fields)


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("words", ["", "flood"])
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_a_walk_reads_what_one_long_page_shows(sort, words, limit):
    make_days(23)
    query = ArticleQuery(words=words, sort=sort)
    assert walk(query, limit) == search(query, limit=100).ids


def test_a_walk_keeps_to_what_was_asked():
    ada = make_person()
    make_days(6, about=[ada])
    make_days(6)
    query = ArticleQuery(facets={"people": FacetChoice((ada.pk,))})
    assert walk(query, 2) == search(query, limit=100).ids
    assert len(walk(query, 2)) == 6


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_articles_that_come_before_do_not_repeat_others(sort):
    make_days(12)
    query = ArticleQuery(sort=sort)
    before = search(query, limit=100).ids
    day = datetime.date(2030, 1, 1) if sort == "newest" else datetime.date(1990, 1, 1)

    def add_one():
        make_article("Just in", published_on=day)
        search(query, limit=0)

    assert walk(query, 4, between=add_one) == before


def test_a_withdrawn_article_leaves_no_other_out():
    make_days(12)
    query = ArticleQuery()
    before = search(query, limit=100).ids
    search(query, limit=0)
    first = read_on(query, Position(), 4)
    Article.objects.filter(pk__in=first.ids).update(status="withdrawn")
    search(query, limit=0)
    assert read_on(query, first.next, 100).ids == before[4:]


@pytest.mark.parametrize(
    "position", [Position(key=0), Position(key=LARGEST_KEY), Position(key=10**30), Position(offset=10**12)]
)
def test_positions_that_no_walk_gives_do_no_harm(position):
    make_days(3)
    search(ArticleQuery(), limit=0)
    for query in (ArticleQuery(), ArticleQuery(words="flood", sort="relevance")):
        assert len(read_on(query, position, 10).ids) in (0, 3)
