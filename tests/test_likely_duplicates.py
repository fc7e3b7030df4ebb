"""Likely duplicates: what is proposed and why, what is not, and that it is quick."""

import time

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.editing.evidence import Reason
from articles.editing.likely_duplicates import find_duplicates
from articles.editing.merging import merge
from articles.editing.name_forms import sound_of, words_of
from articles.editing.stored_duplicates import look_for_duplicates, open_places, pairs_with, stored_duplicates
from articles.editing.telling_apart import allow_as_same, tell_apart, told_apart_lately
from articles.history import take_back
from articles.models import SUBJECT_KINDS, Person, Place, Topic

from .factories import make_article, make_person, make_place, make_topic

pytestmark = pytest.mark.django_db
PERSON, PLACE, TOPIC = SUBJECT_KINDS.values()


def found(kind=PERSON) -> list[tuple[str, str, str]]:
    """(name, name, sort of reason) of each pair, the likeliest first."""
    names = dict(kind.model.objects.values_list("pk", "name"))
    return [(names[pair.first], names[pair.second], pair.reason.sort) for pair in find_duplicates(kind)]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Ada Moreau", ("ada", "moreau")),
            ("MOREAU, Dr. Ada", ("ada", "moreau")),
            ("Léo O’Brien-Smith", ("leo", "obrien", "smith")),
            ("Washington, D.C., USA", ("washington", "d", "c", "usa")),
            ("Dr", ("dr",)),
            ("صوت", ("صوت",)),
            ("…", ()),
        ],
    )
    def test_a_name_is_read_as_words_in_the_order_of_speech(self, name, words):
        assert words_of(name, is_person=True) == words

    def test_titles_are_those_of_people(self):
        assert words_of("DR Congo", is_person=False) == ("dr", "congo")

    @pytest.mark.parametrize(
        "names",
        ["mohammed muhamad mohamed", "catherine kathrin", "schmidt smit", "philip filip", "zelensky zelenskyy", "шум"],
    )
    def test_what_sounds_alike_has_the_same_sound(self, names):
        assert len({sound_of(name) for name in names.split()}) == 1

    @pytest.mark.parametrize(
        ("one", "other", "sort"),
        [
            ("Ada Moreau", "ada MOREÁU", "name"),
            ("Ada Moreau", "Moreau, Ada", "name"),
            ("Jean-Paul O'Brien", "Jean Paul O’Brien", "name"),
            ("Ada Moreau", "Ada Moreaux", "spelling"),
            ("Ada Moreau", "Ida Moreau", "spelling"),
            ("Mohammed al-Fayed", "Muhammad Al Fayed", "spelling"),
            ("Kathrin Schmidt", "Catherine Schmitt", "spelling"),
            ("A. Moreau", "Ada Moreau", "initials"),
            ("Ada B. Moreau", "Ada Bertha Moreau", "initials"),
            ("Ada Moreau", "Ada Bertha Moreau", "middle"),
        ],
    )
    def test_two_names_of_one_person_are_proposed(self, one, other, sort):
        make_person(one)
        make_person(other)
        assert found() == [(one, other, sort)]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Ada Moreau", "Bo Lund"),
            ("John Paul I", "John Paul II"),
            ("A. Moreau", "Bertha Moreau"),
            ("Ada B. Moreau", "Anna B. Moreau"),
            ("Route 66", "Route 67"),
            ("Ada", "Moreau"),
            ("Bo Lund", "Bo Holm"),
        ],
    )
    def test_two_names_of_two_people_are_not(self, one, other):
        make_person(one)
        make_person(other)
        assert found() == []

    def test_other_names_count_a_little_less(self):
        make_person("Ada Moreau", aliases=["The Runner"])
        make_person("Bo Lund", aliases=["the  runner"])
        make_person("Cy Moreau")
        make_person("CY MOREAU")
        assert found() == [("Cy Moreau", "CY MOREAU", "name"), ("Ada Moreau", "Bo Lund", "alias")]

    def test_an_initial_that_may_stand_for_many_says_nothing(self):
        make_person("J. Smith")
        for name in ("John", "Jeremiah", "Jacqueline", "Josephine", "Justin"):
            make_person(f"{name} Smith")
        assert found() == []

    def test_topics_have_no_initials(self):
        make_topic("a crisis")
        make_topic("arts crisis")
        make_topic("flood")
        make_topic("floods")
        assert found(TOPIC) == [("flood", "floods", "spelling")]


