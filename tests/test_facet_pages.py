"""The list of articles: facets, chips, any/all, exclusions, sorting, pages."""

import datetime
import random
from dataclasses import replace
from importlib import import_module

import pytest
from django.http import QueryDict

from articles.filters import ArticleFilterSet
from articles.models import TextGroup
from articles.search import IndexUnavailable, SearchPage, search
from articles.search.facets import FACETS
from articles.views.facet_tree import with_parts_of_chosen

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    ada, bo = make_person("Ada Moreau"), make_person("Bo Lund")
    make_article("Ada alone", about=[ada])
    make_article("Bo alone", about=[bo], published_on=datetime.date(2023, 5, 1))
    make_article("Ada and Bo", about=[ada, bo], published_on=datetime.date(2022, 5, 1))
    make_article("Nobody at all", published_on=None)


def headlines(client, parameters: str) -> list[str]:
    return read(client, f"/articles/?{parameters}").headlines()


def test_everything_published_is_listed_newest_first(client, archive):
    assert headlines(client, "") == ["Ada alone", "Bo alone", "Ada and Bo", "Nobody at all"]


def test_several_values_of_a_facet_mean_any_of_them(client, archive):
    assert set(headlines(client, "people=ada-moreau&people=bo-lund")) == {"Ada alone", "Bo alone", "Ada and Bo"}


def test_the_switch_appears_with_the_second_value_and_asks_for_all_of_them(client, archive):
    assert "all of these" not in read(client, "/articles/?people=ada-moreau").links
    page = read(client, "/articles/?people=ada-moreau&people=bo-lund")
    page = read(client, page.link("all of these"))
    assert page.headlines() == ["Ada and Bo"]
    assert len(read(client, page.link("any of these")).headlines()) == 3


def test_years_have_no_switch_because_an_article_has_one_year(client, archive):
    assert "all of these" not in read(client, "/articles/?year=2023&year=2022").links


def test_one_click_chooses_a_value_and_another_takes_it_back(client, archive):
    page = read(client, read(client, "/articles/").link("Ada Moreau"))
    assert page.headlines() == ["Ada alone", "Ada and Bo"]
    assert len(read(client, page.link("Ada Moreau")).headlines()) == 4


def test_a_value_is_left_out_by_its_own_link(client, archive):
    page = read(client, read(client, "/articles/").leaving_out("Ada Moreau"))
    assert page.headlines() == ["Bo alone", "Nobody at all"]
    assert "People not: Ada Moreau" in page.text


def test_leaving_out_a_chosen_value_replaces_the_choice(client, archive):
    page = read(client, read(client, "/articles/?people=bo-lund").leaving_out("Bo Lund"))
    assert page.headlines() == ["Ada alone", "Nobody at all"]


def test_none_stands_for_articles_without_a_person_or_a_date(client, archive):
    assert read(client, read(client, "/articles/").link("No person")).headlines() == ["Nobody at all"]
    assert headlines(client, "year=none") == ["Nobody at all"]
    assert "Nobody at all" not in headlines(client, "not_people=none")


def test_counts_stand_beside_the_values(client, archive):
    text = read(client, "/articles/").text
    assert "Ada Moreau 2 not" in text
    assert "No person 1 not" in text


def test_an_article_about_a_part_is_found_under_the_whole(client):
    gaza = make_place("Gaza Strip", kind="territory")
    make_article("From Rafah", about=[make_place("Rafah", parent=gaza)])
    assert headlines(client, "places=gaza-strip") == ["From Rafah"]


def test_every_chip_takes_out_one_thing(client, archive):
    page = read(client, "/articles/?q=nothing&people=ada-moreau&not_people=bo-lund&from=2001-02-03&to=2025-01-01")
    chips = {text: address for text, address in page.links.items() if text.endswith("× (take out)")}
    assert set(chips) == {
        "Words: “nothing” × (take out)",
        "People: Ada Moreau × (take out)",
        "People not: Bo Lund × (take out)",
        "Dates: 3 February 2001 – 1 January 2025 × (take out)",
    }
    for text, address in chips.items():
        assert text not in read(client, address).links
    assert page.link("Clear all") == "/articles/"


@pytest.mark.parametrize(
    ("parameters", "heading"),
    [
        ("q=%22ground+operation%22", 'with "ground operation"'),
        ("q=%E2%80%9Cground+operation%E2%80%9D+rafah", "with “ground operation” rafah"),
        ("q=ground", "with “ground”"),
        (
            "not_people=ada-moreau&source=none&from=2024-01-01&to=2024-12-31",
            "from no known source, in 2024, not about Ada",
        ),
    ],
)
def test_the_heading_quotes_once_and_begins_with_what_is_asked(client, archive, parameters, heading):
    page = read(client, f"/articles/?{parameters}")
    assert f"articles {heading}" in page.text
    assert not any(doubled in page.text for doubled in ('“"', "““"))


