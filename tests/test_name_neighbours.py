"""A place whose name is a part of another name is only suggested."""

import pytest

from articles.names import KnownName, NameIndex
from articles.pipeline.annotate import link_mentions

PLACES = ["Kennedy", "Paris", "France", "Ireland", "New York", "Britain", "Houston", "Howard", "Berlin", "Anbar"]
INDEX = NameIndex(
    [KnownName("place", id, name) for id, name in enumerate(PLACES)]
    + [KnownName("topic", 1, "law"), KnownName("person", 1, "Charles Dickens"), KnownName("person", 2, "Ada Houston")]
)


def found(text: str) -> dict[str, str]:
    """The status of each place and topic in the text."""
    names = {("place", id): name for id, name in enumerate(PLACES)} | {("topic", 1): "law"}
    return {
        names[link.kind, link.subject_id]: link.status
        for link in link_mentions(text, INDEX)
        if (link.kind, link.subject_id) in names
    }


@pytest.mark.parametrize(
    "text",
    [
        "Mr Kennedy said so.",
        "The party of Mrs. Kennedy lost.",
        "They saw President Kennedy there.",
        "Charles Kennedy said so.",
        "The plan of Robert Kennedy failed.",
        "The plan of John F. Kennedy failed.",
        "They flew from the Kennedy Space Center.",
        "The leader Robert Kennedy spoke. Mr Kennedy said no. Kennedy left, and nobody followed Kennedy.",
        "Kennedy quits\n\nCharles Kennedy has left. Kennedy said so, and Kennedy went.",
    ],
)
def test_a_place_in_another_name_is_a_suggestion_of_little_confidence(text):
    assert found(text) == {"Kennedy": "suggested"}
    assert all(link.confidence <= 0.2 for link in link_mentions(text, INDEX) if link.kind == "place")


@pytest.mark.parametrize(
    "text",
    [
        "Mr Kennedy was born in Kennedy.",
        "Yesterday Kennedy had rain.",
        "It rained. In March Kennedy had none.",
        "Kennedy, Bogotá, is large.",
        "The people of Kennedy voted on Monday.",
        "Kennedy’s Mayor and Kennedy Mayor Ada Moreau met.",
        "Thousands March Against Kennedy Plan",
        "They went to Kennedy Monday.",
        "Air Kennedy flew. They left Kennedy, saw Kennedy and loved Kennedy.",
    ],
)
def test_a_place_that_stands_for_itself_is_a_link(text):
    assert found(text) == {"Kennedy": "accepted"}


def test_usual_forms_of_places_are_links():
    text = "New York City, Paris, France, Northern Ireland, Great Britain and Anbar Province are places."
    assert set(found(text).values()) == {"accepted"}
    assert set(found(text)) == {"New York", "Paris", "France", "Ireland", "Britain", "Anbar"}


def test_capitals_of_german_nouns_say_nothing():
    text = "Die Mauer ist da. Das ist die Stadt Berlin und der Senat Berlin, die nicht von Bonn und den Alliierten ist."
    assert found(text) == {"Berlin": "accepted"}


def test_two_places_beside_each_other_are_both_links():
    assert found("They flew from Paris France home.") == {"Paris": "accepted", "France": "accepted"}


def test_a_person_named_in_full_is_no_suggestion():
    links = {(link.kind, link.subject_id): link.status for link in link_mentions("Mr Charles Dickens came.", INDEX)}
    assert links == {("person", 1): "accepted"}


def test_topics_are_in_doubt_behind_first_names_only():
    assert found("An actor, Charles Law, and Charles Law again.") == {"law": "suggested"}
    assert found("The Criminal Law and the Civil Law of the land.") == {"law": "accepted"}
