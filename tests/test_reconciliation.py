"""Matching names with people, places and topics, by the Reconciliation Service API 0.2."""

import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.api.reconcile.questions import BATCH_SIZE

from .api import faults, read_json, read_problem
from .factories import make_article, make_person, make_place, make_topic
from .pages import count_queries

pytestmark = pytest.mark.django_db

PEOPLE, PLACES, TOPICS = (f"/api/v1/reconcile/{name}/" for name in ("people", "places", "topics"))


def post(client, service: str, **parameters):
    """A POST of a form, as clients of the protocol send it."""
    return client.generic("POST", service, urlencode(parameters), content_type="application/x-www-form-urlencoded")


def answer_of(response) -> dict:
    assert response.status_code == 200, response.content
    return response.json()


def candidates(client, service: str, text: str = "", **options) -> list[dict]:
    question = {**({"query": text} if text else {}), **options}
    return answer_of(post(client, service, queries=json.dumps({"q0": question})))["q0"]["result"]


def slugs(found: list[dict]) -> list[str]:
    return [candidate["id"] for candidate in found]


def certain(found: list[dict]) -> list[str]:
    return [candidate["id"] for candidate in found if candidate["match"]]


# The manifest


@pytest.mark.parametrize(("service", "kind"), [(PEOPLE, "person"), (PLACES, "place"), (TOPICS, "topic")])
def test_the_manifest_says_what_the_service_offers(client, service, kind):
    manifest = read_json(client, service)
    assert manifest["versions"] == ["0.2"]
    assert manifest["name"].startswith("Newsroom: ")
    assert manifest["view"]["url"].startswith(manifest["identifierSpace"])
    assert "{{id}}" in manifest["view"]["url"]
    assert manifest["schemaSpace"].startswith("http")
    assert manifest["defaultTypes"][0]["id"] == kind
    assert manifest["batchSize"] == BATCH_SIZE


def test_every_address_in_the_manifest_works(client):
    make_place("Rafah")
    manifest = read_json(client, PLACES)
    for suggest in manifest["suggest"].values():
        assert "result" in read_json(client, f"{suggest['service_url']}{suggest['service_path']}?prefix=raf")
    propose = manifest["extend"]["propose_properties"]
    assert read_json(client, f"{propose['service_url']}{propose['service_path']}?type=place")["properties"]
    for template in (manifest["preview"]["url"], manifest["view"]["url"]):
        assert client.get(template.replace("{{id}}", "rafah")).status_code == 200