def test_the_heading_says_what_is_shown(client, archive):
    make_source("The Daily Test")
    page = read(client, "/articles/?people=ada-moreau&people=bo-lund&year=2023&year=2024&not_source=none&q=alone")
    assert (
        "0 articles with “alone”, about Ada Moreau or Bo Lund, in 2023 or 2024, not from no known source" in page.text
    )
    assert (
        "1 article about Ada Moreau and Bo Lund"
        in read(client, "/articles/?people=ada-moreau&people=bo-lund&people_match=all").text
    )


def test_excluded_values_stay_in_sight(client, archive):
    assert "Ada Moreau (left out; take back) left out" in read(client, "/articles/?not_people=ada-moreau").text


def test_dates_narrow_the_list(client, archive):
    assert headlines(client, "from=2023-01-01&to=2023-12-31") == ["Bo alone"]


def test_years_are_listed_from_the_latest(client, archive):
    text = read(client, "/articles/").text
    assert text.index("2024 1 not") < text.index("2023 1 not") < text.index("2022 1 not") < text.index("No date 1 not")


def test_relevance_is_offered_only_with_words(client, archive):
    assert "Best match first" not in read(client, "/articles/").links
    assert "Best match first" in read(client, "/articles/?q=nothing").links
    assert headlines(client, "sort=oldest")[0] == "Ada and Bo"


def test_the_search_form_keeps_what_is_chosen(client, archive):
    html = read(client, "/articles/?people=ada-moreau&not_year=2022").html
    assert '<input type="hidden" name="people" value="ada-moreau">' in html
    assert '<input type="hidden" name="not_year" value="2022">' in html


def test_long_lists_have_pages_that_keep_what_is_chosen(client):
    person = make_person("Ada")
    for number in range(45):
        make_article(f"Story {number}", about=[person])
    page = read(client, "/articles/?people=ada")
    assert page.headlines()[0] == "Story 44"
    assert page.link("Next") == "/articles/?people=ada&page=2"
    assert page.link("3") == "/articles/?people=ada&page=3"
    assert read(client, "/articles/?people=ada&page=3").headlines() == [f"Story {n}" for n in range(4, -1, -1)]


def test_choosing_a_value_returns_to_the_first_page(client):
    for number in range(25):
        make_article(f"Story {number}", about=[make_person(f"Person {number}")])
    assert "page=" not in read(client, "/articles/?page=2").link("2024")


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ("people=nobody", 400),
        ("from=2024-13-01", 400),
        ("from=2024-02-01&to=2024-01-01", 400),
        ("sort=best", 400),
        ("page=0", 400),
        ("page=-1", 400),
        ("page=two", 400),
        ("page=²", 400),
        ("page=" + "9" * 5000, 400),
        ("page=2", 404),
        ("page=999999999", 404),
        ("q=%00", 400),
        ("people=%00", 400),
        ("people=%ED%A0%80", 400),
        ("q=" + "x" * 100_000, 400),
        ("people=" + "x" * 100_000, 400),
        ("&".join(["people=x"] * 60 + [f"people=y{number}" for number in range(3000)]), 400),
        ("&".join(f"x{number}=1" for number in range(6000)), 400),
    ],
)
def test_a_bad_address_shows_a_message_and_no_articles(client, archive, parameters, status):
    page = read(client, f"/articles/?{parameters}")
    assert page.status == status
    assert page.headlines() == []
    assert "Ada alone" not in page.html
    assert page.links.get("Start from the whole list") == "/articles/" or page.links.get("Front page") == "/"


def test_a_bad_address_offers_its_good_part(client, archive):
    page = read(client, "/articles/?people=ada-moreau&sort=best")
    assert "“best” is not a way to sort." in page.text
    assert page.link("Go on without it") == "/articles/?people=ada-moreau"


@pytest.mark.parametrize("words", ['"', "(", "-", "a AND NOT b", "\ud83d\ude00", "*:*", "%ED%A0%80", "'; DROP"])
def test_strange_words_find_nothing_or_something_but_never_fail(client, archive, words):
    assert client.get("/articles/", {"q": words.encode("utf-16", "surrogatepass").decode("utf-16")}).status_code == 200


