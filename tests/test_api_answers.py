"""What all answers of the API share: kept answers, problems, limits, other sites."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from articles.api.rates import read_rate
from articles.models import Person
from articles.search import IndexUnavailable

from .api import ARTICLES, make_editor, read_json, read_problem, send, token_of
from .factories import link, make_article, make_person, make_source

pytestmark = pytest.mark.django_db

STORY = f"{ARTICLES}story/"


@pytest.fixture
def limits(settings):
    """Sets the limits of the API for this test."""

    def set_limits(**rates):
        rates = {"anonymous": None, "user": None} | rates
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}

    cache.clear()
    yield set_limits
    cache.clear()


def etag_of(client, address: str) -> str:
    return client.get(address).headers["ETag"]


def ask_again(client, address: str, etag: str):
    return client.get(address, headers={"if-none-match": etag})


@pytest.mark.parametrize(
    "address", [ARTICLES, STORY, f"{ARTICLES}?q=story&facets=people", "/api/v1/people/", "/api/v1/facets/people/"]
)
def test_an_answer_that_was_kept_is_not_sent_again(client, address):
    make_article("Story", about=[make_person()])
    kept = client.get(address)
    again = ask_again(client, address, kept.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == kept.headers["ETag"]
    assert again.headers["Cache-Control"] == kept.headers["Cache-Control"] == "public, no-cache"
    assert {"Accept", "Accept-Language", "Authorization"} <= set(again.headers["Vary"].split(", "))


def test_a_kept_list_is_told_without_searching(client, monkeypatch):
    make_article("Story")
    etag = etag_of(client, ARTICLES)
    monkeypatch.setattr("articles.api.article_results.search", lambda *args, **kwargs: pytest.fail("searched"))
    assert ask_again(client, ARTICLES, etag).status_code == 304


def test_other_questions_have_other_tags(client):
    make_article("Story")
    tags = {etag_of(client, f"{ARTICLES}?{each}") for each in ("", "size=1", "q=story", "fields=headline")}
    assert len(tags) == 4


def test_a_change_gives_a_list_another_tag(client):
    article = make_article("Story")
    etag = etag_of(client, ARTICLES)
    article.byline = "By Bo Lund"
    article.save()
    assert ask_again(client, ARTICLES, etag).status_code == 200


def test_a_renamed_person_gives_every_answer_another_tag(client):
    make_article("Story", about=[make_person("Ada")])
    tags = {address: etag_of(client, address) for address in (STORY, "/api/v1/people/", ARTICLES)}
    Person.objects.update(name="Ada Moreau")
    for address, etag in tags.items():
        assert ask_again(client, address, etag).status_code == 200


def test_a_new_link_gives_an_article_another_tag(client):
    article = make_article("Story")
    etag = etag_of(client, STORY)
    link(article, make_person())
    assert ask_again(client, STORY, etag).status_code == 200


def test_articles_and_lists_say_when_they_changed(client):
    article = make_article("Story")
    assert client.get(STORY).headers["Last-Modified"].endswith("GMT")
    listed = client.get(ARTICLES).headers["Last-Modified"]
    assert listed.endswith("GMT")
    # A date does not notice a renamed person: it is never the reason for a 304.
    assert client.get(STORY, headers={"if-modified-since": listed}).status_code == 200
    assert article.updated_at


@pytest.mark.parametrize("address", [f"{ARTICLES}?sort=x", f"{ARTICLES}nothing/"])
def test_errors_are_not_kept(client, address):
    response = client.get(address, headers={"if-none-match": "*"})
    assert response.status_code in (400, 404)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_an_answer_to_a_token_is_for_its_owner_alone(client):
    make_article("Story")
    response = client.get(STORY, headers=token_of(make_editor()))
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_head_has_the_headers_of_the_answer(client):
    make_article("Story")
    response = client.head(STORY)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"] == etag_of(client, STORY)


def test_other_sites_may_read_without_credentials(client):
    make_article("Story")
    for address in (ARTICLES, STORY, f"{ARTICLES}nothing/"):
        response = client.get(address, headers={"origin": "https://elsewhere.example.org"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers


def test_other_sites_may_ask_before_they_read_but_not_send_tokens(client):
    response = client.options(
        ARTICLES, headers={"origin": "https://elsewhere.example.org", "access-control-request-method": "GET"}
    )
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert "Authorization" not in response.headers["Access-Control-Allow-Headers"]


def test_answers_to_writing_are_closed_to_other_sites(client):
    response = send(client, "POST", ARTICLES, {})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    ("request_with", "status"),
    [
        ({"method": "GET", "path": f"{ARTICLES}nothing/"}, 404),
        ({"method": "GET", "path": "/api/v1/nonsense/"}, 404),
        ({"method": "GET", "path": "/api/nonsense/"}, 404),
        ({"method": "PUT", "path": ARTICLES}, 405),
        ({"method": "GET", "path": ARTICLES, "headers": {"accept": "text/turtle"}}, 406),
        ({"method": "GET", "path": ARTICLES, "headers": {"authorization": "Bearer nonsense"}}, 401),
        ({"method": "GET", "path": ARTICLES, "headers": {"authorization": "Bearer one two"}}, 401),
        ({"method": "GET", "path": ARTICLES, "headers": {"authorization": "Bearer \u00e9"}}, 401),
    ],
)
def test_every_problem_has_details(client, request_with, status):
    response = client.generic(**request_with)
    assert response.status_code == status
    assert read_problem(response)["title"]


def test_a_token_of_a_user_who_left_counts_no_more(client):
    user = make_editor()
    headers = token_of(user)
    User.objects.update(is_active=False)
    response = client.get(ARTICLES, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    response = client.get("/api/v1/articles?q=story")
    assert (response.status_code, response.headers["Location"]) == (308, "/api/v1/articles/?q=story")
    assert client.post("/api/v1/articles").status_code == 308


def test_an_address_that_leads_elsewhere_stays_on_this_site(client):
    location = client.get("/api//elsewhere.example.org").headers["Location"]
    assert location.startswith("/api/")


def test_without_an_index_the_api_says_when_to_come_back(client, monkeypatch, caplog):
    def fail():
        raise IndexUnavailable("There is no search index for this archive. Build it: manage.py index_articles")

    monkeypatch.setattr("articles.search.state.catch_up_for_reader", fail)
    response = client.get(ARTICLES)
    problem = read_problem(response)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert problem["detail"] == "The search index cannot be read just now. Try again later."
    assert "There is no search index for this archive. Build it: manage.py index_articles" in caplog.messages


def test_too_many_requests_are_told_when_to_come_back(client, limits):
    limits(anonymous="2/hour")
    make_source()
    for _ in range(2):
        assert client.get("/api/v1/sources/").status_code == 200
    response = client.get("/api/v1/sources/")
    assert (response.status_code, read_problem(response)["title"]) == (429, "Too Many Requests")
    assert 3000 < int(response.headers["Retry-After"]) <= 3600


def test_users_are_counted_by_themselves(client, limits):
    limits(anonymous="1/hour", user="2/hour")
    one, other = make_editor(), make_editor()
    assert client.get("/api/v1/").status_code == 200
    assert client.get("/api/v1/").status_code == 429
    for user in (one, other):
        answers = [client.get("/api/v1/", headers=token_of(user)).status_code for _ in range(3)]
        assert answers == [200, 200, 429]


def test_an_invented_proxy_gives_nobody_a_new_name(client, limits):
    limits(anonymous="1/hour")
    assert client.get("/api/v1/").status_code == 200
    assert client.get("/api/v1/", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429


def test_a_limit_is_written_as_number_and_period():
    assert read_rate("120/minute") == "120/minute"
    assert read_rate("") is None
    for text in ("120", "0/minute", "many/minute", "120/fortnight", "-1/day"):
        with pytest.raises(ImproperlyConfigured, match="is no rate for the API"):
            read_rate(text)


def test_the_root_leads_to_everything(client):
    assert client.get("/api/").headers["Location"] == "/api/v1/"
    for address in read_json(client, "/api/v1/").values():
        assert client.get(address).status_code == 200, address


def test_far_too_many_parameters_are_a_problem_too(client):
    response = client.get(f"{ARTICLES}?{'q=x&' * 6000}")
    assert read_problem(response)["status"] == 400
