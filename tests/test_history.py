"""Every change is on record, whoever makes it, and whatever was done on an occasion can be taken back."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.editing.reverting import outlook, revert
from articles.history import UndoRefused, last_undo, occasion, take_back
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
from .meanwhile import locks_rows_of

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

    def test_a_change_names_what_the_row_belongs_to(self):
        article, old, new = make_article(), make_person("Old", aliases=["Elder"]), make_person("New")
        made = link(article, old)
        PersonLink.objects.update(subject=new)
        made.delete()
        changes = Change.objects.filter(table="articles_personlink").order_by("pk")
        owners = list(changes.values_list("article_id", "subject_id", "former_subject_id"))
        assert owners == [(article.pk, old.pk, None), (article.pk, new.pk, old.pk), (article.pk, new.pk, None)]
        assert Change.objects.get(table="articles_personalias").subject_id == old.pk
        article.slug = "new-address"
        article.save()
        former = Change.objects.get(table="articles_articleformerslug")
        assert (former.article_id, former.subject_id) == (article.pk, None)
        assert Change.objects.filter(table="articles_article").first().article_id is None

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

    def test_an_undo_inside_an_occasion_that_has_a_name_is_refused_rather_than_not_known_for_one(self):
        with occasion("Made") as done:
            make_person()
        with pytest.raises(ValueError, match="an occasion of its own"), occasion("Outer"):
            take_back(done)
        with occasion(""):
            take_back(done)
        assert last_undo(Occasion.objects.get(what="Made"))

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

    def test_nobody_else_changes_what_is_taken_back_meanwhile(self):
        make_person("Old")
        with occasion("Renamed") as done:
            Person.objects.update(name="New")
        with locks_rows_of(Person):
            take_back(done)

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

    def test_what_many_rows_have_in_common_costs_few_queries(self, django_assert_max_num_queries):
        people = [make_person(f"No. {number}") for number in range(300)]
        with occasion("Described") as done:
            Person.objects.update(description="x")
            for person in people[:150]:
                person.delete()
        before = Person.objects.count()
        with django_assert_max_num_queries(60):
            assert take_back(done).left == []
        assert (before, Person.objects.filter(description="").count()) == (150, 300)

    def test_a_decision_is_taken_back_with_its_time(self, editor):
        suggested = link(make_article(), make_person(), status="suggested", confidence=1 / 3)
        with occasion("Accepted") as done:
            suggested.status, suggested.confidence = "accepted", 2 / 3
            suggested.decide(editor)
            suggested.save()
        undo = take_back(done)
        suggested.refresh_from_db()
        assert (undo.left, suggested.status, suggested.decided_at) == ([], "suggested", None)
        assert suggested.confidence == pytest.approx(1 / 3, rel=1e-14)
        assert take_back(undo.occasion).left == []
        suggested.refresh_from_db()
        assert suggested.decided_by == editor

    def test_a_new_row_that_people_have_linked_to_since_stays(self):
        with occasion("Made") as done:
            person = make_person("Ada")
        make_article("Since", about=[person])
        assert take_back(done).left == ["Ada: is used by others and stays."]
        assert PersonLink.objects.get().subject == person

    def test_parents_and_parts_that_were_made_together_go_together(self):
        with occasion("Made") as done:
            make_place("Cairo", parent=make_place("Egypt"))
        assert take_back(done).left == []
        assert not Place.objects.exists()

    def test_a_new_place_stays_with_what_it_lies_in_once_it_was_changed(self):
        with occasion("Made") as done:
            egypt = make_place("Egypt")
            make_place("Cairo", parent=egypt)
        Place.objects.filter(name="Cairo").update(description="large")
        left = take_back(done).left
        assert left == ["Cairo: description changed since.", "Egypt: is used by others and stays."]

    def test_what_belonged_to_a_row_that_cannot_come_back_stays_away(self):
        person = make_person("Ada", slug="ada", aliases=["Moreau"])
        make_article(about=[person])
        with occasion("Removed") as done:
            person.delete()
        make_person("Other", slug="ada")
        assert take_back(done).left == [
            "person: something else has taken its place since.",
            "link to a person: what it belonged to is gone.",
            "other name: what it belonged to is gone.",
        ]
        assert not PersonLink.objects.exists()

    def test_a_key_that_may_be_empty_is_empty_where_its_row_is_gone(self):
        place = make_place("Cairo", parent=make_place("Egypt"))
        with occasion("Moved") as done:
            Place.objects.filter(pk=place.pk).update(parent=None)
        Place.objects.filter(name="Egypt").delete()
        assert take_back(done).left == []
        assert Place.objects.get().parent is None

    def test_of_many_rows_only_those_stay_whose_place_is_taken(self):
        for number in range(20):
            make_person(f"No. {number}", slug=f"no-{number}")
        with occasion("Removed") as done:
            Person.objects.all().delete()
        make_person("Other", slug="no-7")
        assert len(take_back(done).left) == 1
        assert Person.objects.count() == 20

    def test_exchanged_addresses_are_exchanged_back(self):
        one, two = make_person("One", slug="one"), make_person("Two", slug="two")
        with occasion("Exchanged") as done:
            for person, slug in ((one, "between"), (two, "one"), (one, "two")):
                Person.objects.filter(pk=person.pk).update(slug=slug)
        assert take_back(done).left == []
        assert list(Person.objects.order_by("pk").values_list("slug", flat=True)) == ["one", "two"]

    def test_imported_rows_that_came_back_go_again(self):
        person = make_person("Ada", batch=ImportBatch.objects.create())
        link(make_article(), person, batch=person.batch)
        with occasion("Removed") as done:
            person.delete()
        undo = take_back(done)
        assert Person.objects.get().batch == PersonLink.objects.get().batch == person.batch
        assert take_back(undo.occasion).left == []
        assert not Person.objects.exists()

    def test_nothing_becomes_a_part_of_itself(self):
        egypt, cairo = make_place("Egypt"), make_place("Cairo")
        Place.objects.filter(pk=cairo.pk).update(parent=egypt)
        with occasion("Moved out") as done:
            Place.objects.filter(pk=cairo.pk).update(parent=None)
        Place.objects.filter(pk=egypt.pk).update(parent=cairo)
        assert take_back(done).left == ["Cairo: would be a part of itself, and stands alone."]
        assert list(Place.objects.order_by("pk").values_list("parent", flat=True)) == [cairo.pk, None]

    def test_an_address_leads_on_where_its_row_has_got_another_since(self):
        person = make_person("Ada", slug="first")
        with occasion("Renamed") as done:
            _rename(person, "second")
        _rename(person, "third")
        assert take_back(done).left == ["Ada: slug changed since."]
        assert set(PersonFormerSlug.objects.values_list("slug", "target")) == {
            ("first", person.pk),
            ("second", person.pk),
        }

    def test_an_address_that_came_back_by_itself_leads_on_when_it_is_given_up_again(self):
        person = make_person("Ada", slug="first")
        with occasion("Renamed") as there:
            _rename(person, "second")
        with occasion("Renamed back") as back:
            _rename(person, "first")
        take_back(there)
        take_back(back)
        person.refresh_from_db()
        assert person.slug == "second"
        assert PersonFormerSlug.objects.get().slug == "first"

    def test_what_was_taken_back_and_done_again_can_be_taken_back(self):
        person = make_person("Old")
        with occasion("Renamed") as done:
            Person.objects.update(name="New")
        assert last_undo(done) is None
        undo = take_back(done).occasion
        assert last_undo(Occasion.objects.get(pk=done.pk)) == undo
        take_back(undo)
        assert last_undo(Occasion.objects.get(pk=done.pk)) is None
        take_back(Occasion.objects.get(pk=done.pk))
        person.refresh_from_db()
        assert person.name == "Old"

    def test_of_many_things_that_stay_a_hundred_are_named(self):
        with occasion("Made") as done:
            for number in range(103):
                make_person(f"No. {number}")
        Person.objects.update(description="x")
        left = take_back(done).left
        assert len(left) == 101
        assert left[-1] == "3 more were changed since."


class TestReverting:
    def test_a_field_is_known_to_have_changed_since_or_not(self):
        person = make_person("Old", description="runner")
        Person.objects.update(name="New", description="minister")
        Person.objects.update(name="Newest")
        found = outlook(Change.objects.filter(object_id=person.pk, action="update").order_by("pk").first())
        assert [each.is_changed_since for each in found] == [True, False]

    def test_what_others_need_is_named(self):
        person = make_person("Ada")
        made = Change.objects.get(object_id=person.pk, table="articles_person")
        make_article(about=[person])
        assert revert(made, None) == ["Ada: is used by others and stays."]


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


def _rename(person, slug):
    person.slug = slug
    person.save()


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


def test_changes_that_were_recorded_before_learn_what_they_belong_to():
    name_owners = import_module("articles.migrations.0011_histories_of_links").name_owners
    old, new = make_person("Old", aliases=["Elder"]), make_person("New")
    link(make_article(), old)
    PersonLink.objects.update(subject=new)
    PersonLink.objects.update(status="rejected")
    PersonAlias.objects.all().delete()
    owners = ("article_id", "subject_id", "former_subject_id")
    recorded = list(Change.objects.values_list("pk", *owners))
    Change.objects.update(**dict.fromkeys(owners))
    name_owners(apps, None)
    assert list(Change.objects.values_list("pk", *owners)) == recorded