def test_nothing_matching_and_nothing_here_are_told_apart(client):
    assert "Nothing here yet" in read(client, "/articles/").text
    make_article("Something")
    page = read(client, "/articles/?q=zebra")
    assert "Nothing matches" in page.text
    assert page.link("see all articles") == "/articles/"


def test_a_missing_index_is_a_503_that_tells_readers_when_and_the_log_what_to_do(client, monkeypatch, caplog):
    detail = "The search index in /srv/index/g-1 is damaged. Build it anew: manage.py index_articles"

    def unavailable(*args, **kwargs):
        raise IndexUnavailable(detail)

    monkeypatch.setattr(import_module("articles.views.article_list"), "search", unavailable)
    response = client.get("/articles/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "The search index cannot be read just now. Try again later." in response.content.decode()
    assert "/srv" not in response.content.decode()
    assert "index_articles" not in response.content.decode()
    assert detail in caplog.messages
    in_arabic = client.get("/articles/", headers={"Accept-Language": "ar"}).content.decode()
    assert "تتعذر قراءة فهرس البحث الآن" in in_arabic


@pytest.mark.django_db
def test_changes_not_yet_indexed_are_mentioned(client, monkeypatch):
    page = SearchPage(ids=[], total=0, facets={name: [] for name in FACETS}, pending=7)
    monkeypatch.setattr(import_module("articles.views.article_list"), "search", lambda *args, **kwargs: page)
    assert "7 changes are still being indexed" in read(client, "/articles/").text


def test_drafts_and_undecided_links_are_in_no_list(client):
    suggested, rejected = make_person("Suggested Person"), make_person("Rejected Person")
    hidden = make_topic("hidden topic")
    article = make_article("Public story")
    link(article, suggested, status="suggested")
    link(article, rejected, status="rejected")
    make_article("Draft story", status="draft", about=[hidden])
    make_article("Withdrawn story", status="withdrawn", about=[hidden])
    page = read(client, "/articles/")
    assert page.headlines() == ["Public story"]
    for name in ("Suggested Person", "Rejected Person", "hidden topic"):
        assert name not in page.text


def test_all_values_of_a_facet_can_be_looked_through_and_searched(client):
    for number in range(30):
        make_article(f"Story {number}", about=[make_person(f"Person {number}")])
    make_article("Last story", about=[make_person("Émile Zátopek")])
    page = read(client, read(client, "/articles/?year=2024").link("Show all – People"))
    assert all(f"Person {number} " in page.text for number in range(30))
    page = read(client, "/articles/values/people/?year=2024&name=emile+zat")
    assert "Person 1" not in page.text
    assert page.link("Émile Zátopek") == "/articles/?year=2024&people=emile-zatopek"


def test_values_of_an_unknown_facet_are_not_found(client):
    assert client.get("/articles/values/colours/").status_code == 404


def test_what_the_search_does_not_understand_is_said(client, archive):
    text = read(client, "/articles/?q=(alone").text
    assert "This bracket is not closed. (Character 1 of the search" in text


def test_another_spelling_is_a_link(client):
    for number in range(6):
        make_article(f"Earthquake {number}")
    page = read(client, "/articles/?q=earthqauke")
    assert page.link("earthquake") == "/articles/?q=earthquake"
    assert len(read(client, page.link("earthquake")).headlines()) == 6


def test_the_passage_with_the_words_is_shown_and_marked(client):
    make_article("Floods", body="Nothing here. <b>The river</b> rose at night.", summary="A summary.")
    html = read(client, "/articles/?q=river").html
    assert "&lt;b&gt;The <mark>river</mark>&lt;/b&gt; rose at night" in html
    assert "A summary." not in html


def test_a_passage_has_an_ellipsis_only_where_text_was_cut_off(client):
    long = " ".join(f"word{number}" for number in range(100))
    whole, opening, middle, ending = (
        "“A river rose.”",
        f"“A river rose. {long}",
        f"{long} a river {long}",
        f"{long} river.",
    )
    for number, body in enumerate((whole, opening, middle, ending)):
        make_article(f"No. {number}", body=body, published_on=f"{2000 + number}-01-01")
    html = read(client, "/articles/?q=river&sort=oldest").html
    passages = [part.split("</p>")[0] for part in html.split('entry-snippet" dir="auto">')[1:]]
    assert passages[0] == "“A <mark>river</mark> rose.”"
    assert [(text.startswith("… "), text.endswith(" …")) for text in passages] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]
    assert passages[3].endswith("<mark>river</mark>.")