def test_other_sites_may_use_the_service(client):
    for response in (client.get(PEOPLE), post(client, PEOPLE, queries="{}")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in client.options(PEOPLE).headers["Access-Control-Allow-Methods"]


# Matching


def test_the_only_one_of_a_name_is_matched(client):
    make_person("Joe Biden", description="A president.")
    make_person("Jill Biden")
    found = candidates(client, PEOPLE, "Joe Biden")
    assert found[0] | {"features": None} == {
        "id": "joe-biden",
        "name": "Joe Biden",
        "description": "A president.",
        "type": [{"id": "person", "name": "Person"}],
        "score": 100.0,
        "match": True,
        "features": None,
    }
    assert {"id": "name_similarity", "value": 100.0} in found[0]["features"]
    assert certain(found) == ["joe-biden"]


@pytest.mark.parametrize("text", ["joe biden", "JOE  BIDEN", "Joé Biden", "Biden, Joe", "Sleepy Joe", "joe-biden"])
def test_case_accents_order_and_other_names_make_no_difference(client, text):
    make_person("Joe Biden", aliases=["Sleepy Joe"])
    make_person("Joe Frazier")
    assert certain(candidates(client, PEOPLE, text)) == ["joe-biden"]


def test_a_name_that_two_share_is_a_doubt(client):
    make_place("Georgia", slug="georgia", kind="country", country_code="GE")
    state = make_place("Georgia", slug="georgia-state", kind="region", country_code="US")
    make_article("Story", about=[state])
    found = candidates(client, PLACES, "Georgia")
    assert certain(found) == []
    # The one that is written about more comes first.
    assert slugs(found) == ["georgia-state", "georgia"]


def test_a_shared_other_name_is_a_doubt_too(client):
    make_person("Elizabeth I", aliases=["The Queen"])
    make_person("Victoria", aliases=["the queen"])
    assert certain(candidates(client, PEOPLE, "The Queen")) == []


def test_a_property_settles_a_doubt(client):
    make_place("United States", kind="country", country_code="US")
    make_place("Georgia", slug="georgia", kind="country", country_code="GE")
    make_place("Georgia", slug="georgia-state", kind="region", country_code="US")
    for value in ("US", "United States", {"id": "united-states", "name": "United States"}, ["Canada", "us"]):
        found = candidates(client, PLACES, "Georgia", properties=[{"pid": "country", "v": value}])
        assert certain(found) == ["georgia-state"]
        assert [candidate["score"] for candidate in found] == [100.0, 70.0]
        assert {"id": "country", "value": True} in found[0]["features"]


def test_a_type_settles_a_doubt(client):
    make_place("Georgia", slug="georgia", kind="country")
    make_place("Georgia", slug="georgia-state", kind="region")
    assert certain(candidates(client, PLACES, "Georgia", type="region")) == ["georgia-state"]
    assert slugs(candidates(client, PLACES, "Georgia", type=["country", "place"], type_strict="all")) == ["georgia"]
    hinted = candidates(client, PLACES, "Georgia", type="country", type_strict="should")
    assert (len(hinted), certain(hinted)) == (2, ["georgia"])


def test_what_a_place_is_part_of_settles_a_doubt(client):
    europe, asia = make_place("Europe"), make_place("Asia")
    france, lebanon = make_place("France", parent=europe), make_place("Lebanon", parent=asia)
    make_place("Tripoli", slug="tripoli", parent=lebanon)
    make_place("Tripoli", slug="tripoli-france", parent=france)
    assert certain(candidates(client, PLACES, "Tripoli", properties=[{"pid": "part_of", "v": "Asia"}])) == ["tripoli"]


def test_an_identifier_counts_for_more_than_a_name(client):
    make_person("Ada Moreau", wikidata_id="Q7259")
    make_person("Ada Lund")
    assert certain(candidates(client, PEOPLE, "Q7259")) == ["ada-moreau"]
    asked = {"properties": [{"pid": "wikidata", "v": "Q7259"}]}
    assert certain(candidates(client, PEOPLE, "Countess A.", **asked)) == ["ada-moreau"]
    assert certain(candidates(client, PEOPLE, **asked)) == ["ada-moreau"]
    make_place("Rafah", geonames_id=281102)
    make_topic("rain", iptc_code="medtop:17000000")
    assert certain(candidates(client, PLACES, properties=[{"pid": "geonames", "v": 281102}])) == ["rafah"]
    assert certain(candidates(client, TOPICS, "medtop:17000000")) == ["rain"]


def test_numbers_that_are_no_identifiers_find_nobody(client):
    make_place("Rafah", geonames_id=281102)
    for number in ("9" * 30, "0" * 30 + "9" * 30, "²", "-1", "1e5"):
        assert candidates(client, PLACES, number, properties=[{"pid": "geonames", "v": number}]) == []


def test_similar_names_are_proposed_but_not_matched(client):
    make_person("Joe Biden")
    make_person("Angela Merkel")
    for text in ("Jospeh Biden", "Jo Bidne", "Biden", "President Joe R. Biden"):
        found = candidates(client, PEOPLE, text)
        assert slugs(found)[:1] == ["joe-biden"], text
        assert (certain(found), found[0]["score"] < 100) == ([], True)
    assert candidates(client, PEOPLE, "Zzyzx Qwrt") == []


def test_scores_fall_and_the_limit_holds(client):
    for name in ("Ada Moreau", "Ada Moreaux", "Adam More", "Ada Lund", "Moreau"):
        make_person(name)
    scores = [candidate["score"] for candidate in candidates(client, PEOPLE, "Moreau")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3
    assert slugs(candidates(client, PEOPLE, "Moreau", limit=1)) == ["moreau"]


def test_an_unknown_property_fits_nobody(client):
    make_person("Ada Moreau")
    found = candidates(client, PEOPLE, "Ada Moreau", properties=[{"pid": "shoe size", "v": 42}])
    assert certain(found) == []
    assert found[0]["score"] == 70.0


def test_a_batch_is_answered_by_its_keys_by_get_and_post_alike(client):
    make_person("Ada")
    make_person("Bo")
    batch = json.dumps({"a": {"query": "Ada"}, "b": {"query": "Bo"}, "c": {"query": "Nobody at all"}})
    answer = answer_of(post(client, PEOPLE, queries=batch))
    assert {key: slugs(found["result"]) for key, found in answer.items()} == {"a": ["ada"], "b": ["bo"], "c": []}
    assert read_json(client, f"{PEOPLE}?{urlencode({'queries': batch})}") == answer


def test_a_single_query_is_its_text_or_json(client):
    make_person("Ada")
    for query in ("Ada", json.dumps({"query": "Ada", "limit": 1})):
        assert slugs(read_json(client, f"{PEOPLE}?{urlencode({'query': query})}")["result"]) == ["ada"]
        assert slugs(answer_of(post(client, PEOPLE, query=query))["result"]) == ["ada"]


def test_a_batch_takes_the_same_queries_for_many_candidates_as_for_few(client):
    world = make_place("World", kind="country", country_code="EG")
    for number in range(2):
        make_place(f"Few {number}", aliases=[f"Other few {number}"], parent=world, country_code="EG")
    for number in range(12):
        make_place(f"Many {number}", aliases=[f"Other many {number}"], parent=world, country_code="EG")
    few, many = (
        f"{PLACES}?{urlencode({'query': json.dumps({'query': name, 'limit': 50})})}" for name in ("few", "many")
    )
    assert len(read_json(client, many)["result"]) == 12
    assert count_queries(client, few) == count_queries(client, many)


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"queries": "nonsense"}, "queries"),
        ({"queries": "[]"}, "queries"),
        ({"queries": "[" * 100_000}, "queries"),
        ({"queries": '{"q0": 1}'}, "queries.q0"),
        ({"queries": '{"q0": {}}'}, "queries.q0.query"),
        ({"queries": '{"q0": {"query": "x", "limit": 0}}'}, "queries.q0.limit"),
        ({"queries": '{"q0": {"query": "x", "type_strict": "maybe"}}'}, "queries.q0.type_strict"),
        ({"queries": '{"q0": {"query": "x", "properties": [{"pid": "country"}]}}'}, "queries.q0.properties.0.v"),
        ({"queries": json.dumps({"q0": {"query": "x" * 501}})}, "queries.q0.query"),
        ({"queries": '{"q0": {"query": "\\ud800"}}'}, "queries.q0.query"),
        ({"queries": '{"\\ud800": {"query": "x"}}'}, "queries"),
        (
            {"queries": '{"q0": {"query": "x", "properties": [{"pid": "a", "v": "\\u0000"}]}}'},
            "queries.q0.properties.0.v",
        ),
        ({"extend": '{"ids": ["x"]}'}, "extend.properties"),
        ({"extend": '{"ids": ["x"], "properties": [{"id": "shoe size"}]}'}, "extend"),
        ({"callback": "jQuery1", "queries": "{}"}, "callback"),
        ({}, "queries"),
    ],
)
def test_each_fault_is_named(client, parameters, name):
    assert name in faults(post(client, PEOPLE, **parameters))


