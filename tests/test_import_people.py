"""The import of people, and what all three imports of subjects have in common: matching, conflicts, the ledger."""

import csv
import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError

from articles.models import ImportBatch, ImportedChange, ImportProblem, Person, PersonAlias
from articles.pipeline.subjects import run as subject_run

from .corpora import CORPORA, needs_corpora
from .factories import make_person, make_topic
from .importing import failing_command, run_command

pytestmark = pytest.mark.django_db


def import_people(*paths, **options):
    return run_command("import_people", *paths, **options)


@pytest.fixture
def write(tmp_path):
    """write(name, content): a file of text, or of JSON lines from dictionaries."""

    def write_file(name, *lines):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(json.dumps(line) if isinstance(line, dict) else line for line in lines) + "\n")
        return path

    return write_file


def edit_by_hand(person, **fields):
    """As the admin does it, with an entry in its log."""
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()
    content_type = ContentType.objects.get_for_model(Person)
    LogEntry.objects.create(
        content_type=content_type, object_id=str(person.pk), action_flag=CHANGE, user_id=make_user()
    )


def make_user():
    return get_user_model().objects.get_or_create(username="editor")[0].pk


def names_of(person):
    return sorted(person.aliases.values_list("name", flat=True))


ADA = {"name": "Ada Moreau", "other_names": ["A. Moreau"], "description": "Mayor", "wikidata_id": "Q77777701"}


class TestCreating:
    def test_people_come_with_everything_and_name_their_import(self, write):
        output = import_people(write("people.jsonl", {**ADA, "other_names": [{"name": "Àda", "language": "ca"}]}))
        person = Person.objects.get()
        assert (person.name, person.slug, person.description) == ("Ada Moreau", "ada-moreau", "Mayor")
        assert list(person.aliases.values_list("name", "language")) == [("Àda", "ca")]
        assert output.startswith("1 created, 0 updated, 0 unchanged, 0 rejected.")
        assert person.batch == ImportBatch.objects.get()
        assert f"manage.py undo_import {person.batch.pk}" in output

    def test_the_import_is_on_record(self, write):
        path = write("people.csv", "name,wikidata_id", "Ada Moreau,Q77777701", "Bo Li,Paris")
        failing_command("import_people", path)
        batch = ImportBatch.objects.get()
        assert (batch.kind, batch.status, batch.format, batch.paths) == ("person", "finished", "csv", [str(path)])
        assert (batch.created, batch.updated, batch.unchanged, batch.rejected) == (1, 0, 0, 1)
        assert [str(problem) for problem in ImportProblem.objects.all()] == [f"{path}:3"]

    def test_namesakes_have_pages_of_their_own(self, write):
        make_person("Ada Moreau", wikidata_id="Q1")
        lines = [{"name": "Ada Moreau", "wikidata_id": f"Q{number}"} for number in range(2, 5)]
        import_people(write("people.jsonl", *lines))
        slugs = {"ada-moreau", "ada-moreau-2", "ada-moreau-3", "ada-moreau-4"}
        assert set(Person.objects.values_list("slug", flat=True)) == slugs

    def test_a_former_address_goes_on_leading_to_its_page(self, write):
        renamed = make_person("Eve Moreau")
        renamed.name, renamed.slug = "Eve Lindqvist", "eve-lindqvist"
        renamed.save()
        import_people(write("people.jsonl", {"name": "Eve Moreau"}, {"name": "أحمد"}))
        assert set(Person.objects.values_list("slug", flat=True)) == {"eve-lindqvist", "eve-moreau-2", "person"}

    def test_more_namesakes_than_are_asked_for_at_once_have_slugs(self, write, monkeypatch):
        monkeypatch.setattr("articles.models.free_slugs.NAMESAKES", 2)
        import_people(
            write("people.jsonl", *({"name": "Bo Li", "wikidata_id": f"Q{number}"} for number in range(1, 8)))
        )
        assert sorted(Person.objects.values_list("slug", flat=True)) == ["bo-li", *(f"bo-li-{n}" for n in range(2, 8))]

    def test_several_files_and_folders_are_read(self, write):
        write("a/people.jsonl", {"name": "Ada Moreau"})
        write("b.csv", "name", "Bo Li")
        import_people(write("a/people.jsonl", {"name": "Ada Moreau"}).parent.parent)
        assert set(Person.objects.values_list("name", flat=True)) == {"Ada Moreau", "Bo Li"}


