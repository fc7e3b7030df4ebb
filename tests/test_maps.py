"""Maps: where places fall, what is drawn, and the page with the map of the archive."""

import math
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from articles.maps import Spot, build_map
from articles.maps.window import LEAST_HEIGHT, WORLD, window_around
from articles.models import Place

from .factories import make_article, make_person, make_place, make_topic
from .figures import dots, number_in, read_tree, text_of
from .pages import Page, count_queries, read

OUTLINES = Path(settings.BASE_DIR) / "articles/static/articles/world.svg"

latitudes = st.floats(-57, 83)
longitudes = st.floats(-180, 180)
coordinates = st.tuples(latitudes, longitudes)


def spots(*places: tuple[float, float], counts=None) -> list[Spot]:
    numbers = counts or [None] * len(places)
    return [Spot(f"Place {index}", f"/{index}", *place, numbers[index]) for index, place in enumerate(places)]


def land_polygons() -> list[list[tuple[int, int]]]:
    """The outlines, read the way a browser reads relative path data."""
    data = re.search(r'id="land" d="([^"]+)"', OUTLINES.read_text())[1]
    polygons, at = [], (0, 0)
    for part in re.findall(r"m([^mz]+)z", data):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        points = []
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            at = at[0] + x, at[1] + y
            points.append(at)
        polygons.append(points)
        at = points[0]
    return polygons


def is_on_land(latitude: float, longitude: float) -> bool:
    """By counting the outlines to the east."""
    x, y, inside = longitude * 10, -latitude * 10, False
    for points in land_polygons():
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(30.0, 31.0), (48.8, 2.5), (-25.0, 135.0), (40.0, -100.0), (67.0, 183.0), (-10.0, -55.0), (62.0, 100.0)],
)
def test_the_outlines_have_land_where_there_is_land(latitude, longitude):
    assert is_on_land(latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0.0, -30.0), (30.0, -60.0), (-20.0, 80.0), (35.5, 18.5), (0, 180.0)]
)
def test_the_outlines_have_sea_where_there_is_sea(latitude, longitude):
    assert not is_on_land(latitude, longitude)


def test_the_outlines_are_small_and_say_where_they_come_from():
    text = OUTLINES.read_text()
    assert len(text) < 40_000
    assert "Natural Earth" in text
    assert "<script" not in text
    assert "style" not in text


@given(st.lists(coordinates, min_size=1, max_size=12))
def test_every_place_is_on_its_map_and_the_nearer_to_the_pole_the_higher(places):
    window = window_around(places)
    width, height = window.size
    for latitude, longitude in places:
        x, y = window.point(latitude, longitude)
        assert 0 <= x <= width
        assert 0 <= y <= height
    ordered = sorted(places)
    heights = [window.point(*place)[1] for place in ordered]
    assert heights == sorted(heights, reverse=True)


@given(coordinates, st.floats(-20, 20), st.floats(0.2, 60))
def test_east_is_to_the_right(place, northwards, eastwards):
    latitude, longitude = place
    other = max(min(latitude + northwards, 83), -57), (longitude + eastwards + 180) % 360 - 180
    window = window_around([place, other])
    assert window.point(*place)[0] < window.point(*other)[0]


@given(coordinates)
def test_a_single_place_lies_in_the_middle_of_its_region(place):
    window = window_around([place])
    width, height = window.size
    x, y = window.point(*place)
    assert math.isclose(x, width / 2, abs_tol=2)
    if -50 < place[0] < 76:
        assert math.isclose(y, height / 2, abs_tol=2)
    assert window.height >= LEAST_HEIGHT


@given(st.lists(coordinates, min_size=1, max_size=5))
def test_the_outlines_lie_under_the_places(places):
    """A place and the same spot of the outlines, moved as the map says, are drawn at the same point."""
    window = window_around(places)
    for latitude, longitude in places:
        drawn = [_moved(transformation, longitude, latitude) for transformation in window.outlines()]
        x, y = window.point(latitude, longitude)
        assert any(math.hypot(x - a, y - b) < 8 for points in drawn for a, b in points)


def _moved(transformation: str, longitude: float, latitude: float) -> list[tuple[float, float]]:
    left, top, across, down = map(float, re.findall(r"-?[\d.]+", transformation))
    east = longitude if longitude >= -168.4 else longitude + 360
    return [(left + across * east * 10, top + down * -latitude * 10)]


def test_the_pacific_is_not_torn_apart():
    fiji, samoa = (-17.7, 178.1), (-13.8, -172.1)
    window = window_around([fiji, samoa])
    assert window.width < 60
    assert window.point(*fiji)[0] < window.point(*samoa)[0]
    assert len(window_around([samoa, (21.3, -157.9)]).outlines()) == 2


def test_places_all_over_the_world_show_the_world():
    assert window_around([(40, -100), (50, 10), (-30, 150)]) == WORLD


def test_the_area_of_a_dot_stands_for_its_articles():
    drawn = build_map(spots((10, 10), (20, 20), (15, 30), counts=[400, 100, 1]))
    radii = [dot.radius for dot in drawn.dots]
    assert radii[0] == pytest.approx(2 * radii[1], abs=2)
    assert radii[2] >= drawn.width * 0.004


