"""Files of people, places and topics: what becomes of each, and what is said about bad ones. No database."""

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.records import Note, Problem
from articles.pipeline.subjects.formats import FORMATS, ReadingOptions, find_format
from articles.pipeline.subjects.records import ParentReference, PersonRecord, SubjectRecord

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file


def parse(kind, content, name="list.csv", format=None, **options):
    file = input_file(content, name)
    found = FORMATS[kind][format] if format else find_format(kind, file)
    assert found, f"no format of {kind} recognises {name}"
    return list(found.parse(file, ReadingOptions(**options)))


def records(kind, content, name="list.csv", **options):
    items = parse(kind, content, name, **options)
    assert not [item for item in items if isinstance(item, Problem)], [str(item) for item in items]
    return [item for item in items if isinstance(item, SubjectRecord)]


def problems(kind, content, name="list.csv", **options):
    return [str(item) for item in parse(kind, content, name, **options) if isinstance(item, Problem)]


def notes(kind, content, name="list.csv", **options):
    return [str(item) for item in parse(kind, content, name, **options) if isinstance(item, Note)]


def names(record):
    return [(other.name, other.language) for other in record.other_names]


class TestTables:
    def test_every_field_of_a_person_arrives(self):
        (person,) = records(
            "person",
            "name,other_names,description,wikidata_id,name_is_matched\n"
            'Ada Moreau,"A. Moreau; Ada M. Moreau",Mayor of Riverton,Q77777701,false\n',
        )
        assert (person.name, person.description, person.wikidata_id) == ("Ada Moreau", "Mayor of Riverton", "Q77777701")
        assert names(person) == [("A. Moreau", ""), ("Ada M. Moreau", "")]
        assert person.name_is_matched is False
        assert str(person.position) == "list.csv:2"

    def test_every_field_of_a_place_arrives(self):
        (place,) = records(
            "place",
            "name;kind;parent;latitude;longitude;country_code;geonames_id;population\n"
            "Riverton;Town;Midland;48.5;-2.25;fr;77777;12 000\n",
        )
        assert (place.kind, place.parent.name, place.country_code) == ("city", "Midland", "FR")
        assert (place.latitude, place.longitude) == (Decimal("48.5"), Decimal("-2.25"))
        assert (place.geonames_id, place.population) == (77777, 12000)

    def test_every_field_of_a_topic_arrives(self):
        (topic,) = records("topic", "name\tparent\tiptc_code\nriver floods\tfloods\t20000056\n")
        assert (topic.name, topic.parent.name, topic.iptc_code) == ("river floods", "floods", "medtop:20000056")

    def test_obvious_synonyms_are_guessed_and_said(self):
        content = "Label,QID,Also known as,Height\nAda Moreau,Q77777701,A. Moreau,170\n"
        (person,) = records("person", content)
        assert (person.name, person.wikidata_id, names(person)) == ("Ada Moreau", "Q77777701", [("A. Moreau", "")])
        guessed, passed_over = notes("person", content)
        assert "“Label” as name" in guessed
        assert "“QID” as wikidata_id" in guessed
        assert passed_over.startswith("list.csv:1: Passed over “Height”")

    def test_what_is_named_as_in_the_archive_is_no_guess(self):
        assert notes("person", "Name,Wikidata ID\nAda Moreau,Q77777701\n") == []

    def test_the_user_may_say_which_column_is_meant(self):
        content = "name,who\nx1,Ada Moreau\n"
        assert records("person", content, columns={"name": "who"})[0].name == "Ada Moreau"

    def test_a_name_may_stand_in_two_columns(self):
        assert records("person", "first_name,last_name\nAda,Moreau\n")[0].name == "Ada Moreau"

    def test_names_in_other_languages_may_have_columns_of_their_own(self):
        (place,) = records("place", "name,name_fr,label@pt-BR\nRiverton,Rivière,Rio\n")
        assert names(place) == [("Rivière", "fr"), ("Rio", "pt-BR")]

    def test_a_parent_may_be_a_name_a_code_or_an_id_of_the_same_file(self):
        content = (
            "id,name,parent,parent_id\n1,France,geonames:6255148,\n2,Bretagne,,1\n3,Riverton,Bretagne,\n4,Quay,FR,\n"
        )
        first, second, third, fourth = (record.parent for record in records("place", content))
        assert first == ParentReference(codes=("geonames:6255148",))
        assert second == ParentReference(codes=("key:list.csv#1",))
        assert third == ParentReference(codes=("key:list.csv#Bretagne",), name="Bretagne")
        assert fourth == ParentReference(codes=("iso3166:FR",))

    def test_a_table_of_cities_needs_neither_a_kind_nor_the_regions(self):
        (city,) = records("place", "city,admin_name,iso2\nRiverton,West Midland,fr\n")
        assert (city.name, city.kind, city.country_code) == ("Riverton", "city", "FR")
        assert (city.parent.name, city.parent.otherwise, city.parent.is_expected) == (
            "West Midland",
            "iso3166:FR",
            False,
        )

    def test_a_cell_may_go_over_several_lines(self):
        content = 'name,description\n"Ada\nMoreau","Mayor,\nof Riverton"\nBo Li,x\n'
        first, second = records("person", content)
        assert (first.name, first.description) == ("Ada Moreau", "Mayor,\nof Riverton")
        assert [str(first.position), str(second.position)] == ["list.csv:2", "list.csv:5"]

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (",x,,", "There is no name. Give a field 'name', or say which one it is with --field name=COLUMN."),
            ("A,,Paris,", "The field 'wikidata_id' is “Paris” and is no Wikidata id. Write it like Q1490."),
            ("A,,,perhaps", "The field 'name_is_matched' is “perhaps”, neither true nor false."),
            ("A,,,,5,6", "The line has 6 cells and the table 4 columns."),
        ],
    )
    def test_a_bad_row_is_named_with_a_way_out_and_the_rest_goes_on(self, row, sentence):
        content = f"name,description,wikidata_id,name_is_matched\nOne,,,\n{row}\nTwo,,,\n"
        items = parse("person", content)
        assert [item.name for item in items if isinstance(item, PersonRecord)] == ["One", "Two"]
        assert problems("person", content)[0].startswith(f"list.csv:3: {sentence}")

    def test_a_bad_coordinate_or_kind_is_a_problem(self):
        assert "between −90 and 90" in problems("place", "name,latitude\nA,91\n")[0]
        assert "no kind of place. Write one of: continent" in problems("place", "name,kind\nA,galaxy\n")[0]

    def test_a_table_without_a_name_is_not_recognised(self):
        assert find_format("person", input_file("height,weight\n1,2\n")) is None
        assert find_format("person", input_file("A sentence, and another one.\n")) is None

    def test_windows_and_utf16_tables_are_read(self):
        for encoding in ("cp1252", "utf-16"):
            assert (
                records("person", "name,description\nZoë Müller,Bürgermeisterin\n".encode(encoding))[0].name
                == "Zoë Müller"
            )


