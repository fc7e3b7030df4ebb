"""No write path can forget the index: whatever changes the archive is in the next answer, without a rebuild."""

import datetime
import io
import json
import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from articles.database.triggers import check_triggers, install_triggers, missing_triggers
from articles.models import SUBJECT_KINDS, Article, IndexChange, PersonLink, Place, PlaceLink, Topic
from articles.search import NONE, ArticleQuery, FacetChoice, IndexUnavailable, count_values, rebuild, search
from articles.search.files import live_generation
from tests.factories import link, make_article, make_person, make_place, make_source, make_topic
from tests.importing import write_json_lines

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")


@pytest.fixture
def archive(db):
    """Two articles and an index that knows them; what a test does next is found without building it anew."""
    make_article("Flood in the harbour")
    make_article("Strike on the railway")
    search(ArticleQuery())
    generation = live_generation()
    yield
    assert live_generation() == generation


def headlines(words="", **query) -> list[str]:
    """The headlines that a reader sees; the queue is empty afterwards."""
    page = search(ArticleQuery(words=words, **query), limit=1_000)
    assert page.pending == 0
    assert not IndexChange.objects.exists()
    found = [article.headline for article in Article.objects.in_order(page.ids)]
    assert page.total == len(found)
    return found


def execute(sql: str, parameters=()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def load(rows: list[dict], tmp_path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    call_command("loaddata", tmp_path / "rows.json", verbosity=0)


def test_a_saved_article_is_found_and_a_deleted_one_is_not(archive):
    article = make_article("Bridge opened")
    assert headlines("bridge") == ["Bridge opened"]
    article.headline = "Tunnel opened"
    article.save()
    assert headlines("bridge") == []
    assert headlines("tunnel") == ["Tunnel opened"]
    article.delete()
    assert headlines("tunnel") == []


def test_bulk_create_is_followed(archive):
    Article.objects.bulk_create(Article(headline=f"Bridge {number}", slug=f"bridge-{number}") for number in range(3))
    assert headlines("bridge") == ["Bridge 2", "Bridge 1", "Bridge 0"]


def test_bulk_create_that_updates_is_followed(archive):
    row = Article(headline="Bridge opened", slug=Article.objects.earliest("id").slug)
    Article.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["slug"], update_fields=["headline", "updated_at"]
    )
    assert headlines() == ["Strike on the railway", "Bridge opened"]


def test_a_queryset_update_is_followed(archive):
    Article.objects.filter(headline__startswith="Flood").update(status="withdrawn")
    assert headlines() == ["Strike on the railway"]


def test_bulk_update_is_followed(archive):
    articles = list(Article.objects.all())
    for article in articles:
        article.language = "fr"
    Article.objects.bulk_update(articles, ["language"])
    assert count_values("language") == {"fr": 2}


def test_a_queryset_delete_is_followed(archive):
    Article.objects.filter(headline__startswith="Flood").delete()
    assert headlines() == ["Strike on the railway"]


def test_loaddata_is_followed(archive, tmp_path):
    person = make_person("Ada Moreau")
    article = {"slug": "bridge-opened", "headline": "Bridge opened"}
    about = {"article": ["bridge-opened"], "subject": [person.slug], "status": "accepted"}
    load(
        [{"model": "articles.article", "fields": article}, {"model": "articles.personlink", "fields": about}], tmp_path
    )
    assert headlines("bridge") == ["Bridge opened"]
    assert count_values("people")[person.pk] == 1


def test_plain_sql_is_followed(archive):
    execute("UPDATE articles_article SET headline = 'Bridge opened' WHERE headline LIKE 'Flood%%'")
    assert headlines("bridge") == ["Bridge opened"]
    execute("DELETE FROM articles_article WHERE headline = 'Bridge opened'")
    assert headlines() == ["Strike on the railway"]


def test_an_article_that_changes_its_id_is_followed(archive):
    execute("UPDATE articles_article SET id = 987654 WHERE headline LIKE 'Flood%%'")
    assert search(ArticleQuery(words="flood")).ids == [987654]
    assert len(headlines()) == 2


@on_sqlite
def test_a_replaced_row_is_followed(archive):
    old = Article.objects.get(headline__startswith="Flood")
    columns = ", ".join(
        field.column for field in Article._meta.concrete_fields if field.column not in ("id", "headline")
    )
    execute(
        f"REPLACE INTO articles_article (id, headline, {columns}) "  # noqa: S608
        f"SELECT 987654, 'Bridge opened', {columns} FROM articles_article WHERE id = %s",
        [old.pk],
    )
    assert headlines() == ["Bridge opened", "Strike on the railway"]


def test_every_column_that_is_searched_is_followed(archive):
    article = Article.objects.get(headline__startswith="Flood")
    source = make_source()
    changes = {
        "headline": "Seen in headline",
        "summary": "Seen in summary",
        "body": "Seen in body",
        "published_on": datetime.date(1999, 12, 31),
        "language": "fr",
        "source": source,
        "status": "draft",
    }
    for column, value in changes.items():
        setattr(article, column, value)
        article.save(update_fields=[column])
        assert IndexChange.objects.exists(), column
        search(ArticleQuery())
    assert headlines("headline summary body", statuses=("draft",)) == ["Seen in headline"]
    draft = {"query": ArticleQuery(statuses=("draft",))}
    assert count_values("year", **draft) == {1999: 1}
    assert count_values("language", **draft) == {"fr": 1}
    assert count_values("source", **draft) == {source.pk: 1}


@pytest.mark.parametrize(("make", "facet"), [(make_person, "people"), (make_place, "places"), (make_topic, "topics")])
def test_a_link_made_changed_moved_or_deleted_is_followed(archive, make, facet):
    flood, strike = Article.objects.order_by("id")
    subject = make("Rivers")
    made = link(flood, subject)
    about = {facet: FacetChoice((subject.pk,))}
    assert headlines(facets=about) == ["Flood in the harbour"]
    made.status = "rejected"
    made.save()
    assert headlines(facets=about) == []
    type(made).objects.filter(pk=made.pk).update(status="accepted", article=strike)
    assert headlines(facets=about) == ["Strike on the railway"]
    assert count_values(facet) == {subject.pk: 1, NONE: 1}
    execute(f"DELETE FROM {made._meta.db_table}")  # noqa: S608
    assert headlines(facets=about) == []


def test_links_made_in_bulk_are_followed(archive):
    person = make_person()
    PersonLink.objects.bulk_create(PersonLink(article=article, subject=person) for article in Article.objects.all())
    assert count_values("people") == {person.pk: 2}
    assert len(headlines()) == 2


def test_an_import_leaves_one_row_for_each_article_it_writes_and_each_link_is_found(archive, tmp_path, monkeypatch):
    people = [make_person(name) for name in ("Anna Berg", "Carl Dahl", "Eva Falk")]
    names = " and ".join(person.name for person in people)
    queued = []
    monkeypatch.setattr(
        "articles.pipeline.follow_index.update_index",
        lambda: queued.extend(IndexChange.objects.values_list("object_id", flat=True)),
    )
    for body in (f"{names} came.", f"{names} went."):
        call_command("import_articles", write_json_lines(tmp_path / "a.jsonl", {"id": "1", "title": "A", "body": body}))
    assert queued == [Article.objects.latest("id").pk] * 3  # one after the first import, two after the second
    for person in people:
        assert headlines(facets={"people": FacetChoice((person.pk,))}) == ["A"]


def test_a_deleted_subject_is_followed(archive):
    person = make_person()
    link(Article.objects.earliest("id"), person)
    assert count_values("people") == {person.pk: 1, NONE: 1}
    person.delete()
    assert count_values("people") == {NONE: 2}


@pytest.mark.parametrize(("make", "facet"), [(make_place, "places"), (make_topic, "topics")])
def test_a_subject_that_moves_takes_all_below_it_along(archive, make, facet):
    old, new = make("Old"), make("New")
    middle = make("Middle", parent=old)
    lowest = make("Lowest", parent=middle)
    link(Article.objects.earliest("id"), lowest)
    assert count_values(facet) == {old.pk: 1, middle.pk: 1, lowest.pk: 1, NONE: 1}
    middle.parent = new
    middle.save()
    assert count_values(facet) == {new.pk: 1, middle.pk: 1, lowest.pk: 1, NONE: 1}
    type(middle).objects.filter(pk=middle.pk).update(parent=None)
    assert count_values(facet) == {middle.pk: 1, lowest.pk: 1, NONE: 1}
    execute(f"UPDATE {middle._meta.db_table} SET parent_id = %s WHERE id = %s", [old.pk, middle.pk])  # noqa: S608
    assert count_values(facet) == {old.pk: 1, middle.pk: 1, lowest.pk: 1, NONE: 1}
    assert headlines(facets={facet: FacetChoice((old.pk,))}) == ["Flood in the harbour"]


@pytest.mark.parametrize(("make", "facet"), [(make_place, "places"), (make_topic, "topics")])
def test_a_deleted_parent_is_followed(archive, make, facet):
    top = make("Top")
    middle = make("Middle", parent=top)
    lowest = make("Lowest", parent=middle)
    link(Article.objects.earliest("id"), lowest)
    assert count_values(facet) == {top.pk: 1, middle.pk: 1, lowest.pk: 1, NONE: 1}
    middle.delete()
    assert count_values(facet) == {lowest.pk: 1, NONE: 1}


def test_a_loop_in_the_tree_is_followed_and_ends(archive):
    one = make_place("One")
    other = make_place("Other", parent=one)
    link(Article.objects.earliest("id"), other)
    Place.objects.filter(pk=one.pk).update(parent=other)
    assert count_values("places") == {one.pk: 1, other.pk: 1, NONE: 1}


def test_a_change_that_touches_no_article_leaves_the_queue_empty(archive):
    place = make_place(parent=make_place("Norland"))
    place.name = "Riverton on the Water"
    place.save()
    Topic.objects.create(name="weather")
    make_person()
    assert not IndexChange.objects.exists()


def test_a_change_that_is_taken_back_is_taken_back_from_the_queue(archive):
    with pytest.raises(RuntimeError), transaction.atomic():
        make_article("Bridge opened")
        assert IndexChange.objects.exists()
        raise RuntimeError
    assert not IndexChange.objects.exists()
    assert headlines("bridge") == []


def test_a_search_before_a_change_is_taken_back_leaves_nothing_in_the_index(archive):
    with pytest.raises(RuntimeError), transaction.atomic():
        make_article("Bridge opened")
        Article.objects.filter(headline__startswith="Flood").update(headline="Drought")
        page = search(ArticleQuery(words="bridge OR flood"))
        assert (page.total, page.pending) == (1, 2)
        raise RuntimeError
    assert sorted(headlines("bridge OR drought OR flood")) == ["Flood in the harbour"]


def test_a_search_inside_a_transaction_builds_no_index(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        make_article("Bridge opened")
        for ask in (lambda: search(ArticleQuery()), rebuild):
            with pytest.raises(IndexUnavailable):
                ask()
        raise RuntimeError
    assert headlines() == []


def test_a_move_above_many_articles_is_spread_over_several_readers(archive, monkeypatch):
    monkeypatch.setattr("articles.search.READER_LIMIT", 10)
    monkeypatch.setattr("articles.search.queue.BATCH", 5)
    country, town = make_place("Norland"), make_place("Riverton")
    for number in range(30):
        make_article(f"Article {number}", about=[town])
    while search(ArticleQuery()).pending:
        pass
    town.parent = country
    town.save()
    first = search(ArticleQuery())
    assert 0 < first.pending < 30
    while search(ArticleQuery()).pending:
        pass
    assert count_values("places") == {country.pk: 30, town.pk: 30, NONE: 2}


def test_a_place_with_very_many_parts_can_move(archive):
    """SQLite takes 32,766 values in one question (250,000 on Debian); here, fewer than there are parts."""
    limit_parameters(12_000)
    world, country = make_place("World"), make_place("Norland")
    towns = [Place(name=f"Town {number}", slug=f"town-{number}", parent=country) for number in range(13_000)]
    Place.objects.bulk_create(towns)
    town = Place.objects.get(name="Town 12999")
    link(Article.objects.earliest("id"), town)
    assert count_values("places") == {country.pk: 1, town.pk: 1, NONE: 1}
    country.parent = world
    country.save()
    assert count_values("places") == {world.pk: 1, country.pk: 1, town.pk: 1, NONE: 1}


def limit_parameters(most: int) -> None:
    if connection.vendor == "sqlite":
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, most)


@on_postgresql
def test_one_statement_leaves_one_row_in_the_queue_for_each_article(db):
    Article.objects.bulk_create(Article(headline="Same", slug=f"same-{number}") for number in range(1_000))
    assert IndexChange.objects.count() <= 1_000
    IndexChange.objects.all().delete()
    Article.objects.update(language="en")
    assert IndexChange.objects.count() == 1_000
    IndexChange.objects.all().delete()
    people = [make_person(f"Person {number}") for number in range(3)]
    PersonLink.objects.bulk_create(
        [PersonLink(article=article, subject=person) for article in Article.objects.all() for person in people]
    )
    assert IndexChange.objects.count() == 1_000


@on_postgresql
@pytest.mark.parametrize("table", ["articles_personlink", "articles_article CASCADE", "articles_person CASCADE"])
def test_a_truncated_table_leads_to_a_right_answer(transactional_db, table):
    person = make_person()
    make_article("Flood", about=[person])
    assert count_values("people") == {person.pk: 1}
    execute(f"TRUNCATE {table}")
    left = Article.objects.count()
    assert headlines() == ["Flood"] * left
    assert count_values("people") == ({NONE: 1} if left else {})


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_leaves_nothing_in_the_index():
    """`flush` empties the queue as well as the rest, in any order."""
    make_article("Flood in the harbour")
    make_article("Strike on the railway")
    assert len(headlines()) == 2
    order = sorted(connection.introspection.django_table_names(only_existing=True), key="articles_indexchange".__eq__)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.introspection, "django_table_names", lambda **options: order)
        call_command("flush", interactive=False, verbosity=0)
    make_article("Bridge opened")
    assert headlines() == ["Bridge opened"]


