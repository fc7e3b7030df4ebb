"""Pages that were kept: not made again while nothing changed, made again as soon as anything did."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import ImportBatch
from articles.search import files
from articles.views import caching

from .factories import link, make_article, make_person, make_source

pytestmark = pytest.mark.django_db

PAGES = ["/", "/articles/", "/articles/?people=ada-moreau", "/articles/story/", "/people/ada-moreau/", "/people/"]
# Questions of a 304: what waits for the index (twice), the last change, the last import.
MOST_QUERIES = 4


@pytest.fixture
def article():
    return make_article("Story", about=[make_person("Ada Moreau")], source=make_source("Meridian Wire"))


@pytest.fixture
def ask_again(client, article):
    """Asks for a page with the ETag that the same page had before."""

    def ask(address, etag, **headers):
        return client.get(address, headers={"If-None-Match": etag, **headers})

    return ask


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_did_not_change_is_not_sent_again(client, ask_again, address):
    first = client.get(address)
    assert first.status_code == 200
    again = ask_again(address, first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", PAGES)
def test_not_sending_it_again_takes_next_to_no_work(client, ask_again, address):
    etag = client.get(address).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert ask_again(address, etag).status_code == 304
    assert len(queries) <= MOST_QUERIES


def test_a_page_that_was_sent_compressed_is_recognised(client, ask_again):
    zipped = {"Accept-Encoding": "gzip"}
    first = client.get("/articles/", headers=zipped)
    assert first.headers["Content-Encoding"] == "gzip"
    assert ask_again("/articles/", first.headers["ETag"], **zipped).status_code == 304


def rename_person(article):
    article.people.update(name="Ada Renamed")


def rename_source(article):
    type(article.source).objects.update(name="Renamed Wire")


def change_byline(article):
    type(article).objects.update(byline="By Bo Lund")


def reject_link(article):
    article.person_links.update(status="rejected")


def add_link(article):
    link(article, make_person("Bo Lund"))


def add_article(article):
    make_article("Another")


def import_something(article):
    ImportBatch.objects.create(kind="person")


CHANGES = [rename_person, rename_source, change_byline, reject_link, add_link, add_article, import_something]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("address", ["/articles/", "/articles/story/"])
def test_whatever_changes_the_page_is_made_again(client, article, ask_again, address, change):
    etag = client.get(address).headers["ETag"]
    change(article)
    again = ask_again(address, etag)
    assert again.status_code == 200
    assert again.headers["ETag"] != etag


def test_a_rename_is_seen_at_once(client, article, ask_again):
    etag = client.get("/articles/story/").headers["ETag"]
    rename_person(article)
    assert b"Ada Renamed" in ask_again("/articles/story/", etag).content


def test_the_next_day_the_front_page_is_another(client, ask_again, monkeypatch):
    etag = client.get("/").headers["ETag"]
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "localtime", lambda *args: tomorrow)
    assert ask_again("/", etag).status_code == 200


def test_another_release_makes_other_pages(client, ask_again, monkeypatch):
    etag = client.get("/").headers["ETag"]
    monkeypatch.setattr(caching, "_release", lambda: "next")
    assert ask_again("/", etag).status_code == 200


def test_every_process_gives_the_same_etag(client, ask_again, monkeypatch):
    etag = client.get("/").headers["ETag"]
    monkeypatch.setattr(caching, "STARTED_AT", caching.STARTED_AT - datetime.timedelta(days=1))
    assert ask_again("/", etag).status_code == 304


def test_no_two_pages_share_an_etag(client, article):
    addresses = [*PAGES, "/articles/?page=1", "/articles/?sort=oldest"]
    assert len({client.get(address).headers["ETag"] for address in addresses}) == len(addresses)


def test_each_language_is_kept_by_itself(client, article, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    pages = [client.get("/", headers={"Accept-Language": language}) for language in ("en", "ar")]
    assert pages[0].headers["ETag"] != pages[1].headers["ETag"]
    assert all("Accept-Language" in page.headers["Vary"] for page in pages)


def test_one_can_ask_by_date_once_the_second_is_over(client, article, monkeypatch):
    client.get("/articles/")
    later = timezone.now() + datetime.timedelta(seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    date = client.get("/articles/").headers["Last-Modified"]
    assert client.get("/articles/", headers={"If-Modified-Since": date}).status_code == 304
    old = "Thu, 01 Jan 2015 00:00:00 GMT"
    assert client.get("/articles/", headers={"If-Modified-Since": old}).status_code == 200


def test_within_the_second_of_a_change_no_date_is_given(client, monkeypatch):
    now = timezone.now().replace(microsecond=999_000)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert caching._seconds(now - datetime.timedelta(milliseconds=900)) is None
    assert caching._seconds(now - datetime.timedelta(seconds=1)) == int(now.timestamp()) - 1


def test_anybody_may_keep_a_page_and_asks_each_time(client, article):
    headers = client.get("/articles/").headers
    assert {part.strip() for part in headers["Cache-Control"].split(",")} == {"public", "no-cache"}
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in headers["Vary"].split(",")}


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_pages_of_one_visitor_are_kept_by_no_one_else(client, article, ask_again, cookie):
    etag = client.get("/").headers["ETag"]
    client.cookies[cookie] = "anything"
    response = ask_again("/", etag)
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert "ETag" not in response.headers


def test_somebody_logged_in_has_pages_of_their_own(admin_client, article):
    assert "private" in admin_client.get("/").headers["Cache-Control"]


@pytest.mark.parametrize(("address", "status"), [("/articles/?sort=x", 400), ("/articles/?page=9", 404)])
def test_an_error_is_not_kept(client, article, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert "ETag" not in response.headers


def test_without_an_index_an_article_is_made_each_time(client, article, monkeypatch):
    def unavailable():
        raise files.IndexUnavailable("There is no index.")

    monkeypatch.setattr(caching, "index_state", unavailable)
    response = client.get("/articles/story/")
    assert response.status_code == 200
    assert "ETag" not in response.headers


def test_while_developing_nothing_is_kept(client, article, settings):
    settings.DEBUG = True
    assert "ETag" not in client.get("/").headers


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: on SQLite one writes at a time")
@pytest.mark.parametrize("address", ["/articles/story/", "/api/v1/articles/", "/api/v1/facets/people/"])
def test_a_change_that_is_committed_after_a_later_one_is_not_missed(client, article, ask_again, address):
    """Changes have their numbers before they are committed."""
    late = connection.copy()
    try:
        late.set_autocommit(False)
        with late.cursor() as cursor:
            cursor.execute("UPDATE articles_person SET name = 'Ada Renamed'")
        rename_source(article)
        etag = client.get(address).headers.get("ETag", '"none"')
        late.commit()
    finally:
        late.close()
    after = ask_again(address, etag)
    assert after.status_code == 200
    assert b"Ada Renamed" in after.content
    assert ask_again(address, after.headers["ETag"]).status_code == 304