class TestJsonLines:
    def test_objects_lists_and_languages_are_read(self):
        line = {
            "name": "Riverton",
            "other_names": [{"name": "Rivière", "language": "fr"}, "Old Riverton"],
            "lat": 48.5,
            "lon": 2,
        }
        (place,) = records("place", json.dumps(line), "places.jsonl")
        assert names(place) == [("Rivière", "fr"), ("Old Riverton", "")]
        assert (place.latitude, place.longitude) == (Decimal("48.5"), Decimal("2"))

    def test_a_list_of_objects_is_read(self):
        content = json.dumps([{"name": "Ada Moreau"}, {"name": "Bo Li"}], indent=1)
        assert [record.name for record in records("person", content, "people.json")] == ["Ada Moreau", "Bo Li"]

    @pytest.mark.parametrize(
        "line", ["{", "nothing", "[]", '"Ada"', '{"name": ["Ada"]}', '{"name": true}', '{"other_names": 7}', "[" * 5000]
    )
    def test_a_bad_line_is_a_problem_and_the_rest_goes_on(self, line):
        items = parse("person", '{"name": "One"}\n' + line + '\n{"name": "Two"}', "people.jsonl", format="json_lines")
        assert [item.name for item in items if isinstance(item, PersonRecord)] == ["One", "Two"]
        assert len([item for item in items if isinstance(item, Problem)]) == 1

    def test_a_document_of_another_kind_is_not_taken_for_lines(self):
        assert find_format("person", input_file('{\n "committees": [\n {"name": "x"}\n]}', "x.json")) is None


POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Ada Moreau",
            "given_name": "Ada",
            "family_name": "van Moreau",
            "other_names": [{"name": "A. Moreau"}, {"name": "Ада Моро", "lang": "ru"}, {"note": "no name"}],
            "identifiers": [{"scheme": "Wikidata", "identifier": "Q77777701"}, {"scheme": "x", "identifier": 7}],
        },
        {"id": "p2", "name": "Bo Li", "links": [{"note": "Wikidata", "url": "https://www.wikidata.org/wiki/Q77777702"}]},
    ],
    "organizations": [{"id": "o1", "name": "Riverton Council"}, {"id": "o2", "name": "Blue Party"}],
    "memberships": [{"person_id": "p1", "organization_id": "o1", "on_behalf_of_id": "o2", "role": "member"}],
    "areas": [
        {"id": "a1", "name": "Midland", "classification": "region"},
        {"id": "a2", "name": "Riverton East", "type": "constituency", "parent_id": "a1",
         "geometry": {"type": "Point", "coordinates": [2.5, 48.5]}},
    ],
}  # fmt: skip


class TestPopolo:
    def test_people_have_their_other_names_identifiers_and_memberships(self):
        ada, bo = records("person", json.dumps(POPOLO), "council.json")
        assert (ada.name, ada.wikidata_id) == ("Ada Moreau", "Q77777701")
        assert names(ada) == [("A. Moreau", ""), ("Ада Моро", "ru"), ("Ada van Moreau", "")]
        assert ada.description == "Member, Riverton Council (Blue Party)"
        assert (bo.wikidata_id, bo.key) == ("Q77777702", "council.json#p2")

    def test_areas_are_places_if_places_are_asked_for(self):
        midland, east = records("place", json.dumps(POPOLO), "council.json")
        assert (midland.kind, east.kind, east.description) == ("region", "other", "Constituency")
        assert east.parent == ParentReference(codes=("key:council.json#a1",))
        assert (east.latitude, east.longitude) == (Decimal("48.5"), Decimal("2.5"))

    def test_a_person_without_a_name_is_a_problem_and_the_rest_goes_on(self):
        persons = [{"id": "p0"}, "Ada", *POPOLO["persons"]]
        content = json.dumps({"persons": persons})
        assert [item.name for item in parse("person", content) if isinstance(item, PersonRecord)] == [
            "Ada Moreau",
            "Bo Li",
        ]
        assert [problem.split(": ", 1)[1] for problem in problems("person", content)] == [
            "The person “p0” has no name. Give it a “name”.",
            "The entry number 2 is not an object. Check the file.",
        ]

    def test_a_file_without_the_list_says_so(self):
        assert "has no list “areas”" in problems("place", '{"persons": [], "events": []}', "x.json")[0]

    def test_a_file_that_breaks_off_is_a_problem(self):
        assert "is not valid JSON" in problems("person", '{"persons": [{"name": "A"}', "x.json")[0]


LEGISLATORS = """\
# a comment
- id:
    bioguide: M000001
    wikidata: Q77777701
    wikipedia: Ada Moreau (politician)
  name:
    first: Adelaide
    middle: Jane
    last: Moreau
    suffix: Jr.
    nickname: Ada
    official_full: Adelaide J. Moreau
  other_names:
  - last: Lindqvist
    end: '1999-01-01'
  terms:
  - type: rep
    state: WA
    party: Democrat
  - type: sen
    state: WA
    party: Independent
- id: {govtrack: 7}
  name: [broken
- id:
    govtrack: 8
  name:
    first: Bo
    middle: Herbert Walker
    last: Li
  terms:
  - type: prez
    party: Whig
"""


