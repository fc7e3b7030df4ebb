"""Values, names and their choice, before anything is stored. No database."""

from decimal import Decimal

import pytest

from articles.pipeline.records import Position
from articles.pipeline.subjects.everyday import is_everyday, with_matching
from articles.pipeline.subjects.languages import in_languages
from articles.pipeline.subjects.levels import in_levels
from articles.pipeline.subjects.limits import within_limits
from articles.pipeline.subjects.prominence import Prominence
from articles.pipeline.subjects.records import OtherName, ParentReference, PersonRecord, PlaceRecord
from articles.pipeline.subjects.values import (
    InvalidValue,
    read_coordinate,
    read_geonames_id,
    read_iptc_code,
    read_number,
    read_other_names,
    read_wikidata_id,
)

POSITION = Position("here.csv")


class TestValues:
    @pytest.mark.parametrize(
        "text",
        ["Q42", "q42", " Q42 ", "http://www.wikidata.org/entity/Q42", "https://www.wikidata.org/wiki/Q42", "wd:Q42"],
    )
    def test_a_wikidata_id_may_be_an_address(self, text):
        assert read_wikidata_id(text) == "Q42"

    @pytest.mark.parametrize("text", ["42", "P31", "Q", "Q0", "Q42 Q43", "https://example.org/Q42"])
    def test_what_is_no_wikidata_id_is_refused(self, text):
        with pytest.raises(InvalidValue, match="no Wikidata id"):
            read_wikidata_id(text)

    @pytest.mark.parametrize(
        "value", [2643743, "2643743", "geonames:2643743", "https://www.geonames.org/2643743/london.html"]
    )
    def test_a_geonames_id_may_be_an_address(self, value):
        assert read_geonames_id(value) == 2643743

    @pytest.mark.parametrize(
        "text", ["medtop:20000056", "20000056", "http://cv.iptc.org/newscodes/mediatopic/20000056", "MEDTOP:20000056"]
    )
    def test_a_media_topic_may_be_an_address(self, text):
        assert read_iptc_code(text) == "medtop:20000056"

    @pytest.mark.parametrize(("value", "number"), [("1,200", 1200), ("1200.0", 1200), (7, 7), ("", None), (None, None)])
    def test_a_number_may_be_written_with_commas(self, value, number):
        assert read_number(value) == number

    @pytest.mark.parametrize("value", ["-1", "1.5", "many", "9" * 20, True, [1], "²"])
    def test_what_is_no_whole_number_is_refused(self, value):
        with pytest.raises(InvalidValue):
            read_number(value)

    def test_coordinates_are_rounded_to_a_metre(self):
        assert read_coordinate("48.208488888", 90) == Decimal("48.20849")
        assert read_coordinate("−7.1", 90) == Decimal("-7.10000")

    @pytest.mark.parametrize("value", ["91", "nan", "inf", "48°N", "1e9", "sNaN"])
    def test_what_is_no_latitude_is_refused(self, value):
        with pytest.raises(InvalidValue, match="between −90 and 90"):
            read_coordinate(value, 90)

    @pytest.mark.parametrize(
        "value",
        ["Bo; B. Li", "Bo|B. Li", ["Bo", "B. Li"], '["Bo", "B. Li"]', [{"name": "Bo"}, {"name": "B. Li"}]],
    )
    def test_other_names_may_be_written_in_several_ways(self, value):
        assert [other.name for other in read_other_names(value)] == ["Bo", "B. Li"]

    def test_other_names_may_have_a_language(self):
        listed = [{"name": "Praga", "lang": "es"}, {"name": "Prag", "language": "de"}]
        assert read_other_names(listed) == [OtherName("Praga", "es"), OtherName("Prag", "de")]
        assert read_other_names({"es": "Praga"}) == [OtherName("Praga", "es")]


def person(name, *other_names, **more):
    others = tuple(OtherName(*other) if isinstance(other, tuple) else OtherName(other) for other in other_names)
    return PersonRecord(position=POSITION, name=name, other_names=others, **more)


def place(name, kind="city", *other_names, **more):
    others = tuple(map(OtherName, other_names))
    return PlaceRecord(position=POSITION, name=name, kind=kind, other_names=others, **more)