def test_too_large_a_batch_is_refused(client):
    batch = {f"q{number}": {"query": "x"} for number in range(BATCH_SIZE + 1)}
    assert read_problem(post(client, PEOPLE, queries=json.dumps(batch)))["status"] == 413


def test_other_formats_are_refused(client):
    response = client.generic("POST", PEOPLE, "{}", content_type="application/json")
    assert read_problem(response)["status"] == 415


# Fetching data


def test_data_is_fetched_for_what_was_matched(client):
    palestine = make_place("Palestine", kind="country", country_code="PS")
    rafah = make_place(
        "Rafah", aliases=["Rafaḩ"], parent=palestine, country_code="PS", latitude="31.28", longitude="34.26",
        wikidata_id="Q1", geonames_id=281102, description="A city.", population=150_000,
    )  # fmt: skip
    make_article("Story", about=[rafah])
    properties = ["wikidata", "description", "coordinates", "country", "part_of", "articles", "aliases", "latitude"]
    answer = fetch(client, PLACES, ["rafah"], properties)
    assert [each["id"] for each in answer["meta"]] == properties
    assert answer["rows"]["rafah"] == {
        "wikidata": [{"str": "Q1"}],
        "description": [{"str": "A city."}],
        "coordinates": [{"str": "31.28,34.26"}],
        "country": [{"id": "palestine", "name": "Palestine"}],
        "part_of": [{"id": "palestine", "name": "Palestine"}],
        "articles": [{"int": 1}],
        "aliases": [{"str": "Rafaḩ"}],
        "latitude": [{"float": 31.28}],
    }
    assert fetch(client, PLACES, ["rafah"], ["geonames", "population", "page"])["rows"]["rafah"] == {
        "geonames": [{"int": 281102}],
        "population": [{"int": 150_000}],
        "page": [{"str": "http://testserver/places/rafah/"}],
    }