class TestLegislators:
    def test_all_forms_of_a_name_are_known_and_the_usual_one_is_first(self):
        ada, bo = (item for item in parse("person", LEGISLATORS, "legislators.yaml") if isinstance(item, PersonRecord))
        assert (ada.name, ada.wikidata_id, ada.key) == ("Ada Moreau", "Q77777701", "legislators.yaml#bioguide:M000001")
        assert {name for name, _ in names(ada)} >= {
            "Adelaide J. Moreau", "Adelaide Moreau", "Adelaide Jane Moreau Jr.", "Ada Lindqvist", "Adelaide Lindqvist",
        }  # fmt: skip
        assert (bo.name, names(bo)) == ("Bo H. W. Li", [("Bo Li", "en"), ("Bo Herbert Walker Li", "en")])

    def test_the_latest_office_is_the_description(self):
        ada, bo = (item for item in parse("person", LEGISLATORS, "legislators.yaml") if isinstance(item, PersonRecord))
        assert ada.description == "U.S. senator, WA, Independent"
        assert bo.description == "President of the United States, Whig"

    def test_an_entry_that_is_broken_spoils_no_other(self):
        (problem,) = problems("person", LEGISLATORS, "legislators.yaml")
        assert problem.startswith("legislators.yaml:23: The entry is not valid YAML")

    def test_committees_are_not_taken_for_people(self):
        assert (
            find_format("person", input_file("- type: house\n  name: Committee on Rivers\n", "committees.yaml")) is None
        )

    @needs_corpora
    def test_everybody_of_the_current_congress_and_all_executives_are_read(self):
        for name, number in (("legislators-current.yaml", 537), ("executive.yaml", 80)):
            content = (CORPORA / "congress_legislators" / name).read_bytes()
            people = records("person", content, name)
            assert len(people) == number
            assert len({person.key for person in people}) == number
            assert len({person.name for person in people}) == number


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
FIELDS = [
    "name",
    "other_names",
    "parent",
    "parent_id",
    "id",
    "latitude",
    "kind",
    "population",
    "wikidata_id",
    "name_fr",
]


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=150, deadline=None)
@given(data=st.dictionaries(st.sampled_from(FIELDS), anything))
def test_no_object_breaks_the_reading_of_json(kind, data):
    first, *_ = parse(kind, json.dumps(data), "x.jsonl", format="json_lines")
    assert isinstance(first, SubjectRecord | Problem)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=4))
def test_no_table_breaks_the_reading_of_tables(kind, rows):
    content = io.StringIO()
    csv.writer(content).writerows([["name", "kind", "latitude"], *rows])
    items = parse(kind, content.getvalue().encode("utf-8", "surrogatepass"), format="csv")
    assert all(isinstance(item, SubjectRecord | Problem | Note) for item in items)


EVERY_FORMAT = [(kind, name) for kind, formats in FORMATS.items() for name in formats]


@pytest.mark.parametrize(("kind", "name"), EVERY_FORMAT)
@settings(max_examples=60, deadline=None)
@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
)
def test_no_bytes_break_any_format(kind, name, content):
    items = parse(kind, content, format=name)
    assert all(isinstance(item, SubjectRecord | Problem | Note) for item in items)


@pytest.mark.parametrize(("lists"), ["persons", "areas", "organizations", "memberships"])
@settings(max_examples=100, deadline=None)
@given(data=anything)
def test_nothing_in_a_popolo_file_breaks_its_reading(lists, data):
    content = json.dumps({"persons": [{"id": "1", "name": "A"}], "areas": [], lists: [data]})
    for kind in ("person", "place"):
        assert all(isinstance(item, SubjectRecord | Problem) for item in parse(kind, content, format="popolo"))
