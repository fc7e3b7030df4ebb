"""Editors write through the API by the rules of the admin: its permissions, its records, its checks."""

from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from rest_framework.authtoken.models import Token

from articles.api import writing
from articles.models import Article, Change, Link, Occasion, Person, PersonLink, Place, Topic

from .api import ARTICLES, faults, make_editor, read_json, read_problem, send, token_of
from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .meanwhile import act_before, locks_rows_of

pytestmark = pytest.mark.django_db

STORY = f"{ARTICLES}story/"
PEOPLE, PLACES, TOPICS = (f"/api/v1/{name}/" for name in ("people", "places", "topics"))


@pytest.fixture
def editor():
    """Somebody who may do everything in the archive."""
    return User.objects.create_superuser("editor")


def history_of(row) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(row.pk), content_type__model=row._meta.model_name)
    return [entry.get_change_message() for entry in entries.order_by("pk")]


# Articles


def test_an_editor_writes_an_article_that_is_found_at_once(client, editor):
    make_source("The Daily Test")
    sent = {
        "headline": "Flood in Riverton",
        "body": "Water rose.",
        "published_on": "2024-03-21",
        "source": "the-daily-test",
        "language": "en",
        "original_url": "https://daily.example.org/flood",
    }
    response = send(client, "POST", ARTICLES, sent, editor)
    assert response.status_code == 201
    assert response.headers["Location"] == "http://testserver/api/v1/articles/flood-in-riverton/"
    written = response.json()
    assert {name: written[name] for name in sent if name != "source"} == {
        name: value for name, value in sent.items() if name != "source"
    }
    assert (written["source"]["name"], written["status"]) == ("The Daily Test", "published")
    assert read_json(client, f"{ARTICLES}?q=water")["total"] == 1
    assert read_json(client, response.headers["Location"]) == written


def test_a_draft_is_not_public(client, editor):
    send(client, "POST", ARTICLES, {"headline": "Story", "status": "draft"}, editor)
    assert client.get(STORY).status_code == 404
    assert send(client, "PATCH", STORY, {"status": "published"}, editor).status_code == 200
    assert client.get(STORY).status_code == 200


def test_only_steps_of_publication_lead_from_status_to_status(client, editor):
    article = make_article("Story", status="draft")
    reason = faults(send(client, "PATCH", STORY, {"status": "withdrawn", "headline": "New"}, editor))["status"]
    assert reason == "No step leads from “Draft” to “Withdrawn”, only to: To be reviewed, Published."
    article.refresh_from_db()
    assert (article.status, article.headline) == ("draft", "Story")
    assert send(client, "PATCH", STORY, {"status": "draft", "headline": "New"}, editor).status_code == 200


def test_a_change_is_recorded_as_a_persons(client, editor):
    article = make_article("Story", edited_fields=["byline"])
    response = send(client, "PATCH", STORY, {"summary": "New", "language": "fr"}, editor)
    assert (response.status_code, response.json()["summary"]) == (200, "New")
    article.refresh_from_db()
    assert article.edited_fields == ["byline", "language", "summary"]
    assert history_of(article) == ["Changed summary and language."]
    changes = Change.objects.filter(table="articles_article", occasion__user=editor)
    assert {"summary", "language"} <= set(changes.get(action="update").fields)


def test_the_history_names_what_was_written(client, editor):
    send(client, "POST", ARTICLES, {"headline": "Rain", "body": "It rained."}, editor)
    send(client, "POST", PEOPLE, {"name": "Ada", "aliases": [{"name": "A. M."}]}, editor)
    person, article = Person.objects.get(), Article.objects.get()
    send(client, "POST", f"{ARTICLES}{article.slug}/people/", {"subject": person.slug}, editor)
    send(client, "DELETE", f"{ARTICLES}{article.slug}/", None, editor)
    prefix = "Written through the API: "
    assert [done.what.removeprefix(prefix) for done in Occasion.objects.order_by("pk")] == [
        "article “Rain”",
        "person “Ada”",
        "link to a person “Rain → Ada”",
        "article “Rain”",
    ]


