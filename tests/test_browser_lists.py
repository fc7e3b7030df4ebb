"""The lists of the desk on a small screen, with rows as long as archives have them: nothing is cut off."""

import pytest

from articles.admin.filters import CountryFilter
from articles.history import occasion
from articles.models import Article, ImportBatch, Place
from articles.search import update_index

from .barriers import assert_accessible
from .browsing import browser_tests
from .factories import link, make_article, make_person, make_place, make_source, make_topic

pytestmark = browser_tests
LISTS = ("article", "person", "place", "topic", "source", "personlink", "importbatch", "importproblem", "occasion")
SMALL = {"width": 1280, "height": 800}
LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
SENTENCE = "What governments decide and plan, in whole countries and in the smallest of towns. "
OVERHANG = """() => [".results"].map((name) => document.querySelector(name))
  .map((each) => each.scrollWidth - each.clientWidth).concat([...document.querySelectorAll("#result_list td, th")]
  .map((each) => each.scrollWidth - each.clientWidth))"""


@pytest.fixture
def long_rows(transactional_db) -> None:
    person = make_person(f"Ada {LONG_WORD}", description=SENTENCE * 2, wikidata_id="Q123456789")
    above = make_topic("conflict, war and peace", description=SENTENCE)
    topic = make_topic("post-war reconstruction", parent=above, description=SENTENCE * 3, iptc_code="medtop:20000066")
    above = make_place("Autonomous Region of Saint Bartholomew", kind="region", country_code="FR")
    place = make_place(
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
        kind="former_country",
        parent=above,
        description=SENTENCE,
        wikidata_id="Q109037",
        country_code="GB",
    )
    source = make_source(f"The {LONG_WORD}", url="https://example.org/" + "archive/" * 9)
    article = make_article(f"{LONG_WORD} and {LONG_WORD}", about=[topic, place], source=source)
    link(article, person, status="suggested", confidence=0.9)
    batch = ImportBatch.objects.create(
        paths=["/srv/archive/incoming/" + "very-long-name-of-a-file_" * 5 + ".json"] * 2,
        format="reuters_sgml",
        source_name="Reuters-21578, Distribution 1.0",
        status="finished",
        created=1_234_567,
        updated=1_234_567,
        unchanged=1_234_567,
        rejected=1_234_567,
        links=12_345_678,
    )
    batch.problems.create(file="/srv/" + "directory_" * 20, line=123456, reason=SENTENCE * 3, advice=SENTENCE * 2)
    with occasion(f"Edited article “{LONG_WORD}”", why=SENTENCE * 2):
        Article.objects.update(byline="Staff")
    update_index()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_all_its_columns_on_a_small_screen(log_in, long_rows, name):
    page = log_in()
    page.set_viewport_size(SMALL)
    page.goto(f"/admin/articles/{name}/" + ("?status=all" if name == "personlink" else ""))
    assert page.locator("#result_list tbody tr").count()
    assert max(page.evaluate(OVERHANG)) <= 1  # a pixel that was rounded
    assert_accessible(page)


def test_the_list_of_places_is_not_made_long_by_its_filters(log_in, transactional_db):
    letters = "ABCDEFGHIJKLMNO"
    codes = [first + second for first in letters for second in letters]
    Place.objects.bulk_create(Place(name=code, slug=code.lower(), country_code=code) for code in codes)
    make_place("Bo", country_code="OO")
    page = log_in()
    page.set_viewport_size(SMALL)
    page.goto("/admin/articles/place/?country=AB")
    choices = page.locator("#changelist-filter details", has_text="country code").locator("a").all_inner_texts()
    assert len(choices) <= CountryFilter.shown + 3
    assert {"AB", "OO", "Not known"} <= set(choices)