class TestAgain:
    def test_the_same_file_changes_nothing(self, write):
        path = write("people.jsonl", ADA, {"name": "Bo Li"}, {"name": "Bo Li", "wikidata_id": "Q2"}, {"name": "Bo Li"})
        import_people(path)
        before = list(Person.objects.values()), list(PersonAlias.objects.values())
        output = import_people(path)
        assert output.startswith("0 created, 0 updated, 4 unchanged, 0 rejected.\nNothing has changed.")
        assert (list(Person.objects.values()), list(PersonAlias.objects.values())) == before
        assert not ImportedChange.objects.exists()

    @pytest.mark.parametrize("part", [1, 2, 1_000])
    def test_a_kill_at_any_moment_and_the_same_command_again_give_the_same(self, write, monkeypatch, part):
        monkeypatch.setattr(subject_run, "PART", part)
        lines = [{**ADA, "name": f"Ada Moreau {number}", "wikidata_id": f"Q{number}"} for number in range(1, 6)]
        path = write("people.jsonl", *lines)
        store, calls = subject_run.store_records, []

        def killed_store(records, *args):
            calls.append(records)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return store(records, *args)

        monkeypatch.setattr(subject_run, "store_records", killed_store)
        if part < 5:
            with pytest.raises(KeyboardInterrupt):
                import_people(path)
            assert ImportBatch.objects.get().status == "interrupted"
            assert Person.objects.count() == part == ImportBatch.objects.get().created
        import_people(path)
        assert Person.objects.count() == 5
        assert PersonAlias.objects.count() == 5

    def test_two_records_that_disagree_do_not_overwrite_each_other_in_turns(self, write):
        path = write("people.jsonl", {**ADA, "description": "Mayor"}, {**ADA, "description": "Painter"})
        assert "1 values differ" in import_people(path)
        assert "0 created, 0 updated, 2 unchanged" in import_people(path)
        assert Person.objects.get().description == "Mayor"


