"""People, places, topics, sources and the values of facets through the API."""

import pytest

from articles.models import SUBJECT_KINDS
from articles.views.ordered_names import sort_key

from .api import ARTICLES, faults, read_json, read_problem
from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries, read

pytestmark = pytest.mark.django_db

PEOPLE, PLACES, TOPICS, SOURCES = (f"/api/v1/{name}/" for name in ("people", "places", "topics", "sources"))
FACETS = "/api/v1/facets/"
MAKERS = {"person": make_person, "place": make_place, "topic": make_topic}


def names(answer: dict) -> list[str]:
    return [row["name"] for row in answer["results"]]


def values(answer: dict) -> list[tuple[str, int]]:
    return [(row["value"], row["count"]) for row in answer["results"]]


def test_a_list_holds_those_that_published_articles_are_about(client):
    ada, bo = make_person("Ada"), make_person("Bo")
    make_person("Nobody")
    make_article("One", about=[bo])
    make_article("Two", about=[bo, ada])
    make_article("Secret", about=[make_person("Hidden")], status="draft")
    link(make_article("Three"), make_person("Suggested"), status="suggested")
    answer = read_json(client, PEOPLE)
    assert names(answer) == ["Ada", "Bo"]
    assert answer["total"] == 2
    assert [person["article_count"] for person in answer["results"]] == [1, 2]
    assert names(read_json(client, f"{PEOPLE}?sort=count")) == ["Bo", "Ada"]
    assert names(read_json(client, f"{PEOPLE}?all=1")) == ["Ada", "Bo", "Hidden", "Nobody", "Suggested"]


def test_a_part_of_any_name_finds_a_person(client):
    make_article("One", about=[make_person("Joe Biden", aliases=["Sleepy Joe"]), make_person("Ada")])
    for words in ("bid", "sleepy", "BIDEN"):
        assert names(read_json(client, f"{PEOPLE}?q={words}")) == ["Joe Biden"]
    assert names(read_json(client, f"{PEOPLE}?q=nobody")) == []


def test_what_is_below_counts_for_a_place(client):
    asia = make_place("Asia", kind="continent")
    gaza = make_place("Gaza Strip", parent=asia, kind="territory", latitude="31.4", longitude="34.38")
    rafah = make_place("Rafah", parent=gaza, aliases=["Rafaḩ"])
    make_article("One", about=[rafah])
    place = read_json(client, f"{PLACES}gaza-strip/")
    assert (place["article_count"], place["latitude"], place["parent"]["slug"]) == (1, 31.4, "asia")
    assert read_json(client, place["articles_url"])["total"] == 1
    assert names(read_json(client, f"{PLACES}?part_of=gaza-strip")) == ["Rafah"]
    (below,) = read_json(client, f"{PLACES}?part_of=gaza-strip&expand=ancestors")["results"]
    assert [above["slug"] for above in below["ancestors"]] == ["asia", "gaza-strip"]
    assert below["aliases"] == [{"name": "Rafaḩ", "language": ""}]


def test_a_topic_has_its_code_and_what_it_belongs_to(client):
    weather = make_topic("weather", iptc_code="medtop:17000000")
    make_article("One", about=[make_topic("rain", parent=weather)])
    topic = read_json(client, f"{TOPICS}rain/")
    assert [above["name"] for above in topic["ancestors"]] == ["weather"]
    assert read_json(client, f"{TOPICS}weather/")["iptc_code"] == "medtop:17000000"


@pytest.mark.parametrize("kind", SUBJECT_KINDS.values(), ids=str)
def test_lists_hold_what_the_pages_show(client, kind):
    subjects = [MAKERS[kind.name](f"Name {number}") for number in range(5)]
    make_article("One", about=subjects[:3])
    make_article("Two", about=subjects[2:4])
    for parameters in ("", "sort=count", "all=1", "q=name+1", "all=1&sort=count&q=name"):
        page = read(client, f"/{kind.plural}/?{parameters}")
        answer = read_json(client, f"/api/v1/{kind.plural}/?{parameters}")
        shown = [subject for subject in subjects if subject.get_absolute_url() in page.addresses]
        assert sorted(names(answer)) == [subject.name for subject in shown]