def test_small_dots_lie_on_top_and_names_do_not_cover_each_other():
    crowd = [(50 + number / 50, 10 + number / 50) for number in range(30)]
    drawn = build_map(spots(*crowd, counts=list(range(30))))
    assert [dot.spot.count for dot in drawn.dots] == sorted(range(30), reverse=True)
    rows = sorted(dot.y for dot in drawn.labelled)
    assert 1 <= len(rows) <= 12
    assert drawn.dots[0].label_x is not None


def test_there_is_no_map_of_nothing():
    assert build_map([]) is None


@pytest.mark.django_db
def test_the_tag_draws_those_places_that_have_coordinates():
    places = [make_place("Cairo", latitude=30, longitude=31), make_place("Atlantis")]
    template = Template("{% load maps %}{% place_map places %}")
    drawn = template.render(Context({"places": places}))
    assert 'href="/places/cairo/"' in drawn
    assert "<desc>Cairo</desc>" in drawn
    assert "Atlantis" not in drawn
    assert "style=" not in drawn
    assert "<svg" not in template.render(Context({"places": places[1:]}))


@pytest.fixture
def archive(db):
    africa = make_place("Africa", kind="continent", latitude=7, longitude=21)
    egypt = make_place("Egypt", kind="country", parent=africa, latitude=27, longitude=30)
    cairo = make_place("Cairo", kind="city", parent=egypt, latitude=30, longitude=31)
    paris = make_place("Paris", kind="city", latitude=49, longitude=2)
    make_article("Rain in Cairo", about=[cairo, make_topic("rain")])
    make_article("More of Cairo", about=[cairo, make_person("Ada")])
    make_article("Paris and Cairo", about=[paris, cairo])
    make_article("Nowhere")
    make_place("Unused", latitude=1, longitude=1)


def lines(tree) -> dict[str, int]:
    rows = tree.xpath("//ol[@class='subjects']/li/p")
    return {text_of(row.findall("a")[0]): number_in(text_of(row.findall("a")[1]).split(" ")[0]) for row in rows}


def test_the_map_has_all_places_with_articles_but_continents_and_the_list_the_same_numbers(client, archive):
    tree = read_tree(client, "/map/")
    assert lines(tree) == {"Cairo": 3, "Egypt": 3, "Paris": 1}
    assert dots(tree) == {Place.objects.get(name=name).get_absolute_url(): count for name, count in lines(tree).items()}


def test_the_map_shows_one_kind_of_places(client, archive):
    page = read(client, "/map/")
    assert lines(read_tree(client, page.links["City"])) == {"Cairo": 3, "Paris": 1}
    assert lines(read_tree(client, page.links["Continent"])) == {"Africa": 3}


def test_the_map_of_a_search_leads_to_its_articles(client, archive):
    page = read(client, "/map/?q=rain&kind=city")
    assert "1 article with “rain”" in page.text
    assert read(client, page.link("1 – articles about Cairo")).headlines() == ["Rain in Cairo"]


def test_a_chosen_place_is_counted_within(client, archive):
    tree = read_tree(client, "/map/?places=paris")
    assert lines(tree) == {"Cairo": 1, "Egypt": 1, "Paris": 1}
    page = read(client, "/map/?places=paris")
    assert read(client, page.link("1 – articles about Egypt")).headlines() == ["Paris and Cairo"]


@pytest.mark.parametrize(
    "parameters",
    ["kind=planet", "places=nowhere", "from=x", "places=paris&places=cairo", "q=%00", "people=none&year=x"],
)
def test_a_bad_address_of_the_map_shows_a_message_and_no_places(client, archive, parameters):
    page = read(client, f"/map/?{parameters}")
    assert page.status == 400
    assert "Egypt" not in page.text


def test_a_map_without_places_says_so(client, db):
    make_article("Story", about=[make_place("Atlantis")])
    assert "No dots on the map" in read(client, "/map/").text


def test_the_map_shows_the_most_frequent_of_many_places_and_stays_small(client, db):
    places = [
        make_place(f"A place with a long name {number}", latitude=number % 80 - 20, longitude=number)
        for number in range(130)
    ]
    make_article("Everywhere", about=places)
    page = read(client, "/map/")
    assert "The 120 with most articles, of 130." in page.text
    assert len(page.html.encode()) < 120_000


def test_queries_of_the_map_do_not_grow_with_its_places(client, archive):
    few = count_queries(client, "/map/")
    for number in range(10):
        make_article("Story", about=[make_place(f"Spot {number}", latitude=number, longitude=number)])
    assert count_queries(client, "/map/") == few


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("latitude", "longitude", "language", "words"),
    [
        ("26.49000", "29.86000", "en", "26.49° N, 29.86° E"),
        ("-33.86785", "151", "en", "33.87° S, 151° E"),
        ("0", "-0.12574", "en", "0° N, 0.13° W"),
        ("26.49000", "29.86000", "ar", "26,49 درجة شمالًا، 29,86 درجة شرقًا"),
    ],
)
def test_coordinates_are_told_apart_and_not_more_exact_than_they_are(client, latitude, longitude, language, words):
    make_place("Somewhere", latitude=latitude, longitude=longitude)
    page = Page(client.get("/places/somewhere/", headers={"Accept-Language": language}))
    assert words in page.text