def test_a_headline_that_a_person_writes_is_no_longer_derived(client, editor):
    make_article("It rained", slug="story", headline_is_derived=True)
    send(client, "PATCH", STORY, {"headline": "Flood in Riverton"}, editor)
    article = Article.objects.get()
    assert article.headline_is_derived is False
    assert {"headline", "headline_is_derived"} <= set(article.edited_fields)


def test_sending_what_is_there_already_changes_nothing(client, editor):
    article = make_article("Story", summary="Old")
    assert send(client, "PATCH", STORY, {"summary": "Old"}, editor).status_code == 200
    assert send(client, "PATCH", STORY, {}, editor).status_code == 200
    updated_at, article = article.updated_at, Article.objects.get()
    assert (article.edited_fields, article.updated_at) == ([], updated_at)
    assert history_of(article) == []


def test_a_changed_slug_leads_on(client, editor):
    make_article("Story")
    assert send(client, "PATCH", STORY, {"slug": "better"}, editor).json()["slug"] == "better"
    assert client.get(STORY).headers["Location"].endswith("/better/")


def test_a_withdrawn_article_is_gone_and_a_deleted_one_is_deleted(client, editor):
    make_article("Story")
    make_article("Other")
    send(client, "PATCH", STORY, {"status": "withdrawn"}, editor)
    assert read_json(client, ARTICLES)["total"] == 1
    response = send(client, "DELETE", f"{ARTICLES}other/", user=editor)
    assert (response.status_code, response.content) == (204, b"")
    assert [article.headline for article in Article.objects.all()] == ["Story"]
    assert LogEntry.objects.get(object_repr="Other").is_deletion()


@pytest.mark.parametrize(
    ("sent", "name", "reason"),
    [
        ({}, "headline", "required"),
        ({"headline": ""}, "headline", "may not be blank"),
        ({"headline": None}, "headline", "may not be null"),
        ({"headline": "x" * 301}, "headline", "300 characters"),
        ({"headline": "x\x00"}, "headline", "Null characters"),
        ({"headline": "x", "title": "y"}, "title", "no such field"),
        ({"headline": "x", "published_on": "yesterday"}, "published_on", "wrong format"),
        ({"headline": "x", "published_on": "1066-10-14"}, "", "between the years 1400 and 2199"),
        ({"headline": "x", "source": "nobody"}, "source", "slug=nobody does not exist"),
        ({"headline": "x", "source": {"slug": "a"}}, "source", "does not exist"),
        ({"headline": "x", "status": "gone"}, "status", "not a valid choice"),
        ({"headline": "x", "slug": "none"}, "slug", "reserved"),
        ({"headline": "x", "slug": "taken"}, "slug", "already exists"),
        ({"headline": "x", "slug": "not a slug"}, "slug", 'valid "slug"'),
        ({"headline": "x", "original_url": "javascript:alert(1)"}, "original_url", "valid URL"),
        ({"headline": "x", "version": -1}, "version", "greater than or equal to 0"),
        ({"headline": "x", "language": "xx"}, "language", "“xx” is no language. Give a code such as en, fr or pt-BR."),
        (["headline"], "", "Expected a dictionary"),
    ],
)
def test_each_bad_field_is_named(client, editor, sent, name, reason):
    make_article("Taken")
    assert reason in faults(send(client, "POST", ARTICLES, sent, editor))[name]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    ["", "{", "[" * 200_000, '{"headline": NaN}', '{"headline": "\\ud800"}', '{"headline": 1' + "0" * 6_000 + "}"],
)
def test_content_that_makes_no_sense_is_a_problem(client, editor, content):
    response = client.generic("POST", ARTICLES, content, content_type="application/json", headers=token_of(editor))
    assert read_problem(response)["status"] == 400