def test_subjects_without_articles_can_be_read_and_are_counted_0(client):
    make_person("Nobody")
    assert read_json(client, f"{PEOPLE}nobody/")["article_count"] == 0


def test_sources_say_how_many_articles_are_theirs(client):
    paper = make_source("The Daily Test", url="https://daily.example.org")
    make_source("Another")
    make_article("One", source=paper)
    make_article("Two", source=paper, status="withdrawn")
    answer = read_json(client, SOURCES)
    assert names(answer) == ["The Daily Test"]
    assert (answer["results"][0]["website"], answer["results"][0]["article_count"]) == ("https://daily.example.org", 1)
    assert names(read_json(client, f"{SOURCES}?all=1&q=anoth")) == ["Another"]
    assert read_json(client, f"{SOURCES}the-daily-test/")["article_count"] == 1


@pytest.mark.parametrize("make", [make_person, make_place, make_topic, make_source])
def test_former_slugs_lead_to_the_new_address(client, make):
    row = make("Old name")
    plural = "sources" if make is make_source else SUBJECT_KINDS[row._meta.model_name].plural
    row.slug = "new-name"
    row.save()
    response = client.get(f"/api/v1/{plural}/old-name/")
    assert (response.status_code, response.headers["Location"]) == (301, f"http://testserver/api/v1/{plural}/new-name/")
    assert client.get(f"/api/v1/{plural}/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{PEOPLE}?sort=age", "sort"),
        (f"{PEOPLE}?all=perhaps", "all"),
        (f"{PEOPLE}?part_of=asia", "part_of"),
        (f"{PLACES}?part_of=nowhere", "part_of"),
        (f"{PLACES}?expand=children", "expand"),
        (f"{PEOPLE}?expand=ancestors", "expand"),
        (f"{PEOPLE}?q=%00", "q"),
        (f"{SOURCES}?q={'x' * 201}", "q"),
        (f"{FACETS}people/?order=age", "order"),
        (f"{FACETS}people/?facets=people", "facets"),
        (f"{FACETS}people/?people=nobody", "people"),
    ],
)
def test_each_bad_parameter_is_named(client, address, name):
    assert list(faults(client.get(address))) == [name]


@pytest.mark.parametrize("kind", SUBJECT_KINDS.values(), ids=str)
def test_the_number_of_queries_does_not_grow_with_the_subjects(client, kind):
    parent = {"parent": MAKERS[kind.name]("Root")} if kind.is_tree else {}
    subjects = [MAKERS[kind.name](f"Name {number}", aliases=[f"Alias {number}"], **parent) for number in range(12)]
    make_article("One", about=subjects)
    address = f"/api/v1/{kind.plural}/?size={{}}" + ("&expand=ancestors" if kind.is_tree else "")
    assert count_queries(client, address.format(3)) == count_queries(client, address.format(12))


def test_the_facets_are_listed_with_their_addresses(client):
    facets = read_json(client, FACETS)["results"]
    assert [facet["name"] for facet in facets] == ["people", "places", "topics", "source", "language", "year"]
    assert all(client.get(facet["url"]).status_code == 200 for facet in facets)


def test_the_values_of_a_facet_are_counted_for_any_question(client):
    ada, bo, cy = make_person("Ada"), make_person("Bo"), make_person("Cy")
    make_article("Flood one", about=[ada, bo])
    make_article("Flood two", about=[ada])
    make_article("Other", about=[cy])
    make_article("Flood three")
    answer = read_json(client, f"{FACETS}people/?q=flood")
    assert (answer["facet"], answer["articles"], answer["total"]) == ("people", 3, 3)
    assert values(answer) == [("ada", 2), ("none", 1), ("bo", 1)]
    # The value that is chosen does not narrow its own facet: choosing another adds to it.
    assert dict(values(read_json(client, f"{FACETS}people/?people=ada"))) == {"ada": 2, "bo": 1, "cy": 1, "none": 1}


def test_the_values_of_a_facet_are_read_to_their_end(client):
    make_article("One", about=[make_person(f"Person {number}") for number in range(7)])
    found, address = [], f"{FACETS}people/?size=3"
    while address:
        answer = read_json(client, address)
        found += values(answer)
        address = answer["next"]
    assert sorted(found) == [(f"person-{number}", 1) for number in range(7)]
    assert read_problem(client.get(f"{FACETS}people/?size=3&page=4"))["status"] == 404


