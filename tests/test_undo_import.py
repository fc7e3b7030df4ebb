"""Taking an import back: everything it did goes, everything that people did since stays and is named."""

import datetime

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import (
    Article,
    Candidate,
    ImportBatch,
    ImportedChange,
    Person,
    PersonLink,
    Place,
    Source,
    TextGroup,
    Topic,
)  # fmt: skip
from articles.search import ArticleQuery, search

from .factories import link, make_person, make_topic
from .importing import failing_command, run_command, write_json_lines
from .meanwhile import locks_rows_of

pytestmark = pytest.mark.django_db

RECORD = {"external_id": "1", "source": "The Wire", "headline": "Ada Moreau resigns", "people": ["Bo Li"]}


@pytest.fixture
def imported(tmp_path):
    """imported(record, …): the number of the import of these records."""

    def import_records(*records, **options):
        run_command("import_articles", write_json_lines(tmp_path / "wire.jsonl", *records), **options)
        return ImportBatch.objects.order_by("-pk").first().pk

    return import_records


def everything() -> dict[str, list]:
    """All that an import may touch, as values that can be compared."""
    ignored = {"batch_id", "updated_at", "created_at"}
    models = (Article, Person, Place, Topic, Source, PersonLink, TextGroup, Candidate)
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in ignored}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    }


def test_what_an_import_created_is_removed(imported):
    make_person("Ada Moreau")
    before = everything()
    number = imported(RECORD, {"headline": "Two", "topics": ["rail"], "places": ["Riverton"]})
    assert (Article.objects.count(), Person.objects.count(), Topic.objects.count()) == (2, 2, 1)
    said = run_command("undo_import", number)
    assert "2 articles removed, 0 rows put back as they were, 3 people, places and topics removed, 0 left." in said
    assert everything() == before
    assert search(ArticleQuery()).total == 0


def test_the_record_of_the_import_outlives_it_and_is_not_undone_twice(imported):
    number = imported(RECORD)
    run_command("undo_import", number)
    batch = ImportBatch.objects.get(pk=number)
    assert (batch.status, batch.created, batch.undone_at is not None) == ("undone", 1, True)
    _, error = failing_command("undo_import", number)
    assert error == f"Import {number} was taken back already."


def test_an_updated_article_gets_its_values_and_links_back(imported):
    make_person("Ada Moreau")
    make_topic("rail")
    imported(RECORD | {"published_on": "2024-03-21", "body": "She was tired."})
    before = everything()
    changed = RECORD | {"headline": "Nobody resigns", "people": [], "topics": ["rail"], "byline": "By Bo"}
    number = imported(changed | {"published_on": "2024-03-22", "body": "Not at all."})
    article = Article.objects.get()
    assert (article.headline, article.person_links.count()) == ("Nobody resigns", 0)
    said = run_command("undo_import", number)
    assert "0 articles removed, 1 rows put back as they were, 0 people, places and topics removed, 0 left." in said
    article.refresh_from_db()
    assert (article.headline, article.published_on) == ("Ada Moreau resigns", datetime.date(2024, 3, 21))
    assert everything() | {"PersonLink": []} == before | {"PersonLink": []}
    assert set(article.people.values_list("name", flat=True)) == {"Ada Moreau", "Bo Li"}
    assert not article.topics.exists()
    assert search(ArticleQuery(words="tired")).total == 1


def test_nobody_else_changes_what_goes_back_meanwhile(imported):
    imported(RECORD)
    number = imported({**RECORD, "headline": "Ada Moreau stays"})
    with locks_rows_of(Article):
        run_command("undo_import", str(number))


def test_the_old_file_changes_nothing_after_an_undo_and_the_new_one_comes_in_again(imported):
    imported(RECORD)
    new = RECORD | {"headline": "Another headline"}
    run_command("undo_import", imported(new))
    assert ImportBatch.objects.get(pk=imported(RECORD)).unchanged == 1
    assert ImportBatch.objects.get(pk=imported(new)).updated == 1


def test_an_article_that_a_person_edited_stays_and_is_named(imported):
    number = imported(RECORD, {"headline": "Two"})
    Article.objects.filter(headline="Ada Moreau resigns").update(edited_fields=["headline"])
    said = run_command("undo_import", number)
    assert "1 articles removed" in said
    assert "“Ada Moreau resigns” was edited here and stays." in said
    assert Article.objects.get().headline == "Ada Moreau resigns"
    assert Person.objects.get().name == "Bo Li"