class TestChoosingNames:
    def test_everyday_words_are_not_looked_for(self):
        assert is_everyday("Reading")
        assert not is_everyday("Reading Abbey")
        chosen = with_matching(place("Reading", "city", "Most", "Readingum"), "careful")
        assert chosen.name_is_matched is False
        assert [other.name for other in chosen.other_names] == ["Readingum"]
        assert with_matching(place("Riverton"), "careful").name_is_matched is None

    def test_what_a_name_means_is_not_looked_for(self):
        chosen = with_matching(place("Casablanca", "city", "White House", "Dar el Beida"), "careful")
        assert [other.name for other in chosen.other_names] == ["Dar el Beida"]
        england = with_matching(place("Ireland", "country", "The White House"), "careful")
        assert [other.name for other in england.other_names] == ["The White House"]

    @pytest.mark.parametrize(("mode", "is_matched"), [("all", True), ("none", False), ("", None)])
    def test_the_user_decides_about_all_names(self, mode, is_matched):
        assert with_matching(place("Reading", "city", "Most"), mode) == place(
            "Reading", "city", "Most", name_is_matched=is_matched
        )

    def test_names_may_be_chosen_by_language(self):
        record = person("Ada", ("Ада", "ru"), ("Àda", "ca"), ("A. Moreau", ""), ("Adinha", "pt-BR"))
        assert [other.name for other in in_languages(record, ("ca", "pt")).other_names] == [
            "Àda",
            "A. Moreau",
            "Adinha",
        ]
        assert in_languages(record, ()) == in_languages(record, ("all",)) == record

    def test_a_small_city_does_not_take_the_name_of_a_better_known_place(self):
        prominence = Prominence()
        prominence.learn([("Largeville", "city", 2_000_000), ("Midland", "country", 5), ("Southshire", "region", None)])
        for name, population, is_overshadowed in [
            ("Largeville", 30_000, True), ("Largeville", 500_000, False), ("Largeville", 2_000_000, False),
            ("Midland", 3_000_000, True), ("Southshire", 20_000, True), ("Southshire", 300_000, False),
            ("Quay", 5, False),
        ]:  # fmt: skip
            judged = prominence.judge(place(name, population=population))
            assert judged.is_worth_looking_for is not is_overshadowed, name
        assert not prominence.judge(place("Largeville", "region")).is_worth_looking_for
        assert prominence.judge(place("Midland", "region")).is_worth_looking_for

    def test_another_name_is_left_out_where_it_is_that_of_a_better_known_place(self):
        prominence = Prominence()
        prominence.learn([("Largeville", "city", 2_000_000), ("Midland", "country", 5)])
        judged = prominence.judge(place("Quay", "city", "Midland", "Largeville", "Old Quay", population=3_000_000))
        assert [other.name for other in judged.other_names] == ["Old Quay"]


class TestLimits:
    def test_texts_are_cleaned_and_names_stand_once(self):
        (checked,) = within_limits(person("  Ada \x00 Moreau ", "A. Moreau", "A.  Moreau", "Ada Moreau", " "))
        assert (checked.name, [other.name for other in checked.other_names]) == ("Ada Moreau", ["A. Moreau"])

    def test_a_name_that_is_too_long_is_a_problem_and_another_name_is_left_out_with_a_note(self):
        (problem,) = within_limits(person("x" * 201))
        assert str(problem.reason) == "The name has 201 characters."
        note, checked = within_limits(person("Ada", "y" * 201, "A. Moreau"))
        assert "1 other names of Ada were left out: of more than 200 characters" in note.text
        assert [other.name for other in checked.other_names] == ["A. Moreau"]

    def test_one_coordinate_is_a_problem(self):
        (problem,) = within_limits(place("Riverton", latitude=Decimal("1")))
        assert problem.reason == "Riverton has one coordinate only."


class TestLevels:
    def test_parents_come_before_what_is_a_part_of_them(self):
        quay = place("Quay", parent=ParentReference(name="Riverton"))
        riverton = place("Riverton", parent=ParentReference(codes=("iso3166:FR",)))
        midland = place("Midland", "country", country_code="FR")
        assert in_levels([quay, riverton, midland]) == [[midland], [riverton], [quay]]

    def test_a_loop_ends_the_levels(self):
        one, two = place("One", parent=ParentReference(name="Two")), place("Two", parent=ParentReference(name="One"))
        assert sorted(record.name for level in in_levels([one, two]) for record in level) == ["One", "Two"]

    def test_a_place_is_not_above_itself(self):
        same = place("Midland", parent=ParentReference(name="Midland"))
        assert in_levels([same]) == [[same]]