def test_the_values_of_a_facet_are_searched_and_sorted(client):
    make_article("One", about=[make_person("Émile"), make_person("Bo"), make_person("Ada")])
    make_article("Two", about=[make_person("Emil")])
    assert values(read_json(client, f"{FACETS}people/?name=emil")) == [("emile", 1), ("emil", 1)]
    assert [value for value, _ in values(read_json(client, f"{FACETS}people/?order=name"))] == [
        "ada",
        "bo",
        "emil",
        "emile",
    ]
    assert read_json(client, f"{FACETS}people/?order=unusual&q=two")["total"] <= 4


def test_a_facet_that_is_unknown_is_not_found(client):
    assert read_problem(client.get(f"{FACETS}colour/"))["status"] == 404


def test_counting_a_facet_takes_the_same_queries_however_many_values(client):
    make_article("One", about=[make_person(f"Person {number}") for number in range(12)])
    assert count_queries(client, f"{FACETS}people/?size=2") == count_queries(client, f"{FACETS}people/?size=12")


def test_counts_of_the_list_and_of_the_facet_agree(client):
    make_article("One", about=[make_person("Ada"), make_topic("rain")])
    make_article("Two", about=[make_person("Bo")])
    for facet in ("people", "topics", "year"):
        listed = read_json(client, f"{ARTICLES}?facets={facet}")["facets"][facet]
        assert sorted(listed, key=str) == sorted(read_json(client, f"{FACETS}{facet}/")["results"], key=str)


NAMES_IN_ORDER = ["Éa", "ea", "Eb", "’s-Eve", "Zo"]


@pytest.mark.parametrize("kind", SUBJECT_KINDS.values(), ids=str)
def test_names_are_in_the_same_order_as_on_the_pages(client, kind):
    """Whatever the rules of the database are: it sorts capitals first, and accents last."""
    subjects = [MAKERS[kind.name](name) for name in reversed(NAMES_IN_ORDER)]
    make_article("One", about=subjects)
    make_article("Two")
    shown = read(client, f"/{kind.plural}/").links
    in_order = [name for name in shown if name in NAMES_IN_ORDER]
    assert [sort_key(name) for name in in_order] == ["ea", "ea", "eb", "s-eve", "zo"]
    assert names(read_json(client, f"/api/v1/{kind.plural}/")) == in_order
    on_values = read(client, f"/articles/values/{kind.plural}/?order=name").links
    assert [name for name in on_values if name in in_order] == in_order
    labels = [value["label"] for value in read_json(client, f"{FACETS}{kind.plural}/?order=name")["results"]]
    assert labels[:-1] == in_order
    assert labels[-1].startswith("No ")


def test_sources_are_in_the_order_of_a_register(client):
    for name in reversed(NAMES_IN_ORDER):
        make_article(name, source=make_source(name))
    assert [sort_key(name) for name in names(read_json(client, SOURCES))] == ["ea", "ea", "eb", "s-eve", "zo"]


def test_what_is_part_of_nothing_can_be_listed_as_on_the_page(client):
    make_article("Story", about=[make_place("Cairo", parent=make_place("Egypt")), make_place("Atlantis")])
    assert names(read_json(client, f"{PLACES}?part_of=none")) == ["Atlantis", "Egypt"]
    assert names(read_json(client, f"{PLACES}?part_of=egypt")) == ["Cairo"]


def test_values_are_as_unusual_under_a_part_of_their_names_as_among_all(client):
    """On the page and here: what is left out of the list is not left out of the archive."""
    ann, zora, flood = make_person("Ann Here"), make_person("Zora Everywhere"), make_topic("flood")
    for number in range(4):
        make_article(f"Flood {number}", about=[zora, ann, flood])
    for number in range(12):
        make_article(f"Other {number}", about=[zora])
    answer = read_json(client, f"{FACETS}people/?topics=flood&order=unusual&name=ann")
    assert values(answer) == [("ann-here", 4)]
    assert "Ann Here" in read(client, "/articles/values/people/?topics=flood&order=unusual&name=ann").links
