"""Every change is on record, whoever makes it, and whatever was done on an occasion can be taken back."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.history import UndoRefused, occasion, take_back
from articles.models import (
    Article,
    Change,
    CurrentOccasion,
    ImportBatch,
    Occasion,
    Person,
    PersonAlias,
    PersonFormerSlug,
    PersonLink,
    Place,
)  # fmt: skip

from .factories import link, make_article, make_person, make_place, make_source
from .importing import run_command, write_json_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create(username="editor")


def changes_of(row) -> list[tuple[str, dict]]:
    """(action, fields) of each change of a row, oldest first."""
    found = Change.objects.filter(table=row._meta.db_table, object_id=row.pk).order_by("pk")
    return [(change.action, change.fields) for change in found]


def everything() -> dict[str, list]:
    models = (Article, Person, PersonAlias, PersonFormerSlug, PersonLink, Place)
    ignored = ("updated_at", "created_at")
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in ignored}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    }


class TestRecording:
    def test_a_saved_change_is_on_record_with_who_when_why_and_from_what_to_what(self, editor):
        person = make_person("Ada Moro")
        with occasion("Corrected", editor, "a slip of the pen") as done:
            person.name = "Ada Moreau"
            person.save()
        change = done.changes.get()
        assert (change.action, change.fields) == ("update", {"name": ["Ada Moro", "Ada Moreau"]})
        assert (done.user, done.why) == (editor, "a slip of the pen")
        assert datetime.timedelta() <= done.made_at - change.made_at + datetime.timedelta(minutes=1)

    @pytest.mark.parametrize(
        "change",
        [
            lambda person: Person.objects.filter(pk=person.pk).update(description="runner"),
            lambda person: Person.objects.bulk_update([_described(person)], ["description"]),
            lambda person: _execute("UPDATE articles_person SET description = 'runner' WHERE id = %s", [person.pk]),
        ],
        ids=["update", "bulk_update", "SQL"],
    )
    def test_no_way_of_writing_goes_past_the_record(self, change):
        person = make_person("Ada Moreau")
        change(person)
        assert changes_of(person)[-1] == ("update", {"description": ["", "runner"]})

    def test_a_new_row_and_a_removed_one_are_on_record_whole(self):
        person = make_person("Ada Moreau", wikidata_id="Q1")
        key = person.pk
        Person.objects.filter(pk=key).delete()
        person.pk = key
        (made, fields), (removed, last) = changes_of(person)
        assert (made, removed) == ("insert", "delete")
        assert fields["name"] == [None, "Ada Moreau"]
        assert last["wikidata_id"] == ["Q1", None]

    def test_a_save_that_changes_nothing_leaves_no_trace(self):
        article = make_article()
        before = len(changes_of(article))
        article.save()
        assert len(changes_of(article)) == before

    def test_what_an_import_makes_has_the_import_for_its_history(self):
        batch = ImportBatch.objects.create()
        article = make_article(batch=batch)
        assert changes_of(article) == []
        article.headline = "Changed"
        article.save()
        assert changes_of(article) == [("update", {"headline": ["A quiet day", "Changed"]})]

    def test_numbers_dates_and_lists_come_back_as_they_were(self):
        place = make_place("Riverton", latitude="12.50000", longitude="-3.25000", population=7)
        article = make_article(published_at=datetime.datetime(2024, 3, 21, 12, tzinfo=datetime.UTC))
        before = everything()
        with occasion("Emptied") as done:
            Place.objects.update(latitude=None, longitude=None, population=None)
            Article.objects.update(published_at=None, published_on=None, edited_fields=["headline"])
        take_back(done)
        place.refresh_from_db()
        article.refresh_from_db()
        assert everything() == before


class TestOccasions:
    def test_changes_outside_an_occasion_belong_to_none(self):
        with occasion("Something"):
            make_person()
        article = make_article()
        assert Change.objects.get(object_id=article.pk, table="articles_article").occasion is None
        assert not CurrentOccasion.objects.exists()

    def test_an_occasion_without_changes_is_not_kept(self):
        with occasion("Nothing"):
            list(Article.objects.all())
        assert not Occasion.objects.exists()

    def test_an_occasion_inside_another_belongs_to_it(self):
        with occasion("Outer") as outer:
            make_person("One")
            with occasion("Inner") as inner:
                make_person("Two")
        assert inner == outer
        assert outer.changes.count() == 2

    def test_one_that_fails_leaves_nothing(self):
        with pytest.raises(ZeroDivisionError), occasion("Broken"):
            make_person()
            1 / 0  # noqa: B018
        assert not Occasion.objects.exists()
        assert not Person.objects.exists()
        assert not CurrentOccasion.objects.exists()


class TestTakingBack:
    def test_made_changed_and_removed_rows_are_as_they_were(self, editor):
        old, gone = make_person("Old", aliases=["Elder"]), make_person("Gone", aliases=["Away"])
        article = make_article(about=[gone])
        before = everything()
        with occasion("Work", editor) as done:
            make_person("New", aliases=["Fresh"])
            old.name, old.slug = "Older", "older"
            old.save()
            gone.delete()
            Article.objects.filter(pk=article.pk).update(headline="Changed")
        assert everything() != before
        result = take_back(done, editor)
        assert result.left == []
        assert everything() == before
        assert result.occasion.user == editor

    def test_it_can_be_taken_back_in_turn(self):
        person = make_person("Old")
        with occasion("Renamed") as done:
            Person.objects.update(name="New")
        undo = take_back(done).occasion
        take_back(undo)
        person.refresh_from_db()
        assert person.name == "New"

    def test_only_once(self):
        with occasion("Made") as done:
            make_person()
        take_back(done)
        done.refresh_from_db()
        with pytest.raises(UndoRefused, match="was taken back already"):
            take_back(Occasion.objects.get(pk=done.pk))

    def test_what_was_changed_since_stays_and_is_named(self):
        person = make_person("Old", description="runner")
        with occasion("Rewritten") as done:
            Person.objects.update(name="New", description="minister")
        Person.objects.update(name="Newest")
        result = take_back(done)
        person.refresh_from_db()
        assert (person.name, person.description) == ("Newest", "runner")
        assert result.left == ["Newest: name changed since."]

    def test_a_new_row_that_was_changed_since_stays(self):
        with occasion("Made") as done:
            make_person("Ada")
        Person.objects.update(name="Ada Moreau")
        assert take_back(done).left == ["Ada Moreau: name changed since."]
        assert Person.objects.exists()

    def test_a_new_row_that_others_need_stays(self):
        with occasion("Made") as done:
            source = make_source()
        make_article(source=source)
        assert take_back(done).left == ["The Daily Test: is used by others and stays."]

    def test_a_place_that_is_taken_stays_taken(self):
        person = make_person("Ada", wikidata_id="Q1")
        with occasion("Removed") as done:
            person.delete()
        make_person("Other", wikidata_id="Q1")
        assert take_back(done).left == ["person: something else has taken its place since."]
        assert Person.objects.get().name == "Other"

    def test_it_costs_few_queries_for_each_change(self, django_assert_max_num_queries):
        people = [make_person(f"No. {number}") for number in range(20)]
        with occasion("Renamed") as done:
            Person.objects.filter(pk__in=[person.pk for person in people]).update(description="x")
        with django_assert_max_num_queries(20 * 4 + 20):
            take_back(done)


WORK = st.lists(
    st.tuples(st.sampled_from(["make", "rename", "remove", "link", "move"]), st.integers(0, 5)), max_size=12
)


@settings(deadline=None, max_examples=40)
@given(st.lists(WORK, max_size=4))
def test_taking_everything_back_in_reverse_restores_the_start(works):
    with transaction.atomic():
        for number in range(3):
            make_person(f"Start {number}")
        make_article("Start")
        before, occasions = everything(), []
        for work in works:
            with occasion("Work") as done:
                for action, number in work:
                    _do(action, number)
            if Occasion.objects.filter(pk=done.pk).exists():
                occasions.append(done)
        for done in reversed(occasions):
            assert take_back(done).left == []
        assert everything() == before
        transaction.set_rollback(True)


def _do(action: str, number: int) -> None:
    people = list(Person.objects.order_by("pk"))
    person = people[number % len(people)] if people else None
    match action:
        case "make":
            make_person(f"New {number}", aliases=[f"Alias {number}"])
        case "rename" if person:
            person.name = person.slug = f"renamed-{person.pk}-{number}"
            person.save()
        case "remove" if person:
            person.delete()
        case "link" if person and not person.links.exists():
            link(Article.objects.first(), person)
        case "move":
            make_place(f"Place {number}", parent=Place.objects.order_by("-pk").first())


def _described(person):
    person.description = "runner"
    return person


def _execute(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_an_import_changes_belongs_to_it(tmp_path):
    record = {"external_id": "1", "headline": "Old"}
    run_command("import_articles", write_json_lines(tmp_path / "a.jsonl", record))
    assert not Occasion.objects.exists()
    run_command("import_articles", write_json_lines(tmp_path / "a.jsonl", record | {"headline": "New"}))
    done = Occasion.objects.get()
    assert done.what == f"Import {ImportBatch.objects.order_by('-pk').first().pk}"
    assert done.changes.get(table="articles_article").fields["headline"] == ["Old", "New"]