def test_other_formats_are_refused(client, editor):
    response = client.generic("POST", ARTICLES, "<a/>", content_type="application/xml", headers=token_of(editor))
    assert read_problem(response)["status"] == 415


def test_too_much_at_once_is_refused(client, editor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    response = send(client, "POST", ARTICLES, {"headline": "x", "body": "x" * 2_000}, editor)
    assert read_problem(response)["status"] == 413


# Who may


@pytest.mark.parametrize(
    ("method", "address", "permission"),
    [
        ("POST", ARTICLES, "add_article"),
        ("PATCH", STORY, "change_article"),
        ("DELETE", STORY, "delete_article"),
        ("POST", PEOPLE, "add_person"),
        ("PATCH", f"{PEOPLE}ada/", "change_person"),
        ("POST", PLACES, "add_place"),
        ("PATCH", f"{TOPICS}rain/", "change_topic"),
        ("POST", f"{STORY}people/", "add_personlink"),
        ("PATCH", f"{STORY}people/ada/", "change_personlink"),
        ("DELETE", f"{STORY}topics/rain/", "delete_topiclink"),
    ],
)
def test_writing_needs_the_permission_that_the_admin_asks_for(client, method, address, permission):
    make_article("Story", about=[make_person("Ada"), make_topic("rain")])
    others = [f"{action}_{name}" for action in ("add", "change", "delete") for name in ("article", "person", "topic")]
    others = [name for name in others if name != permission] + ["view_article", "view_personlink"]
    sent = {"headline": "x"} if "article" in permission else {"name": "x"}
    assert read_problem(send(client, method, address, sent))["status"] == 401
    assert read_problem(send(client, method, address, sent, make_editor(*others)))["status"] == 403
    allowed = make_editor(permission, "publish_article")
    assert send(client, method, address, sent, allowed).status_code in (200, 201, 204, 400)


def test_a_token_that_is_sent_in_another_way_is_told_the_right_one(client, editor):
    token = token_of(editor)["authorization"].removeprefix("Bearer ")
    response = client.post(ARTICLES, {}, headers={"authorization": f"Token {token}"})
    assert response.status_code == 401
    assert "Authorization: Bearer" in read_problem(response)["detail"]


def test_a_session_does_not_let_anybody_write(admin_client):
    assert send(admin_client, "POST", ARTICLES, {"headline": "x"}).status_code == 401


def test_a_token_is_made_in_the_admin_or_by_a_command(admin_client, client, editor):
    admin_client.post("/admin/authtoken/tokenproxy/add/", {"user": editor.pk})
    key = Token.objects.get(user=editor).key
    assert "editor" in admin_client.get("/admin/authtoken/tokenproxy/").content.decode()
    output = StringIO()
    call_command("drf_create_token", "editor", stdout=output)
    assert key in output.getvalue()


def test_sources_and_facets_are_for_reading(client, editor):
    make_source("Paper")
    for address in ("/api/v1/sources/", "/api/v1/sources/paper/", "/api/v1/facets/", "/api/v1/facets/people/"):
        assert send(client, "POST", address, {}, editor).status_code == 405


def test_the_permission_to_change_people_is_none_to_change_their_names(client):
    make_person("Ada", aliases=["Lady Ada"])
    changer = make_editor("change_person", "add_personalias")
    assert send(client, "PATCH", f"{PEOPLE}ada/", {"aliases": []}, changer).status_code == 403
    added = [{"name": "Lady Ada"}, {"name": "Countess"}]
    assert send(client, "PATCH", f"{PEOPLE}ada/", {"aliases": added}, changer).status_code == 200
    assert Person.objects.get().aliases.count() == 2


# Subjects


def test_an_editor_makes_a_person_with_other_names(client, editor):
    sent = {"name": "Ada Moreau", "wikidata_id": "Q7259", "aliases": [{"name": "Lady Ada", "language": "en"}]}
    response = send(client, "POST", PEOPLE, sent, editor)
    assert response.status_code == 201
    assert response.headers["Location"] == "http://testserver/api/v1/people/ada-moreau/"
    assert response.json()["aliases"] == [{"name": "Lady Ada", "language": "en"}]
    assert response.json()["article_count"] == 0
    assert history_of(Person.objects.get()) == ["Added."]


def test_aliases_are_sent_as_a_whole(client, editor):
    person = make_person("Ada", aliases=["Lady Ada", "Countess"])
    kept = person.aliases.get(name="Countess")
    sent = {"aliases": [{"name": "Countess", "language": "en"}, {"name": "A. M."}]}
    response = send(client, "PATCH", f"{PEOPLE}ada/", sent, editor)
    assert response.json()["aliases"] == [{"name": "A. M.", "language": ""}, {"name": "Countess", "language": "en"}]
    assert person.aliases.get(name="Countess").pk == kept.pk
    assert len(history_of(person)) == 1
    assert send(client, "PATCH", f"{PEOPLE}ada/", {"description": "x"}, editor).json()["aliases"]


def test_a_place_is_put_where_it_belongs(client, editor):
    asia = make_place("Asia", kind="continent")
    rafah = make_place("Rafah")
    make_article("Story", about=[rafah])
    sent = {"parent": "asia", "kind": "city", "latitude": 31.28, "longitude": 34.26, "country_code": "PS"}
    written = send(client, "PATCH", f"{PLACES}rafah/", sent, editor).json()
    assert (written["parent"]["slug"], written["latitude"], written["kind"]) == ("asia", 31.28, "city")
    assert read_json(client, f"{PLACES}asia/")["article_count"] == 1
    assert send(client, "PATCH", f"{PLACES}rafah/", {"parent": None}, editor).json()["parent"] is None
    assert Place.objects.get(pk=asia.pk).children.count() == 0


def test_a_topic_has_a_parent_and_a_code(client, editor):
    make_topic("weather")
    written = send(
        client, "POST", TOPICS, {"name": "rain", "parent": "weather", "iptc_code": "medtop:1"}, editor
    ).json()
    assert [above["slug"] for above in written["ancestors"]] == ["weather"]
    assert Topic.objects.get(name="rain").iptc_code == "medtop:1"


@pytest.mark.parametrize(
    ("address", "sent", "name", "reason"),
    [
        (f"{PLACES}asia/", {"parent": "rafah"}, "parent", "a part of itself"),
        (f"{PLACES}asia/", {"parent": "asia"}, "parent", "a part of itself"),
        (f"{PLACES}asia/", {"latitude": 91, "longitude": 0}, "latitude", "between −90 and 90"),
        (f"{PLACES}asia/", {"latitude": 0, "longitude": -181}, "longitude", "between −180 and 180"),
        (f"{PLACES}asia/", {"latitude": 31}, "longitude", "both the latitude and the longitude"),
        (f"{PLACES}asia/", {"geonames_id": 7}, "geonames_id", "already exists"),
        (f"{PLACES}asia/", {"wikidata_id": "Q1"}, "wikidata_id", "already exists"),
        (f"{PLACES}asia/", {"name": ""}, "name", "may not be blank"),
        (f"{PLACES}asia/", {"aliases": [{"name": "A"}, {"name": "A"}]}, "aliases", "more than once: A."),
        (f"{PLACES}asia/", {"aliases": [{"name": ""}]}, "aliases.0.name", "may not be blank"),
        (f"{PLACES}asia/", {"aliases": [{"language": "en"}]}, "aliases.0.name", "required"),
        (f"{PLACES}asia/", {"aliases": [{"title": "A"}]}, "aliases.0.title", "no such field"),
        (f"{PLACES}asia/", {"aliases": ["A"]}, "aliases.0", "Expected a dictionary"),
        (f"{PLACES}asia/", {"article_count": 3}, "article_count", "no such field"),
    ],
)
def test_each_bad_field_of_a_subject_is_named(client, editor, address, sent, name, reason):
    asia = make_place("Asia")
    make_place("Rafah", parent=asia, geonames_id=7, wikidata_id="Q1")
    assert reason in faults(send(client, "PATCH", address, sent, editor))[name]


# Links


def test_an_editors_link_is_a_decision(client, editor):
    article, ada = make_article("Story"), make_person("Ada")
    response = send(client, "POST", f"{STORY}people/", {"subject": "ada"}, editor)
    assert response.status_code == 201
    assert (response.json()["subject"]["name"], response.json()["status"]) == ("Ada", "accepted")
    made = article.person_links.get()
    assert (made.subject, made.origin, made.decided_by, made.is_decided) == (ada, "editor", editor, True)
    assert read_json(client, f"{ARTICLES}?people=ada")["total"] == 1


def test_linking_what_is_linked_decides_on_it(client, editor):
    article, ada = make_article("Story"), make_person("Ada")
    suggested = link(article, ada, status="suggested", confidence=0.5)
    send(client, "POST", f"{STORY}people/", {"subject": "ada"}, editor)
    suggested.refresh_from_db()
    assert (suggested.status, suggested.origin, suggested.decided_by) == ("accepted", "match", editor)


def test_a_link_is_accepted_and_rejected(client, editor):
    article = make_article("Story")
    suggested = link(article, make_topic("rain"), status="suggested")
    assert read_json(client, f"{ARTICLES}?topics=rain")["total"] == 0
    for status, total in (("accepted", 1), ("rejected", 0)):
        response = send(client, "PATCH", f"{STORY}topics/rain/", {"status": status}, editor)
        assert (response.status_code, response.json()["status"]) == (200, status)
        assert read_json(client, f"{ARTICLES}?topics=rain")["total"] == total
    suggested.refresh_from_db()
    assert suggested.is_decided
    assert len(history_of(suggested)) == 2


def test_a_machines_link_is_rejected_where_an_editors_is_deleted(client, editor):
    article = make_article("Story")
    link(article, make_place("Rafah"), origin="match")
    link(article, make_place("Gaza"), origin="editor")
    response = send(client, "DELETE", f"{STORY}places/rafah/", user=editor)
    assert (response.status_code, response.json()["status"]) == (200, "rejected")
    assert send(client, "DELETE", f"{STORY}places/gaza/", user=editor).status_code == 204
    assert [(each.subject.name, each.status) for each in article.place_links.all()] == [("Rafah", "rejected")]


def test_suggested_links_are_shown_to_those_who_may_view_them(client, editor):
    article = make_article("Story")
    link(article, make_person("Ada"))
    link(article, make_person("Bo"), status=Link.Status.SUGGESTED)
    assert [each["subject"]["name"] for each in read_json(client, f"{STORY}people/")["results"]] == ["Ada"]
    response = send(client, "GET", f"{STORY}people/", user=editor)
    assert [each["status"] for each in response.json()["results"]] == ["accepted", "suggested"]


@pytest.mark.parametrize(
    ("sent", "name"),
    [({}, "subject"), ({"subject": "nobody"}, "subject"), ({"subject": "ada", "status": "x"}, "status")],
)
def test_a_bad_link_is_explained(client, editor, sent, name):
    make_article("Story")
    make_person("Ada")
    assert name in faults(send(client, "POST", f"{STORY}people/", sent, editor))


def test_links_of_what_does_not_exist_are_not_found(client, editor):
    make_article("Story")
    for address in (f"{STORY}people/nobody/", f"{ARTICLES}nothing/people/nobody/"):
        assert send(client, "PATCH", address, {"status": "accepted"}, editor).status_code == 404
    make_article("Secret", status="draft")
    assert client.get(f"{ARTICLES}secret/people/").status_code == 404


# Two at once


def test_what_somebody_else_writes_in_an_article_meanwhile_is_kept(client, editor, monkeypatch):
    article = make_article("Story", byline="old")
    act_before(monkeypatch, writing, "occasion", lambda: Article.objects.update(byline="Bea", edited_fields=["byline"]))
    with locks_rows_of(Article):
        send(client, "PATCH", STORY, {"summary": "Mine"}, editor)
    article.refresh_from_db()
    assert (article.summary, article.byline, article.edited_fields) == ("Mine", "Bea", ["byline", "summary"])


def test_what_somebody_else_writes_of_a_person_meanwhile_is_kept(client, editor, monkeypatch):
    person = make_person("Ada Moreau")
    act_before(monkeypatch, writing, "occasion", lambda: Person.objects.update(wikidata_id="Q7259"))
    with locks_rows_of(Person):
        send(client, "PATCH", f"{PEOPLE}ada-moreau/", {"description": "Mine"}, editor)
    person.refresh_from_db()
    assert (person.description, person.wikidata_id) == ("Mine", "Q7259")


def test_a_link_that_becomes_a_machines_meanwhile_is_rejected_and_not_deleted(client, editor, monkeypatch):
    made = link(make_article("Story"), make_person("Ada Moreau"), origin="editor")
    act_before(monkeypatch, writing, "occasion", lambda: PersonLink.objects.update(origin="source"))
    with locks_rows_of(PersonLink):
        assert send(client, "DELETE", f"{STORY}people/ada-moreau/", user=editor).status_code == 200
    made.refresh_from_db()
    assert made.status == "rejected"


# Contributors: they may write, and may not publish


@pytest.fixture
def contributor():
    return make_editor("add_article", "change_article", "delete_article", "add_personlink", "change_personlink")


def test_a_contributors_article_is_a_draft_that_may_go_to_review_and_no_further(client, contributor):
    assert send(client, "POST", ARTICLES, {"headline": "Mine", "slug": "mine"}, contributor).status_code == 201
    assert Article.objects.get().status == "draft"
    published = {"headline": "Out", "status": "published"}
    assert read_problem(send(client, "POST", ARTICLES, published, contributor))["status"] == 403
    mine = f"{ARTICLES}mine/"
    assert read_problem(send(client, "PATCH", mine, {"status": "published"}, contributor))["status"] == 403
    assert send(client, "PATCH", mine, {"status": "review"}, contributor).status_code == 200
    assert read_problem(send(client, "PATCH", mine, {"headline": "Too late"}, contributor))["status"] == 403


def test_a_contributor_changes_and_sees_nobody_elses_drafts(client, contributor):
    make_article("Story", slug="story")
    make_article("Secret", slug="secret", status="draft")
    assert read_problem(send(client, "PATCH", STORY, {"headline": "x"}, contributor))["status"] == 403
    assert read_problem(send(client, "DELETE", STORY, None, contributor))["status"] == 403
    assert send(client, "PATCH", f"{ARTICLES}secret/", {"headline": "x"}, contributor).status_code == 404
    assert send(client, "GET", f"{ARTICLES}secret/", None, contributor).status_code == 404


def test_a_contributor_suggests_links_and_decides_on_none(client, contributor):
    send(client, "POST", ARTICLES, {"headline": "Mine", "slug": "mine"}, contributor)
    make_person("Ada")
    people = f"{ARTICLES}mine/people/"
    assert send(client, "POST", people, {"subject": "ada"}, contributor).status_code == 201
    assert Article.objects.get().person_links.get().status == Link.Status.SUGGESTED
    assert read_problem(send(client, "POST", people, {"subject": "ada"}, contributor))["status"] == 403
    assert read_problem(send(client, "PATCH", f"{people}ada/", {"status": "accepted"}, contributor))["status"] == 403