def test_an_article_with_a_decided_link_stays(imported):
    number = imported(RECORD)
    PersonLink.objects.update(decided_at=timezone.now())
    said = run_command("undo_import", number)
    assert "“Ada Moreau resigns” has people that a person decided on and stays." in said
    assert Article.objects.count() == 1


def test_a_field_that_was_edited_after_an_update_stays(imported):
    imported(RECORD)
    number = imported(RECORD | {"headline": "Wire headline", "byline": "By Bo"})
    Article.objects.update(headline="By hand", edited_fields=["headline"])
    said = run_command("undo_import", number)
    assert "“By hand”: headline was changed since and stays." in said
    article = Article.objects.get()
    assert (article.headline, article.byline) == ("By hand", "")


def test_what_a_later_import_changed_stays(imported):
    first = imported(RECORD)
    second = imported(RECORD | {"headline": "Second"})
    assert f"“Second” was changed by import {second} and stays." in run_command("undo_import", first)
    assert Article.objects.get().headline == "Second"


def test_imports_taken_back_in_reverse_restore_the_start(imported):
    make_person("Ada Moreau")
    before = everything()
    records = [
        RECORD,
        RECORD | {"headline": "Second", "people": ["Cy"]},
        RECORD | {"headline": "Third", "topics": ["x"]},
    ]
    for number in reversed([imported(record) for record in records]):
        run_command("undo_import", number)
    assert everything() == before


def test_a_subject_that_others_use_by_now_stays(imported):
    number = imported(RECORD)
    other = Article.objects.create(headline="By hand")
    link(other, Person.objects.get(), origin="editor", decided_at=timezone.now())
    said = run_command("undo_import", number)
    assert "“Bo Li” is linked by others and stays." in said
    assert Person.objects.count() == 1


def test_a_subject_that_was_edited_stays(imported):
    number = imported(RECORD)
    person = Person.objects.get()
    LogEntry.objects.log_actions(User.objects.create(username="ed").pk, [person], CHANGE, "changed")
    assert "“Bo Li” was edited here and stays." in run_command("undo_import", number)


def test_grouped_copies_are_alone_again(imported):
    imported({"external_id": "1", "headline": "One", "body": "The same text."})
    number = imported({"external_id": "2", "headline": "Two", "body": "The same  text."})
    assert Article.objects.exclude(text_group=None).count() == 2
    run_command("undo_import", number)
    assert not TextGroup.objects.exists()
    assert Article.objects.get().text_group is None


def test_candidates_of_the_import_go_with_it(imported):
    number = imported(RECORD, unknown_subjects="suggest")
    assert Candidate.objects.get().name == "Bo Li"
    run_command("undo_import", number)
    assert not Candidate.objects.exists()


def test_a_rehearsal_of_the_undo_changes_nothing(imported):
    number = imported(RECORD)
    before = everything()
    said = run_command("undo_import", number, dry_run=True)
    assert said.startswith("Rehearsal, nothing was written:\n1 articles removed")
    assert everything() == before
    assert ImportBatch.objects.get().status == "finished"
    assert search(ArticleQuery()).total == 1


def test_an_interrupted_undo_goes_on_where_it_was(imported, monkeypatch):
    imported(RECORD)
    before = everything()
    number = imported(RECORD | {"headline": "Changed"}, {"headline": "Two"})
    with monkeypatch.context() as patch:
        patch.setattr("articles.pipeline.storing.undo._remove_articles", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_command("undo_import", number)
    assert ImportedChange.objects.get().is_undone
    run_command("undo_import", number)
    assert everything() == before


def test_an_import_that_is_running_is_not_taken_back():
    batch = ImportBatch.objects.create()
    _, error = failing_command("undo_import", batch.pk)
    assert error == f"Import {batch.pk} is still running. Stop it first, or wait."
    ImportBatch.objects.update(active_at=timezone.now() - datetime.timedelta(minutes=5))
    assert "0 articles removed" in run_command("undo_import", batch.pk)


def test_an_unknown_number_leads_to_the_log():
    _, error = failing_command("undo_import", 77)
    assert error == "There is no import 77. See which there are: manage.py import_log"


def test_the_log_lists_the_imports(imported):
    assert run_command("import_log") == "Nothing has been imported yet.\n"
    number = imported(RECORD)
    run_command("undo_import", number)
    killed = ImportBatch.objects.create(paths=["a.zip"])
    ImportBatch.objects.filter(pk=killed.pk).update(active_at=timezone.now() - datetime.timedelta(minutes=5))
    latest, first = run_command("import_log").splitlines()
    assert "Interrupted" in latest
    assert "a.zip" in latest
    assert "Undone" in first
    assert "Articles: 1 created, 0 updated, 0 unchanged, 0 rejected" in first
