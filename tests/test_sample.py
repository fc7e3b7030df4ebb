"""The fixtures as they are shipped: they load, they are whole, and real articles are linked to them."""

import io
import random
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.markdown import plain_text
from articles.models import SUBJECT_KINDS, Article, Person, Place, Topic
from articles.search.facets import FACETS
from tests.pages import read
from tests.taken_back import all_taken_back

SEEDS = Path(settings.BASE_DIR).parent / "shared" / "seeds"
FIXTURES = sorted(str(path) for path in Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """Loaded once, in a transaction that is rolled back after the module."""
    with django_db_blocker.unblock(), all_taken_back():
        call_command("loaddata", *FIXTURES, verbosity=0)
        yield


@pytest.fixture
def archive(sample, db):
    return None


def names(article: Article, kind: str) -> set[str]:
    return {link.subject.name for link in getattr(article, f"{kind}_links").all() if link.status == "accepted"}


def test_the_sample_is_large_and_spread(archive):
    assert Article.objects.count() >= 60
    assert Place.objects.filter(kind="country").count() >= 190
    assert Place.objects.filter(kind="city").exclude(parent=None).count() >= 1_000
    years = {article.published_on.year for article in Article.objects.exclude(published_on=None)}
    assert min(years) == 1912
    assert max(years) == 2024
    assert Article.objects.values("source").distinct().count() >= 4
    assert Article.objects.values("language").distinct().count() >= 4


def test_every_article_has_the_promised_length_and_something_it_is_about(archive):
    for article in Article.objects.prefetch_related("person_links", "place_links", "topic_links"):
        assert 110 <= len(plain_text(article.body).split()) <= 380, article
        assert article.place_links.all(), article
        assert article.topic_links.all(), article


def test_every_country_has_coordinates_and_a_code(archive):
    for place in Place.objects.filter(kind="country"):
        assert place.latitude is not None, place
        assert len(place.country_code) == 2, place
        assert place.parent is not None, place


def test_topics_carry_their_iptc_codes_on_two_levels(archive):
    assert Topic.objects.filter(parent=None).count() == 17
    assert not Topic.objects.exclude(iptc_code__startswith="medtop:").exists()
    assert not Topic.objects.filter(parent__parent__isnull=False).exists()


def test_loading_the_fixtures_again_changes_no_count(archive):
    models = [Article, Person, Place, Topic, *(kind.link for kind in SUBJECT_KINDS.values())]
    before = [model.objects.count() for model in models]
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert [model.objects.count() for model in models] == before


def test_the_name_matcher_finds_nothing_new_in_the_sample(archive):
    out = io.StringIO()
    call_command("link_articles", stdout=out)
    assert out.getvalue().endswith("0 new links made.\n")


def test_every_kind_of_page_of_the_sample_answers(archive, client):
    chance = random.Random(1)
    for kind in SUBJECT_KINDS.values():
        used = list(kind.model.objects.in_use())
        for subject in chance.sample(used, 15):
            assert subject.name in read(client, subject.get_absolute_url()).text
    for article in Article.objects.all():
        assert article.headline in read(client, article.get_absolute_url()).text
    for name in FACETS:
        read(client, f"/articles/values/{name}/")


@pytest.mark.skipif(not SEEDS.exists(), reason="the two seed articles are not beside this checkout (../shared/seeds)")
def test_the_two_seed_articles_find_their_people_places_and_topics(archive, client):
    out = io.StringIO()
    call_command("import_articles", str(SEEDS), stdout=out)
    assert "2 created" in out.getvalue()
    first = Article.objects.get(published_on="2024-03-21", headline_is_derived=True)
    second = Article.objects.get(published_on="2024-03-19", headline_is_derived=True)
    for article in (first, second):
        assert article.body.count("\n## ") == 3
        assert "advertis" not in article.body.lower()
        assert {"Rafah", "Gaza Strip", "Israel", "United States"} <= names(article, "place")
        assert "Benjamin Netanyahu" in names(article, "person")
        assert {"armed conflict", "international relations"} <= names(article, "topic")
    assert {"Joe Biden", "Sean Spicer"} <= names(second, "person")
    assert {"Egypt", "Washington"} <= names(first, "place")
    page = read(client, "/articles/?people=benjamin-netanyahu&places=rafah&topics=armed-conflict")
    assert {first.headline, second.headline} <= set(page.headlines())

    again = io.StringIO()
    call_command("import_articles", str(SEEDS), stdout=again)
    assert "0 created, 0 updated, 2 unchanged" in again.getvalue()