@pytest.mark.django_db(transaction=True)
def test_an_archive_that_is_dumped_and_loaded_with_changes_pending_is_found_whole(tmp_path):
    call_command("flush", interactive=False, verbosity=0)  # numbers the queue from 1, as in a new database
    for number in range(5):
        make_article(f"Article {number}")
    search(ArticleQuery())
    for _ in range(5):
        Article.objects.filter(headline="Article 0").update(language="fr")
    call_command("dumpdata", "articles", output=str(tmp_path / "dump.json"), verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    assert headlines() == []
    call_command("loaddata", tmp_path / "dump.json", verbosity=0)
    assert len(headlines()) == 5
    assert count_values("language") == {"fr": 1, NONE: 4}


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_remakes_a_table_loses_triggers_until_the_next_migrate():
    make_article("Flood in the harbour")
    search(ArticleQuery())
    assert check_triggers(databases=["default"]) == []
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name("edition")
    field.model = Article
    old = Article._meta.get_field("byline")
    new = old.clone()
    new.max_length, new.model = 301, Article
    new.set_attributes_from_name("byline")
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Article, old, new, strict=True)
        assert missing_triggers() == [
            f"newsroom_{room}_articles_article_{event}"
            for room in ("history", "index")
            for event in ("delete", "insert", "update")
        ]
        (problem,) = check_triggers(databases=["default"])
        assert "newsroom_index_articles_article_insert" in problem.msg
        assert "migrate" in problem.hint
        call_command("migrate", verbosity=0)
        assert missing_triggers() == []
        Article.objects.update(headline="Bridge opened")
        assert headlines("bridge") == ["Bridge opened"]
    finally:
        install_triggers()