def test_what_is_not_known_is_empty_and_former_slugs_still_count(client):
    person = make_person("Ada")
    person.slug = "ada-moreau"
    person.save()
    rows = fetch(client, PEOPLE, ["ada", "ada-moreau", "nobody"], ["wikidata", "name"])["rows"]
    assert rows["ada"] == rows["ada-moreau"] == {"wikidata": [], "name": [{"str": "Ada"}]}
    assert rows["nobody"] == {"wikidata": [], "name": []}


def fetch(client, service: str, ids: list[str], properties: list[str]) -> dict:
    asked = {"ids": ids, "properties": [{"id": id} for id in properties]}
    return answer_of(post(client, service, extend=json.dumps(asked)))


def test_fetching_data_takes_the_same_queries_for_many_as_for_few(client):
    for number in range(9):
        make_place(f"Place {number}", aliases=[f"Alias {number}"], parent=make_place(f"Above {number}"))
    properties = [{"id": id} for id in ("aliases", "part_of", "country", "articles")]

    def address(number: int) -> str:
        asked = {"ids": [f"place-{each}" for each in range(number)], "properties": properties}
        return f"{PLACES}?{urlencode({'extend': json.dumps(asked)})}"

    assert count_queries(client, address(2)) == count_queries(client, address(9))


def test_the_properties_of_a_kind_are_proposed(client):
    proposed = read_json(client, f"{PEOPLE}properties/?type=person&limit=2")
    assert (proposed["type"], proposed["limit"], len(proposed["properties"])) == ("person", 2, 2)
    ids = {each["id"] for each in read_json(client, f"{TOPICS}properties/")["properties"]}
    assert {"iptc", "part_of", "wikidata"} <= ids
    assert not {"country", "geonames", "coordinates"} & ids


# Suggesting


def test_entities_are_suggested_while_somebody_types(client):
    for name in ("Gaza City", "Gaza Strip", "Gaza", "Port of Gaza"):
        make_place(name, kind="city")
    found = read_json(client, f"{PLACES}suggest/entity/?prefix=gaza")["result"]
    assert [each["name"] for each in found] == ["Gaza", "Gaza City", "Gaza Strip", "Port of Gaza"]
    assert found[0]["notable"][1] == {"id": "city", "name": "City"}
    rest = read_json(client, f"{PLACES}suggest/entity/?prefix=gaza&cursor=3")["result"]
    assert [each["name"] for each in rest] == ["Port of Gaza"]
    assert [each["id"] for each in read_json(client, f"{PLACES}suggest/entity/?prefix=port-of-gaza")["result"]] == [
        "port-of-gaza"
    ]
    assert read_json(client, f"{PLACES}suggest/entity/")["result"] == []


def test_properties_and_types_are_suggested(client):
    assert read_json(client, f"{PLACES}suggest/property/?prefix=coun")["result"] == [
        {"id": "country", "name": "Country"}
    ]
    assert {"id": "city", "name": "City"} in read_json(client, f"{PLACES}suggest/type/?prefix=ci")["result"]
    assert read_json(client, f"{PEOPLE}suggest/type/")["result"] == [{"id": "person", "name": "Person"}]


# Previewing


def test_a_preview_can_be_shown_within_other_sites(client):
    make_place("Rafah", aliases=["Rafaḩ"], description="<b>A city</b>", parent=make_place("Asia"))
    response = client.get(f"{PLACES}preview/?id=rafah")
    html = response.content.decode()
    assert "&lt;b&gt;A city&lt;/b&gt;" in html
    assert "Rafaḩ" in html
    assert 'href="/places/rafah/"' in html
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("id", ["nobody", "%00", "x" * 500, ""])
def test_there_is_no_preview_of_what_does_not_exist(client, id):
    assert client.get(f"{PLACES}preview/?id={id}").status_code == 404


def test_no_more_names_are_read_than_will_be_compared(client, monkeypatch):
    monkeypatch.setattr("articles.api.reconcile.candidates.MOST_FOUND", 3)
    for number in range(5):
        make_person(f"Ada Moreau {number}", aliases=[f"Adah {number}"])
    with CaptureQueriesContext(connection) as queries:
        found = slugs(candidates(client, PEOPLE, "ada morau"))
    assert found == ["ada-moreau-0", "ada-moreau-1", "ada-moreau-2"]
    read = [query["sql"] for query in queries if "folded_name" in query["sql"].partition("WHERE")[2]]
    assert read
    assert all(sql.endswith("LIMIT 3") for sql in read)
