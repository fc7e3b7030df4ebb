"""People, places, topics and sources in the admin: found by any name, told apart, deleted with care."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Article, Place
from articles.search import update_index

from .factories import link, make_article, make_person, make_place, make_source, make_topic

pytestmark = pytest.mark.django_db
ARTICLES = "/admin/articles/article/"


def test_subjects_are_found_by_alias_and_listed_once(admin_client):
    make_place("Egypt", aliases=["Misr", "Misr al-Jadida"])
    page = admin_client.get(reverse("admin:articles_place_changelist"), {"q": "misr"})
    assert [place.name for place in page.context["cl"].result_list] == ["Egypt"]


def test_place_filters_narrow(admin_client):
    make_place("Cairo", kind="city", country_code="EG", latitude=30, longitude=31)
    make_article(about=[make_place("Lyon", kind="city", country_code="FR")])
    address = reverse("admin:articles_place_changelist")
    for filters, expected in [
        ({"country": "EG"}, ["Cairo"]),
        ({"country": "none"}, []),
        ({"coordinates": "yes"}, ["Cairo"]),
        ({"coordinates": "no"}, ["Lyon"]),
        ({"in_use": "yes"}, ["Lyon"]),
        ({"in_use": "no"}, ["Cairo"]),
        ({"kind__exact": "city"}, ["Cairo", "Lyon"]),
    ]:
        result = admin_client.get(address, filters).context["cl"].result_list
        assert [place.name for place in result] == expected


@pytest.mark.parametrize("is_indexed", [True, False])
def test_people_are_narrowed_to_those_in_use(admin_client, is_indexed, monkeypatch):
    make_article(about=[make_person("Used")])
    make_article(about=[make_person("In a draft")], status="draft")
    link(make_article(), make_person("Suggested"), status="suggested")
    update_index()
    if not is_indexed:
        monkeypatch.setattr("articles.admin.filters.article_counts", lambda model, statuses: None)
    address = reverse("admin:articles_person_changelist")
    for answer, expected in (("yes", ["Used"]), ("no", ["In a draft", "Suggested"])):
        result = admin_client.get(address, {"in_use": answer}).context["cl"].result_list
        assert [person.name for person in result] == expected


def test_autocomplete_finds_by_alias_and_tells_namesakes_apart(admin_client):
    make_place("Georgia", kind="country", country_code="GE", aliases=["Sakartvelo"])
    make_place("Georgia", kind="region", country_code="US")
    make_place("Far Georgia", kind="other")
    assert suggestions(admin_client, "placelink", "georgia") == [
        "Georgia — Country, GE, 0 articles",
        "Georgia — Region, US, 0 articles",
        "Far Georgia — Other, 0 articles",
    ]
    assert suggestions(admin_client, "placelink", "sakart") == ["Georgia — Country, GE, 0 articles"]


def test_autocomplete_of_people_shows_who_they_are(admin_client):
    make_person("Ada Moreau", description="chemist")
    make_person("Ada Moreau", description="mayor")
    assert suggestions(admin_client, "personlink", "moreau ada") == [
        "Ada Moreau — chemist, 0 articles",
        "Ada Moreau — mayor, 0 articles",
    ]


def test_a_chosen_parent_is_labelled_like_a_suggestion(admin_client):
    child = make_place("Atlanta", parent=make_place("Georgia", kind="region", country_code="US"))
    page = admin_client.get(reverse("admin:articles_place_change", args=[child.pk])).content.decode()
    assert "Georgia — Region, US" in page


def test_a_slug_may_be_left_empty(admin_client):
    page = admin_client.post(reverse("admin:articles_source_add"), {"name": "صوت", "slug": ""}, follow=True)
    assert "was added successfully" in page.content.decode()


def test_deleting_a_subject_counts_its_links_and_does_not_list_them(admin_client):
    place = make_place()
    for number in range(5):
        make_article(f"Story {number}", about=[place])
    address = reverse("admin:articles_place_delete", args=[place.pk])
    page = admin_client.get(address).content.decode()
    assert "Links to places: 5" in page
    assert "Story" not in page
    admin_client.post(address, {"post": "yes"})
    assert not Place.objects.exists()
    assert Article.objects.count() == 5


def test_a_source_with_articles_cannot_be_deleted(admin_client):
    source = make_source()
    make_article(source=source)
    address = reverse("admin:articles_source_delete", args=[source.pk])
    assert "articles: 1" in admin_client.get(address).content.decode()
    admin_client.post(address, {"post": "yes"})
    source.refresh_from_db()


def test_selected_articles_can_be_deleted_with_their_links(admin_client):
    article = make_article(about=[make_person(), make_topic()])
    choice = {"action": "delete_selected", "_selected_action": [article.pk]}
    assert "Links to people: 1" in admin_client.post(ARTICLES, choice).content.decode()
    admin_client.post(ARTICLES, {**choice, "post": "yes"})
    assert not Article.objects.exists()
    assert LogEntry.objects.count() == 1


def suggestions(client, model_name: str, term: str) -> list[str]:
    parameters = {"app_label": "articles", "model_name": model_name, "field_name": "subject", "term": term}
    return [found["text"] for found in client.get(reverse("admin:autocomplete"), parameters).json()["results"]]