class TestWhomARecordMeans:
    def test_an_identifier_says_it_whatever_the_name(self, write):
        person = make_person("Ada Lindqvist", wikidata_id="Q77777701")
        import_people(write("people.jsonl", ADA))
        assert Person.objects.get() == person
        assert names_of(person) == ["A. Moreau", "Ada Moreau"]

    @pytest.mark.parametrize("name", ["Ada Moreau", "ADA MOREAU", "Àda  Moreau"])
    def test_a_name_says_it_accents_and_case_apart(self, write, name):
        person = make_person("Ada Moreau")
        import_people(write("people.jsonl", {"name": name, "wikidata_id": "Q77777701"}))
        assert Person.objects.get() == person
        assert Person.objects.get().wikidata_id == "Q77777701"

    def test_another_name_says_it_where_no_name_does(self, write):
        person = make_person("Adelaide Moreau", aliases=["Ada Moreau"])
        import_people(write("people.jsonl", {"name": "Ada Moreau", "description": "Mayor"}))
        assert Person.objects.get() == person
        assert Person.objects.get().name == "Adelaide Moreau"

    def test_other_names_say_it_where_two_are_the_same(self, write):
        make_person("Herbert Hoover", aliases=["Herbert Clark Hoover"])
        names = ["Herbert Hoover", "Herbert Clark Hoover"]
        import_people(write("a.jsonl", {"name": "Herbert C. Hoover", "other_names": names, "wikidata_id": "Q35236"}))
        (hoover,) = Person.objects.all()
        assert (hoover.name, hoover.wikidata_id) == ("Herbert Hoover", "Q35236")
        assert "Herbert C. Hoover" in names_of(hoover)

    def test_another_name_alone_leaves_the_record_unsure(self, write):
        make_person("George Bush")
        path = write("a.jsonl", {"name": "George W. Bush", "other_names": ["George Bush"]})
        output, _ = failing_command("import_people", path)
        assert list(Person.objects.values_list("name", flat=True)) == ["George Bush"]
        assert "“George W. Bush” could be any of: george-bush." in output

    def test_a_nickname_says_nothing(self, write):
        make_person("Bo")
        import_people(write("a.jsonl", {"name": "Bo Li", "other_names": ["Bo"]}))
        assert Person.objects.count() == 2

    def test_somebody_with_another_identifier_is_somebody_else(self, write):
        make_person("Ada Moreau", wikidata_id="Q1")
        import_people(write("people.jsonl", ADA))
        assert sorted(Person.objects.values_list("wikidata_id", flat=True)) == ["Q1", "Q77777701"]

    def test_what_could_be_two_people_is_left_out_and_named(self, write):
        make_person("Ada Moreau", description="Painter")
        make_person("Ada Moreau", description="Singer")
        output, error = failing_command(
            "import_people", write("people.jsonl", {"name": "Ada Moreau", "description": "Mayor"})
        )
        assert Person.objects.count() == 2
        assert "“Ada Moreau” could be any of: ada-moreau, ada-moreau-2. It was left out." in output
        assert "0 created, 0 updated, 0 unchanged, 1 rejected." in output
        assert error == "1 could not be taken in whole; each is named above. The rest is in."

    def test_what_could_be_two_people_can_be_made_a_third_once(self, write):
        make_person("Ada Moreau", description="Painter")
        make_person("Ada Moreau", description="Singer")
        path = write("people.jsonl", {"name": "Ada Moreau", "description": "Mayor"})
        for _ in range(2):
            import_people(path, on_unsure="create")
        assert sorted(Person.objects.values_list("description", flat=True)) == ["Mayor", "Painter", "Singer"]

    def test_of_two_people_the_one_that_says_it_all_is_meant(self, write):
        make_person("Ada Moreau", description="Painter")
        make_person("Ada Moreau", description="Singer")
        output = import_people(write("people.jsonl", {"name": "Ada Moreau", "description": "Singer"}))
        assert output.startswith("0 created, 0 updated, 1 unchanged, 0 rejected.")

    def test_two_records_with_ids_of_their_own_are_two_people(self, write):
        persons = [{"id": "1", "name": "Bo Li"}, {"id": "2", "name": "Bo Li"}]
        path = write("council.json", json.dumps({"persons": persons}))
        import_people(path)
        assert Person.objects.count() == 2
        assert "0 created, 0 updated, 2 unchanged, 0 rejected." in import_people(path)

    def test_ids_of_different_files_do_not_make_two_people(self, write):
        first = write("one.json", json.dumps({"persons": [{"id": "1", "name": "Bo Li"}]}))
        import_people(first, write("two.json", json.dumps({"persons": [{"id": "2", "name": "Bo Li"}]})))
        assert Person.objects.count() == 1

    def test_an_identifier_stands_for_one_person_in_a_file(self, write):
        output = import_people(write("people.jsonl", ADA, {**ADA, "name": "Ada Lindqvist"}))
        assert names_of(Person.objects.get()) == ["A. Moreau", "Ada Lindqvist"]
        assert output.startswith("1 created, 1 updated, 0 unchanged, 0 rejected.")


