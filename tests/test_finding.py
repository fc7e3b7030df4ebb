"""Finding people, places and topics by their names while somebody types."""

import pytest
from django.urls import reverse

from articles.admin.autocomplete import label_to_choose_by
from articles.editing.finding import subjects_called
from articles.models import Person, Place

from .factories import make_article, make_person, make_place, make_topic
from .pages import count_queries

pytestmark = pytest.mark.django_db


def called(text, limit=10, model=Person) -> list[str]:
    names = model.objects.in_bulk(subjects_called(model, text, limit))
    return [names[id].name for id in subjects_called(model, text, limit)]


def suggested(client, term, model="personlink") -> list[str]:
    where = {"app_label": "articles", "model_name": model, "field_name": "subject", "term": term}
    return [found["text"] for found in client.get(reverse("admin:autocomplete"), where).json()["results"]]


def test_a_sentence_that_describes_is_not_gone_on_from_after_its_full_stop():
    topic = make_topic("election", parent=make_topic("politics"), description="From 1990 to 2025.")
    topic.link_count = 27
    assert label_to_choose_by(topic) == "election — part of politics – From 1990 to 2025, 27 articles"


def test_who_is_called_exactly_so_comes_first_then_whose_name_begins_so_then_the_others():
    for name in ("Mariam Osei", "Ada Maria Moreau", "Maria", "Maria Lund"):
        make_person(name)
    make_person("Bo Lund", aliases=["Maria"])
    assert called("maria") == ["Maria", "Bo Lund", "Maria Lund", "Mariam Osei", "Ada Maria Moreau"]


@pytest.mark.parametrize("typed", ["moreau", "ADA MOREAU", "adelaide", "Adélaïde", "moreau ad", "Ada  Mor"])
def test_names_are_found_without_accents_in_any_case_and_order(typed):
    make_person("Ada Moréau", aliases=["Adélaïde Moreau"])
    make_person("Bo Lund")
    assert called(typed) == ["Ada Moréau"]


def test_words_of_different_names_of_one_person_count_together():
    make_person("Ada Moreau", aliases=["Queen of Skates"])
    assert called("moreau skates") == ["Ada Moreau"]
    assert called("moreau lund") == []


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "\\", "'"])
def test_signs_stand_for_themselves(typed):
    make_person("Ada Moreau")
    assert called(typed) == []


def test_no_more_are_found_than_asked_for():
    for number in range(5):
        make_person(f"Ada {number}")
    assert called("ada", limit=2) == ["Ada 0", "Ada 1"]


def test_suggestions_tell_namesakes_apart(admin_client):
    whole = make_place("United States", kind="country", country_code="US")
    georgia = make_place("Georgia", kind="region", country_code="US", parent=whole)
    make_place("Georgia", kind="country", country_code="GE", description="In the Caucasus")
    make_article(about=[georgia])
    assert sorted(suggested(admin_client, "georg", "placelink")) == [
        "Georgia — Country, GE – In the Caucasus, 0 articles",
        "Georgia — Region, US, part of United States, 1 article",
    ]
    assert suggested(admin_client, "nobody") == []


def test_the_number_of_queries_does_not_grow_with_the_suggestions(admin_client):
    where = {"app_label": "articles", "model_name": "placelink", "field_name": "subject", "term": "place"}
    address = reverse("admin:autocomplete", query=where)
    make_place("Place 0", parent=make_place("Whole 0"))
    few = count_queries(admin_client, address)
    for number in range(10):
        make_place(f"Place {number}", parent=make_place(f"Whole {number}"))
    assert count_queries(admin_client, address) == few
    assert Place.objects.count() == 22
