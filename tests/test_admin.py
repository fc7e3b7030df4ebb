"""Every list and form of the admin, opened with rows: Django ignores misspelt options silently."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.admin.base import CappedPaginator
from articles.models import Article, ImportBatch, IndexChange, Occasion, Person, PersonLink, Place, Source
from articles.search import ArticleQuery, IndexUnavailable, search, update_index

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import Page

pytestmark = pytest.mark.django_db
READ_ONLY = {"importbatch", "importproblem", "occasion"}
ARCHIVE = [model for model in admin.site._registry if model._meta.app_label == "articles"]
EVERY_LIST = pytest.mark.parametrize("model", ARCHIVE, ids=lambda model: model._meta.model_name)


def test_the_change_queue_is_not_for_people():
    assert IndexChange not in admin.site._registry
    assert len(ARCHIVE) == 11


@EVERY_LIST
def test_list_opens_and_searches(admin_client, model):
    fill_archive(3)
    address = list_address(model)
    assert admin_client.get(address).status_code == 200
    page = admin_client.get(address, {"q": "storm 'Ada\" Ω %"})
    assert page.status_code == 200


@EVERY_LIST
def test_forms_open(admin_client, model):
    fill_archive(2)
    row = model._default_manager.first()
    assert (
        admin_client.get(reverse(f"admin:articles_{model._meta.model_name}_change", args=[row.pk])).status_code == 200
    )
    read_only = model._meta.model_name in READ_ONLY | {"personlink", "placelink", "topiclink"}
    add = admin_client.get(reverse(f"admin:articles_{model._meta.model_name}_add"))
    assert add.status_code == (403 if read_only else 200)


@EVERY_LIST
def test_query_count_of_a_list_does_not_grow(admin_client, model, count_queries):
    fill_archive(2)
    address = list_address(model)
    admin_client.get(address)
    few = count_queries(lambda: admin_client.get(address))
    fill_archive(15)
    admin_client.get(address)
    assert count_queries(lambda: admin_client.get(address)) == few


def test_query_count_of_an_article_does_not_grow_with_its_links(admin_client, count_queries):
    article = make_article(about=[make_person(), make_place(), make_topic()])
    address = reverse("admin:articles_article_change", args=[article.pk])
    admin_client.get(address)
    few = count_queries(lambda: admin_client.get(address))
    for number in range(20):
        link(article, make_person(f"Person {number}"))
    assert count_queries(lambda: admin_client.get(address)) == few


def test_names_are_escaped_everywhere(admin_client):
    evil = "<script>alert('x')</script>"
    person = make_person(evil, description=evil, aliases=[evil])
    article = make_article(evil, about=[person], source=make_source(evil))
    batch = ImportBatch.objects.create(paths=[evil])
    batch.problems.create(file=evil, reason=evil, advice=evil)
    Article.objects.update(batch=batch)
    addresses = [f"{list_address(model)}?status=all" if "Link" in model.__name__ else list_address(model)
                 for model in ARCHIVE]  # fmt: skip
    addresses += [
        reverse(f"admin:articles_{row._meta.model_name}_{page}", args=[row.pk])
        for row in (article, person, PersonLink.objects.get())
        for page in ("change", "delete", "history")
        if not (page == "delete" and isinstance(row, PersonLink))
    ]
    for address in addresses:
        assert "<script>alert" not in admin_client.get(address).content.decode(), address


@pytest.mark.parametrize(
    "filters",
    [
        "decade=none", "decade=2020", "decade=x", "decade=99999", "decade=-1", "source=none", "source=x", "source=1",
        f"source={10**30}", f"source={'0' * 19}1{'9' * 30}", f"batch={'0' * 19}1{'9' * 30}",
        "language=none", "language=en", "batch=1", "batch=x", "status__exact=draft", "decade=²",
        "headline_is_derived__exact=1", "headline_is_derived__exact=1&q=storm", "nonsense=1",
    ],
)  # fmt: skip
def test_article_filters_never_fail(admin_client, filters):
    fill_archive(2)
    response = admin_client.get(f"{list_address(Article)}?{filters}", follow=True)
    assert response.status_code == 200


def test_article_filters_narrow(admin_client):
    herald, gazette = make_source("Herald"), make_source("Gazette")
    make_article("Dated", source=herald, language="en")
    make_article("Undated", published_on=None, source=gazette, language="fr")
    assert headlines(admin_client, decade="none") == ["Undated"]
    assert headlines(admin_client, decade="2020") == ["Dated"]
    assert headlines(admin_client, decade="1990") == []
    assert headlines(admin_client, source=herald.pk) == ["Dated"]
    assert headlines(admin_client, source="none") == []
    assert headlines(admin_client, language="fr") == ["Undated"]


def test_titles_of_filters_go_on_from_the_word_before_them(admin_client):
    make_place("Riverton", country_code="FR")
    pages = [Page(admin_client.get(list_address(model))).text for model in (Article, Place)]
    for title in (
        "By whether the headline was made from the text",
        "By whether a published article is about it",
        "By whether coordinates are known",
    ):
        assert title in " ".join(pages)


def test_filters_offer_what_the_archive_has(admin_client):
    make_article(source=make_source("Herald"), language="en")
    page = admin_client.get(list_address(Article)).content.decode()
    for text in ("2020s", "Herald", "English", "Without a date"):
        assert text in page


def test_article_search_finds_words_of_the_body_in_every_status(admin_client):
    make_article("Seen", body="A zeppelin came down.")
    make_article("Hidden", body="Two zeppelins came down.", status="withdrawn")
    make_article("Other")
    assert headlines(admin_client, q="zeppelin") == ["Hidden", "Seen"]


def test_article_search_without_an_index_reads_headlines_and_says_so(admin_client, monkeypatch):
    from articles.admin import article
    from articles.search import IndexUnavailable

    def fail(words):
        raise IndexUnavailable("Run index_articles.")

    monkeypatch.setattr(article, "search_articles", fail)
    make_article("A zeppelin")
    page = admin_client.get(list_address(Article), {"q": "ZEPPELIN"})
    assert "A zeppelin" in page.content.decode()
    assert "Only headlines were searched. Run index_articles." in page.content.decode()


@pytest.mark.parametrize("is_indexed", [True, False])
def test_an_action_on_what_was_searched_for_is_done_with_and_without_an_index(admin_client, is_indexed):
    """It searches inside its transaction: in the index as it is, which learns what was done from the next reader."""
    storm = make_article("A storm")
    if is_indexed:
        assert headlines(admin_client, q="storm") == ["A storm"]
    choice = {"action": "withdraw", "_selected_action": [storm.pk]}
    page = admin_client.post(f"{list_address(Article)}?q=storm", choice, follow=True)
    assert page.status_code == 200
    assert not Article.objects.published().exists()
    assert search(ArticleQuery(words="storm")).total == 0


def test_article_search_says_when_it_shows_a_part(admin_client, monkeypatch):
    from articles.admin import search

    monkeypatch.setattr(search, "SEARCH_LIMIT", 1)
    make_article("A storm")
    make_article("Another storm")
    assert "Of 2 articles found" in admin_client.get(list_address(Article), {"q": "storm"}).content.decode()


def test_long_lists_are_counted_to_a_cap(admin_client, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "CAP", 2)
    for number in range(3):
        make_person(f"Person {number}")
    page = admin_client.get(reverse("admin:articles_person_changelist")).content.decode()
    assert "More than 2 people" in page


def test_select_all_is_refused_where_not_all_were_counted(admin_client, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "CAP", 2)
    for number in range(3):
        make_article(f"Story {number}")
    choice = {"action": "withdraw", "select_across": "1", "_selected_action": [Article.objects.first().pk]}
    page = admin_client.post(list_address(Article), choice, follow=True)
    assert "nothing was changed" in page.content.decode()
    assert Article.objects.published().count() == 3


def test_an_import_leads_to_its_articles_and_first_problems(admin_client, monkeypatch):
    from articles.admin import imports

    monkeypatch.setattr(imports, "PROBLEMS_SHOWN", 3)
    fill_archive(1)
    batch = ImportBatch.objects.first()
    for number in range(5):
        batch.problems.create(file="late.csv", line=900 + number, reason="broken")
    page = admin_client.get(reverse("admin:articles_importbatch_change", args=[batch.pk])).content.decode()
    assert "901" in page
    assert "902" not in page
    assert headlines(admin_client, batch=batch.pk) == ["Storm 0"]
    assert f"?batch={batch.pk}" in page


def test_a_list_of_topics_that_was_imported_leads_to_no_articles(admin_client):
    for kind, number in (("articles", 1), ("topic", 0)):
        batch = ImportBatch.objects.create(paths=["a.csv"], kind=kind)
        page = admin_client.get(reverse("admin:articles_importbatch_change", args=[batch.pk])).content.decode()
        assert page.count("Show the articles") == number


def fill_archive(count: int) -> None:
    batch = ImportBatch.objects.create(paths=["a.csv"])
    Occasion.objects.create(what=f"Work {batch.pk}")
    parent = make_place("Parent", kind="country")
    for number in range(count):
        about = [
            make_person(f"Person {number}", aliases=["One", "Two"]),
            make_place(f"Place {number}", parent=parent),
            make_topic(f"topic {number}", parent=make_topic(f"broad {number}")),
        ]
        source = make_source(f"Source {batch.pk} {number}")
        article = make_article(f"Storm {number}", source=source, batch=batch, language="en")
        for subject in about:
            link(article, subject, status="suggested")
        batch.problems.create(file="a.csv", line=number, reason="No headline.")


def list_address(model) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_changelist")


def counted(client, model, **parameters) -> list[tuple]:
    """The lines of a list: names, and how many articles there are."""
    rows = client.get(list_address(model), parameters).context["cl"].result_list
    return [(row.name, row.article_count) for row in rows]


def headlines(client, **parameters) -> list[str]:
    return [article.headline for article in client.get(list_address(Article), parameters).context["cl"].result_list]


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            act()
        return len(queries)

    return count


class TestSorting:
    def test_a_small_list_is_sorted_by_any_column(self, admin_client):
        for headline in ("B", "C", "A"):
            make_article(headline)
        assert headlines(admin_client, o="1") == ["A", "B", "C"]

    def test_a_large_one_only_by_columns_that_have_an_index(self, admin_client, monkeypatch):
        monkeypatch.setattr("articles.admin.archive_list.QUICKLY_SORTED", 0)
        for number, headline in enumerate(("B", "C", "A"), 1):
            make_article(headline, published_on=f"2024-01-0{number}")
        assert headlines(admin_client, o="1") == ["A", "C", "B"]
        assert headlines(admin_client, o="2") == ["B", "C", "A"]
        page = admin_client.get(list_address(Article)).content.decode()
        assert 'href="?o=2"' in page
        assert 'href="?o=1"' not in page

    def test_subjects_are_sorted_by_the_number_of_their_articles(self, admin_client):
        few, many, none = make_person("Few"), make_person("Many"), make_person("None")
        make_article(about=[few, many])
        make_article(about=[many], status="draft")
        link(make_article(), none, status="suggested")
        update_index()
        expected = [("Many", 2), ("Few", 1), ("None", 0)]
        assert counted(admin_client, Person, o="-4") == expected
        assert counted(admin_client, Person, o="4") == expected[::-1]
        assert counted(admin_client, Person) == [("Few", 1), ("Many", 2), ("None", 0)]

    def test_articles_in_a_place_count_for_what_it_is_part_of(self, admin_client):
        asia = make_place("Asia")
        make_article(about=[make_place("Rafah", parent=asia), make_place("Jenin", parent=asia)])
        update_index()
        assert counted(admin_client, Place, o="7.1") == [("Asia", 1), ("Jenin", 1), ("Rafah", 1)]

    def test_without_an_index_there_are_lists_without_numbers(self, admin_client, monkeypatch):
        def fail(*args):
            raise IndexUnavailable("There is no index.")

        monkeypatch.setattr("articles.admin.search.count_values", fail)
        make_article(about=[make_person("A")], source=make_source("The Daily"))
        assert counted(admin_client, Person, o="-4") == [("A", None)]
        assert counted(admin_client, Source, o="-3") == [("The Daily", None)]

    def test_pages_of_a_sorted_list_follow_each_other(self, admin_client, monkeypatch):
        monkeypatch.setattr("articles.admin.subjects.PersonAdmin.list_per_page", 2)
        people = [make_person(f"Person {number}") for number in range(5)]
        for number in range(5):
            make_article(about=people[number:])
        update_index()
        pages = [[name for name, _count in counted(admin_client, Person, o="-4", p=page)] for page in (1, 2, 3)]
        assert pages == [["Person 4", "Person 3"], ["Person 2", "Person 1"], ["Person 0"]]