class TestConflicts:
    def test_empty_fields_are_filled_and_names_added(self, write):
        person = make_person("Ada Moreau", aliases=["Ada M."])
        import_people(write("people.jsonl", ADA))
        person.refresh_from_db()
        assert (person.description, person.wikidata_id) == ("Mayor", "Q77777701")
        assert names_of(person) == ["A. Moreau", "Ada M."]
        assert person.batch is None

    def test_what_a_person_wrote_is_kept_and_reported(self, write):
        make_person("Ada Moreau", wikidata_id="Q77777701", description="A painter")
        output = import_people(write("people.jsonl", ADA))
        assert Person.objects.get().description == "A painter"
        assert "1 values differ from what the archive has, which was kept" in output

    def test_what_a_person_wrote_is_replaced_if_that_is_asked_for(self, write):
        make_person("Ada Lindqvist", wikidata_id="Q77777701", description="A painter")
        path = write("people.jsonl", ADA)
        import_people(path, on_conflict="update")
        person = Person.objects.get()
        assert (person.name, person.slug, person.description) == ("Ada Moreau", "ada-lindqvist", "Mayor")
        assert names_of(person) == ["A. Moreau", "Ada Lindqvist"]
        assert "0 updated, 1 unchanged" in import_people(path, on_conflict="update")

    def test_what_an_import_wrote_is_replaced_by_a_newer_one(self, write):
        import_people(write("old.jsonl", ADA))
        import_people(write("new.jsonl", {**ADA, "description": "Former mayor"}))
        assert Person.objects.get().description == "Former mayor"

    def test_what_an_import_filled_in_is_replaced_by_a_newer_one(self, write):
        make_person("Ada Moreau", wikidata_id="Q77777701")
        import_people(write("old.jsonl", ADA))
        import_people(write("new.jsonl", {**ADA, "description": "Former mayor"}))
        assert Person.objects.get().description == "Former mayor"

    def test_what_a_person_has_edited_since_is_not(self, write):
        import_people(write("old.jsonl", ADA))
        edit_by_hand(Person.objects.get(), description="The first mayor")
        import_people(write("new.jsonl", {**ADA, "description": "Former mayor"}))
        assert Person.objects.get().description == "The first mayor"

    def test_an_identifier_that_somebody_else_has_is_left_out(self, write):
        make_person("Bo Li", wikidata_id="Q77777701")
        ada = make_person("Ada Moreau", wikidata_id="Q5")
        lines = [{"name": "Ada Moreau", "wikidata_id": "Q5"}, {**ADA, "name": "Ada Moreau"}]
        import_people(write("people.jsonl", *lines))
        ada.refresh_from_db()
        assert ada.wikidata_id == "Q5"
        assert Person.objects.count() == 2

    def test_a_subject_that_was_made_from_a_tag_is_looked_for_from_now_on(self, write):
        tagged = ImportBatch.objects.create(kind="articles")
        make_person("Ada Moreau", name_is_matched=False, batch=tagged)
        make_person("Hope", name_is_matched=False)
        import_people(write("people.jsonl", {"name": "Ada Moreau"}, {"name": "Hope"}))
        assert list(Person.objects.order_by("name").values_list("name_is_matched", flat=True)) == [True, False]


class TestTheLedger:
    def test_each_change_of_a_known_subject_is_written_down(self, write):
        person = make_person("Ada Moreau")
        import_people(write("people.jsonl", ADA))
        change = ImportedChange.objects.get()
        assert (change.kind, change.object_id, change.batch) == ("person", person.pk, ImportBatch.objects.get())
        assert change.fields == {
            "description": ["", "Mayor"],
            "wikidata_id": ["", "Q77777701"],
            "aliases": [[], ["A. Moreau"]],
        }

    def test_what_was_created_needs_no_entry(self, write):
        import_people(write("people.jsonl", ADA, {**ADA, "other_names": ["Ada M."]}))
        assert names_of(Person.objects.get()) == ["A. Moreau", "Ada M."]
        assert not ImportedChange.objects.exists()

    def test_an_import_can_be_taken_back(self, write):
        make_person("Ada Moreau", aliases=["Ada M."])
        before = list(Person.objects.values()), list(PersonAlias.objects.values())
        import_people(write("people.jsonl", ADA, {"name": "Bo Li"}))
        run_command("undo_import", ImportBatch.objects.get().pk)
        assert (list(Person.objects.values()), list(PersonAlias.objects.values())) == before


class TestRehearsalAndReport:
    def test_a_rehearsal_shows_the_changes_and_writes_nothing(self, write):
        make_person("Ada Moreau", description="")
        before = list(Person.objects.values())
        output = import_people(write("people.jsonl", ADA, {"name": "Bo Li"}), dry_run=True)
        assert "description: nothing → Mayor" in output
        assert "other_names: nothing → A. Moreau" in output
        assert "Rehearsal, nothing was written:\n1 created, 1 updated" in output
        assert list(Person.objects.values()) == before
        for model in (PersonAlias, ImportBatch, ImportedChange):
            assert not model.objects.exists()

    def test_the_report_has_a_line_for_each_record_and_change(self, write, tmp_path):
        make_person("Ada Moreau", description="Painter")
        make_person("Cy Vale", description="x")
        make_person("Cy Vale", description="y")
        lines = [ADA, {"name": "Bo Li"}, {"name": "Bo Li"}, {"name": "Cy Vale", "description": "z"}, {"name": ""}]
        report = tmp_path / "report.csv"
        failing_command("import_people", write("people.jsonl", *lines), report=str(report))
        rows = list(csv.DictReader(report.open()))
        assert [
            (row["line"], row["action"], row["slug"], row["field"], row["before"], row["after"]) for row in rows
        ] == [
            ("5", "rejected", "", "", "", ""),
            ("1", "updated", "ada-moreau", "wikidata_id", "", "Q77777701"),
            ("1", "updated", "ada-moreau", "other_names", "", "A. Moreau"),
            ("1", "kept", "ada-moreau", "description", "Painter", "Mayor"),
            ("2", "created", "bo-li", "", "", ""),
            ("3", "unchanged", "bo-li", "", "", ""),
            ("4", "unsure", "cy-vale, cy-vale-2", "", "", ""),
        ]

    def test_the_report_may_be_json_lines(self, write, tmp_path):
        report = tmp_path / "report.jsonl"
        import_people(write("people.jsonl", ADA), report=str(report))
        assert json.loads(report.read_text())["action"] == "created"