@pytest.mark.django_db
def test_a_trigger_that_is_dropped_is_reported_and_put_back():
    assert check_triggers(databases=["default"]) == []
    table = " ON articles_placelink" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER newsroom_index_articles_placelink_update{table}")
    (problem,) = check_triggers(databases=["default"])
    assert "newsroom_index_articles_placelink_update" in problem.msg
    out = io.StringIO()
    call_command("check", databases=["default"], stderr=out)
    assert "newsroom_index_articles_placelink_update" in out.getvalue()
    install_triggers()
    assert check_triggers(databases=["default"]) == []


@pytest.mark.django_db
def test_installing_triggers_again_changes_nothing():
    install_triggers()
    make_article("Flood in the harbour")
    changes = IndexChange.objects.values_list("kind", "object_id")
    assert list(changes.filter(kind="article")) == [("article", Article.objects.get().pk)]


@pytest.mark.django_db
def test_every_kind_of_link_has_its_triggers():
    place = make_place()
    article = make_article()
    for kind in SUBJECT_KINDS.values():
        IndexChange.objects.all().delete()
        subject = place if kind.model is Place else kind.model.objects.create(name="Somebody")
        link(article, subject)
        assert [change.object_id for change in IndexChange.objects.all()] == [article.pk], kind.name
    assert PlaceLink.objects.count() == 1