class TestEvidence:
    def test_one_identifier_written_in_two_ways_is_sure(self):
        make_person("Ada Moreau", wikidata_id="Q1490")
        make_person("The Runner", wikidata_id="wd:q1490")
        (pair,) = find_duplicates(PERSON)
        assert (pair.score, pair.reason.in_words) == (100, "the same identifier: Q1490, wd:q1490")

    def test_two_identifiers_make_it_unlikely(self):
        make_person("Ada Moreau", wikidata_id="Q1")
        make_person("Ada Moreau", wikidata_id="Q2")
        make_person("Bo Lundgren", wikidata_id="Q3")
        make_person("Bo Lundgreen", wikidata_id="Q4")
        (pair,) = find_duplicates(PERSON)
        assert (pair.reason.in_words, pair.score) == ("the same name", 55)

    @pytest.mark.parametrize(
        ("one", "other", "is_proposed"),
        [
            ({}, {}, True),
            ({"country_code": "GE"}, {"country_code": "US"}, False),
            ({"latitude": 48, "longitude": 2}, {"latitude": 48, "longitude": 2.2}, True),
            ({"latitude": 48, "longitude": 2}, {"latitude": 43, "longitude": 2}, False),
            ({"kind": "city"}, {"kind": "region"}, True),
            ({"kind": "city", "geonames_id": 1}, {"kind": "region", "geonames_id": 2}, False),
        ],
    )
    def test_places_of_one_name_may_lie_apart(self, one, other, is_proposed):
        make_place("Georgia", **one)
        make_place("Georgia", **other)
        assert bool(found(PLACE)) is is_proposed

    def test_a_city_and_its_region_are_not_the_same(self):
        make_place("Luxembourg", kind="city", parent=make_place("Luxembourg", kind="country"))
        assert found(PLACE) == []

    def test_the_same_company_makes_it_likelier_and_is_named(self):
        bo, harbour = make_person("Bo Lund"), make_topic("harbour")
        for name in ("Ada Moreau", "Ada Moreaux"):
            make_article(about=[make_person(name), bo, harbour])
        make_person("Cleo Moreau")
        make_person("Clea Moreau")
        first, second = find_duplicates(PERSON)
        assert set(first.company) == {("person", bo.pk), ("topic", harbour.pk)}
        assert (first.reason.one, second.company) == ("Ada Moreau", ())

    def test_who_was_told_apart_is_not_proposed_until_that_is_taken_back(self):
        user = User.objects.create(username="editor")
        one, other = make_person("Ada Moreau"), make_person("Ada Moreau")
        done = tell_apart(PERSON, other, one, user)
        tell_apart(PERSON, one, other, user)
        assert found() == []
        (row,) = told_apart_lately(PERSON, 10)
        assert (row.first, row.second, row.decided_by) == (one, other, user)
        take_back(done, user)
        assert len(found()) == 1
        tell_apart(PERSON, one, other, user)
        allow_as_same(told_apart_lately(PERSON, 10)[0], ("Ada", "Ada"), user)
        assert len(found()) == 1


class TestKeeping:
    def test_what_was_found_is_kept_as_it_was(self):
        bo = make_person("Bo Lund")
        for name in ("Ada Moreau", "Ada Moreaux"):
            make_article(about=[make_person(name), bo])
        assert stored_duplicates(PERSON) is None
        findings = look_for_duplicates(PERSON)
        stored = stored_duplicates(PERSON)
        assert (stored.found_at, list(stored.pairs)) == (findings.found_at, list(findings.pairs))

    def test_what_was_merged_or_told_apart_since_is_left_out(self):
        people = [make_person("Ada Moreau") for _ in range(3)]
        look_for_duplicates(PERSON)
        assert len(pairs_with(PERSON, people[0].pk)) == 2
        tell_apart(PERSON, people[0], people[1])
        merge(PERSON, people[0].pk, [people[2].pk])
        assert open_places(PERSON, stored_duplicates(PERSON).pairs) == []

    def test_the_command_prints_and_keeps_them(self, capsys):
        make_person("Ada Moreau")
        make_person("Moreau, Ada")
        call_command("find_duplicates", "--kind", "person")
        printed = capsys.readouterr().out
        assert "people: 1 pairs are likely the same." in printed
        assert "Ada Moreau (ada-moreau) = Moreau, Ada (moreau-ada): the same name but for" in printed
        assert len(stored_duplicates(PERSON).pairs) == 1
        call_command("find_duplicates")
        assert "topics: 0 pairs" in capsys.readouterr().out


class TestScale:
    def test_a_thousand_namesakes_are_quick_and_few_queries(self, django_assert_max_num_queries):
        Person.objects.bulk_create([Person(name=f"Ada {'Moreau' * (n % 2)}", slug=f"p{n}") for n in range(1_000)])
        start = time.process_time()
        with django_assert_max_num_queries(1_100):
            assert len(find_duplicates(PERSON)) >= 998
        assert time.process_time() - start < 10

    def test_places_and_topics_with_nothing_have_none(self):
        assert Place.objects.count() == Topic.objects.count() == 0
        assert (find_duplicates(PLACE), find_duplicates(TOPIC)) == ([], [])


def test_countries_with_the_letters_of_a_title_are_two():
    make_place("Congo")
    make_place("DR Congo")
    assert not find_duplicates(SUBJECT_KINDS["place"])


def test_a_name_that_both_have_is_said_once():
    assert Reason("alias", "Herbert Hoover", "Herbert Hoover", 88).in_words == "both are called “Herbert Hoover”"
    assert "“Bo Li”, “Li Bo”" in Reason("alias", "Bo Li", "Li Bo", 88).in_words


def test_a_number_of_pairs_below_nothing_is_refused():
    with pytest.raises(CommandError, match="“-1” is no number from 0 up"):
        call_command("find_duplicates", "--show=-1")