class TestTheCommand:
    def test_it_lists_its_formats(self, capsys):
        with pytest.raises(SystemExit):
            import_people("--list-formats")
        assert "legislators" in capsys.readouterr().out

    def test_a_format_can_be_insisted_on(self, write):
        path = write("people.txt", "who", "Ada Moreau")
        assert (
            "No format recognises this file. Name one with --format (popolo,"
            in failing_command("import_people", path)[0]
        )
        import_people(path, "--format=csv", "--field=name=who")
        assert Person.objects.get().name == "Ada Moreau"

    def test_a_format_without_columns_has_none_to_map(self, write):
        path = write("one.json", json.dumps({"persons": [{"id": "1", "name": "Bo Li"}]}))
        output, _ = failing_command("import_people", path, "--field=name=who")
        assert (
            "A file in the format popolo has no fields to map. Leave --field out, or name another --format." in output
        )

    @pytest.mark.parametrize(
        ("option", "sentence"),
        [
            ({"field": {"colour": "x"}}, "There is no field “colour”. The fields are: name, other_names"),
            ({"report": "/nowhere/at/all.csv"}, "The report /nowhere/at/all.csv cannot be written"),
        ],
    )
    def test_mistakes_are_named_in_a_sentence(self, write, option, sentence):
        with pytest.raises(CommandError, match=sentence[:30]):
            import_people(write("people.jsonl", ADA), **option)
        assert not Person.objects.exists()

    def test_names_can_be_chosen_by_language(self, write):
        names = [{"name": "Àda", "language": "ca"}, {"name": "Ада", "language": "ru"}, "A. Moreau"]
        import_people(write("people.jsonl", {"name": "Ada Moreau", "other_names": names}), languages="ru")
        assert names_of(Person.objects.get()) == ["A. Moreau", "Ада"]

    @pytest.mark.parametrize(("choice", "is_matched"), [("", True), ("careful", False), ("none", False), ("all", True)])
    def test_names_are_looked_for_as_the_user_chooses(self, write, choice, is_matched):
        import_people(write("people.jsonl", {"name": "Hope"}), match_names=choice)
        assert Person.objects.get().name_is_matched is is_matched

    def test_the_number_of_queries_does_not_grow_with_the_people(self, write, django_assert_max_num_queries):
        make_topic("Ada Moreau 3")
        lines = [{**ADA, "name": f"Ada Moreau {number}", "wikidata_id": f"Q{number}"} for number in range(1, 400)]
        with django_assert_max_num_queries(80):
            import_people(write("people.jsonl", *lines))
        assert Person.objects.count() == 399


@needs_corpora
class TestRealPeople:
    def test_all_parliaments_and_the_congress_come_in_whole_and_only_once(self):
        congress = [CORPORA / "congress_legislators" / name for name in ("legislators-current.yaml", "executive.yaml")]
        parliaments = sorted((CORPORA / "popolo").rglob("*.json"))
        persons = sum(len(json.loads(path.read_text())["persons"]) for path in parliaments)
        first = import_people(CORPORA / "popolo", *congress)
        assert first.startswith(f"{persons + 617} created, 0 updated, 0 unchanged, 0 rejected.")
        assert import_people(CORPORA / "popolo", *congress).startswith(
            f"0 created, 0 updated, {persons + 617} unchanged, 0 rejected."
        )
        assert Person.objects.get(wikidata_id="Q207").name == "George W. Bush"
        assert PersonAlias.objects.filter(subject__wikidata_id="Q359442", name="Bernard Sanders").exists()
