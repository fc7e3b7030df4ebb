"""Maps, charts and trees in a real browser: what is drawn is seen, under the policy, narrow and wide."""

import pytest

from articles.models import Place
from tests.barriers import OPTIONS, assert_accessible
from tests.browsing import browser_tests
from tests.factories import make_article, make_person, make_place, make_topic

pytestmark = browser_tests

ADDRESSES = [
    "/places/gaza-strip/",
    "/people/ada-moreau/",
    "/people/",
    "/map/",
    "/tree/places/",
    "/compare/?people=ada-moreau&people=bo-lund&places=rafah&topics=diplomacy",
    "/compare/?name=a",
]


@pytest.fixture
def long_names(archive):
    """Names without a place to break, and with no end."""
    gaza = Place.objects.get(slug="gaza-strip")
    about = [make_person("X" * 60), make_topic("a topic of many words " * 8), gaza]
    about.append(make_place("Llanfairpwllgwyngyllgogerychwyrndrobwll", parent=gaza, latitude=32, longitude=35))
    for number in range(3):
        make_article(f"Long names {number}", about=about, published_on=f"{2000 + number}-01-01")


def test_the_outlines_are_drawn_under_the_policy(page, archive):
    page.goto("/places/gaza-strip/")
    widths = page.locator(".map-land").evaluate_all("uses => uses.map(use => use.getBBox().width)")
    assert all(width > 1_000 for width in widths)
    page.locator(".map-place").first.click()
    assert page.inner_text("h1") == "Gaza Strip"


def test_a_reader_compares_two_people_and_reads_what_they_share(page, archive):
    page.goto("/people/ada-moreau/")
    page.get_by_label("Compare with").fill("bo lund")
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".line-chart polyline").count() == 2
    page.get_by_role("row", name="Ada Moreau + Bo Lund").get_by_role("link").click()
    assert page.inner_text("h1") == "1 article about Ada Moreau and Bo Lund"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_about_subjects_scrolls_sideways(open_page, long_names, width):
    page = open_page(viewport={"width": width, "height": 800})
    for address in [*ADDRESSES, f"/people/{'x' * 60}/"]:
        page.goto(address)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, address


def test_no_page_about_subjects_has_a_barrier(open_page, archive):
    page = open_page(**OPTIONS)
    for address in ADDRESSES:
        page.goto(address)
        assert_accessible(page)


MAP_LABELS = """labels => labels.map(label => {
    const [left, right] = [label.getBBox().x, label.getBBox().x + label.getBBox().width];
    return [label.getAttribute("text-anchor"), left - label.getAttribute("x"), right - label.getAttribute("x")];
})"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_on_a_map_stand_beside_their_dots_in_every_language(open_page, archive, language):
    make_place("Cairo", latitude=30, longitude=31, parent=Place.objects.get(slug="gaza-strip"))
    make_place("القاهرة", latitude=33, longitude=36, parent=Place.objects.get(slug="gaza-strip"))
    for place in Place.objects.all():
        make_article(f"About {place}", about=[place])
    page = open_page(extra_http_headers={"Accept-Language": language})
    page.goto("/places/gaza-strip/")
    labels = page.locator(".map-labels text").evaluate_all(MAP_LABELS)
    assert len(labels) >= 3
    for anchor, left, right in labels:
        assert abs(left if anchor == "start" else right) < 0.2 * (right - left)


def test_from_right_to_left_the_path_and_an_empty_search_box_follow_the_page(open_page, archive):
    page = open_page(extra_http_headers={"Accept-Language": "ar"})
    page.goto("/places/rafah/")
    gaza = page.locator(".crumbs a").nth(1)
    box, name = gaza.bounding_box(), gaza.locator("bdi").bounding_box()
    assert name["x"] + name["width"] < box["x"] + box["width"] - 5  # the “›” stands between, on the right
    for address in ("/compare/", "/people/"):
        page.goto(address)
        boxes = page.locator("main input[type=search]")
        assert boxes.evaluate("box => getComputedStyle(box).direction") == "rtl"
        assert boxes.evaluate("box => getComputedStyle(box).borderRightWidth") == "1px"