def test_the_chart_narrows_from_years_to_months_to_days_and_back(client):
    for day in ("2023-05-01", "2024-03-01", "2024-03-21", "2024-04-02"):
        make_article(f"On {day}", published_on=day)
    years = read(client, "/articles/")
    months = read(client, years.link("2024: 3"))
    days = read(client, months.link("March 2024: 2"))
    day = read(client, days.link("21 March 2024: 1"))
    assert "2 articles in March 2024" in days.text
    assert day.headlines() == ["On 2024-03-21"]
    assert "1 article on 21 March 2024" in day.text
    assert day.link("All of 2024") == "/articles/?year=2024"
    assert months.link("All years") == "/articles/"


@pytest.mark.parametrize("chosen", [["land"], ["land", "sea"], ["land", "sea", "north"]])
@pytest.mark.parametrize("match", ["any", "all"])
@pytest.mark.parametrize("left_out", [[], ["east"], ["isle"]])
def test_the_number_beside_a_part_is_what_choosing_it_gives(chosen, match, left_out):
    land, sea = make_place("Land"), make_place("Sea")
    places = [make_place(name, parent=land) for name in ("North", "South", "East")]
    places += [land, sea, make_place("Isle", parent=sea)]
    for number, chance in enumerate([random.Random(seed) for seed in range(60)]):
        make_article(f"Story {number}", about=chance.sample(places, chance.randrange(1, 5)))
    asked = QueryDict(mutable=True)
    asked.setlist("places", chosen)
    asked.setlist("not_places", left_out)
    asked["places_match"] = match
    filterset = ArticleFilterSet(asked)
    parts = with_parts_of_chosen(filterset, "places", [])
    assert parts
    query = filterset.article_query()
    choice = query.facets["places"]
    for part in parts:
        others = choice.values if match == "all" else ()
        choosing = replace(choice, values=(*others, part.value), match_all=match == "all")
        assert part.count == search(query.with_choice("places", choosing), limit=0).total


def test_parts_stand_below_the_whole_and_open_with_it(client):
    whole = make_place("Riverland")
    parts = [make_place(f"Town {number:02}", parent=whole) for number in range(15)]
    for number, part in enumerate(parts):
        for _ in range(number + 1):
            make_article(f"In {part}", about=[part])
    html = read(client, "/articles/?places=riverland").html
    assert "depth-1" in html
    assert "Town 14" in html


def test_an_empty_list_names_the_ways_out_with_their_numbers(client, archive):
    page = read(client, "/articles/?people=ada-moreau&year=1850")
    assert "Nothing matches" in page.text
    way = page.link("Year: 1850")
    assert way == "/articles/?people=ada-moreau"
    total = len(read(client, way).headlines())
    assert f"Year: 1850 – {total} article" in page.text


def test_how_to_search_is_explained(client):
    page = read(client, "/help/searching/")
    assert "earthquake OR tsunami" in page.text


def test_all_values_stand_in_the_order_the_reader_wants(client):
    everywhere, here = make_person("Zora Everywhere"), make_person("Ann Here")
    flood = make_topic("flood")
    for number in range(4):
        make_article(f"Flood {number}", about=[everywhere, here, flood])
    for number in range(12):
        make_article(f"Other {number}", about=[everywhere])

    def names(address):
        links = [text for text in read(client, address).links if text in ("Zora Everywhere", "Ann Here")]
        return links

    assert names("/articles/values/people/") == ["Zora Everywhere", "Ann Here"]
    assert names("/articles/values/people/?order=name") == ["Ann Here", "Zora Everywhere"]
    assert names("/articles/values/people/?topics=flood&order=unusual") == ["Ann Here"]


def test_an_old_slug_still_filters(client):
    person = make_person("Ada Moreau")
    make_article("About Ada", about=[person])
    person.slug = "ada-renamed"
    person.save()
    assert headlines(client, "people=ada-moreau") == ["About Ada"]


def test_a_line_says_how_many_other_versions_of_its_text_there_are(client):
    group, alone = TextGroup.objects.create(), TextGroup.objects.create()
    for number in range(3):
        make_article(f"Edition {number}", text_group=group)
    make_article("Draft edition", text_group=group, status="draft")
    make_article("The only one", text_group=alone)
    page = read(client, "/articles/")
    assert page.text.count("and 2 other versions") == 3
    assert page.link("and 2 other versions") == "/articles/edition-2/#versions"
    assert "another version" not in page.text


def test_a_list_leads_to_the_same_articles_in_the_api(client, archive):
    address = read(client, "/articles/?people=ada-moreau&sort=oldest").links["API"]
    assert address == "/api/v1/articles/?people=ada-moreau&sort=oldest"
    assert [each["headline"] for each in client.get(address).json()["results"]] == ["Ada and Bo", "Ada alone"]
