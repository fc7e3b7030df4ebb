"""Which articles the index calls similar."""

import pytest

from articles.search import search
from articles.search.query import ArticleQuery
from articles.search.similar import similar_articles

from .factories import make_article, make_person, make_topic

pytestmark = pytest.mark.django_db


def headlines_like(article, limit=10) -> list[str]:
    subjects = {
        "people": article.people.values_list("pk", flat=True),
        "topics": article.topics.values_list("pk", flat=True),
    }
    search(ArticleQuery())
    ids = similar_articles(article, {name: list(values) for name, values in subjects.items()}, limit)
    found = type(article).objects.in_bulk(ids)
    return [found[id].headline for id in ids]


def test_two_rare_subjects_in_common_are_more_than_one():
    ada, bo = make_person("Ada Moreau"), make_person("Bo Lund")
    article = make_article("Alpha", about=[ada, bo], body="One.")
    make_article("Beta", about=[ada], body="Two.")
    make_article("Gamma", about=[ada, bo], body="Three.")
    for number in range(20):
        make_article(f"Filler {number}", body="Nothing.")
    assert headlines_like(article) == ["Gamma", "Beta"]


def test_what_everything_has_in_common_relates_nothing():
    news = make_topic("news")
    article = make_article("Alpha", about=[news], body="Plain words only.")
    for number in range(20):
        make_article(f"Filler {number}", about=[news], body="Plain words only.")
    assert headlines_like(article) == []


def test_numbers_relate_nothing():
    article = make_article("Alpha", body="It was 1934.")
    make_article("Beta", body="Then came 1934.")
    for number in range(20):
        make_article(f"Filler {number}", body="It was nothing. Then came something.")
    assert headlines_like(article) == []


def test_words_count_in_all_their_forms_of_the_same_language():
    article = make_article("Zeppeline über Berlin", body="Die Luftschiffe kamen.", language="de")
    make_article("Ein Zeppelin", body="Das Luftschiff kam.", language="de")
    for number in range(20):
        make_article(f"Filler {number}", body="Die und das.", language="de")
    assert headlines_like(article) == ["Ein Zeppelin"]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_unpublished_articles_are_like_nothing(status):
    ada = make_person("Ada Moreau")
    article = make_article("Zeppelin", about=[ada])
    make_article("Zeppelin again", about=[ada], status=status)
    for number in range(20):
        make_article(f"Filler {number}")
    assert headlines_like(article) == []


def test_an_article_of_no_words_is_like_nothing():
    article = make_article("?", body="")
    make_article("Story")
    assert headlines_like(article) == []


def test_no_more_than_asked_for_are_found():
    ada = make_person("Ada Moreau")
    article = make_article("Alpha", about=[ada])
    for number in range(4):
        make_article(f"Beta {number}", about=[ada])
    for number in range(40):
        make_article(f"Filler {number}")
    assert len(headlines_like(article, limit=3)) == 3
