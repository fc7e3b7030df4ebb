"""Likely duplicates at the desk: looked for, merged or told apart, and every word of it taken back."""

import pytest
from django.contrib.auth.models import Group, User

from articles.editing.duplicate_tasks import asked_at, look_again
from articles.editing.stored_duplicates import look_for_duplicates, stored_duplicates
from articles.models import SUBJECT_KINDS, Namesakes, Occasion, Person

from .factories import make_article, make_person, make_place, make_topic
from .pages import Page, count_queries

pytestmark = pytest.mark.django_db
PERSON, PLACE, TOPIC = SUBJECT_KINDS.values()
PAGE = "/admin/articles/duplicates/"
JSON = {"accept": "application/json"}


@pytest.fixture
def editor(client):
    """Not a superuser: what a role allows must be enough."""
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


@pytest.fixture
def twins() -> list[Person]:
    """Ada twice, with a companion in common; and somebody else."""
    bo = make_person("Bo Lund")
    one = make_person("Ada Moreau", description="runner", aliases=["A. Moreau"])
    other = make_person("Ada Moreaux")
    for headline, ada in (("Hers", one), ("The other’s", other)):
        make_article(headline, about=[ada, bo])
    look_for_duplicates(PERSON)
    return [one, other]


def show(client, query: str = "") -> Page:
    return Page(client.get(f"{PAGE}{query}"))


def decide(client, query: str = "", **data):
    return client.post(f"{PAGE}decide/{query}", data, headers=JSON)


def pair_of(one, other) -> str:
    return f"{one.pk}-{other.pk}"


def test_both_are_shown_with_what_speaks_for_it(editor, client, twins):
    text = show(client).text
    for said in (
        "Ada Moreau / Ada Moreaux",
        "Spelt alike: “Ada Moreau”, “Ada Moreaux”; both appear with Bo Lund",
        "Ada Moreau — runner",
        "also A. Moreau",
        "1 article, lately with Bo Lund",
    ):
        assert said in text


def test_many_other_names_are_folded_away_on_the_card_and_in_the_preview(editor, client, twins):
    for number in range(80):
        twins[1].aliases.create(name=f"Name {number:02}")
    cards = show(client)
    assert "also Name 00, Name 01, Name 02, Name 03, Name 04, Name 05, Name 06, Name 07 and 72 more" in cards.text
    preview = Page(client.get(cards.link("Merge…")))
    assert "<summary>and 72 more</summary>Name 08, Name 09" in preview.html


def test_a_pair_is_merged_and_the_way_leads_back_with_the_next_one(editor, client, twins):
    preview = show(client).link("Merge…")
    answer = client.get(preview)
    sent = {"ids": answer.context["ids"], "into": twins[0].pk, "duplicate": answer.context["duplicate"]}
    page = Page(client.post("/admin/articles/person/merge/", sent, follow=True))
    assert not Person.objects.filter(pk=twins[1].pk).exists()
    assert "Ada Moreaux" in page.text.split("Looked")[0]
    assert page.link("Take it back")
    assert "Nothing in the archive looks like something else in it." in page.text


def test_the_preview_keeps_the_way_back_when_the_other_one_is_to_stay(editor, client, twins):
    preview = Page(client.get(show(client).link("Merge…")))
    turned = Page(client.get(f"/admin/articles/person/merge/{preview.link('Let this one stay')}"))
    assert turned.link("No, leave them") == f"{PAGE}?kind=person&after=0"


def test_who_is_not_the_same_is_not_shown_again_until_that_is_taken_back(editor, client, twins):
    answer = decide(client, pair=pair_of(*twins), apart="yes").json()
    assert answer["said"] == "“Ada Moreau” and “Ada Moreaux” are not the same"
    page = show(client)
    assert page.headlines() == []
    assert "Nothing in the archive looks like" in page.text
    assert "Ada Moreau ≠ Ada Moreaux editor" in page.text
    undone = client.post(f"{PAGE}undo/", {"occasion": answer["occasion"]}, headers=JSON)
    assert undone.json()["said"].startswith("Taken back: “Ada Moreau”")
    assert "Ada Moreau / Ada Moreaux" in show(client).text


def test_they_may_be_the_same_after_all_says_somebody_else(editor, client, twins):
    decide(client, pair=pair_of(*twins), apart="yes")
    row = Namesakes.objects.get()
    assert "may be the same after all" in decide(client, allow=row.pk).json()["said"]
    assert decide(client, allow=row.pk).status_code == 409
    assert "Ada Moreau / Ada Moreaux" in show(client).text


def test_the_preview_of_a_merge_offers_to_tell_two_apart(editor, client, twins):
    page = Page(client.get(show(client).link("Merge…")))
    assert "They are not the same" in page.text or "They are not the same" in page.html
    page = Page(
        client.post(f"{PAGE}decide/?kind=person&after=1", {"pair": pair_of(*twins), "apart": "yes"}, follow=True)
    )
    assert "are not the same" in page.text
    assert Occasion.objects.first().user == editor


def test_one_that_is_gone_is_named_as_the_reason(editor, client, twins):
    pair = pair_of(*twins)
    twins[1].delete()
    answer = decide(client, pair=pair, apart="yes")
    assert (answer.status_code, answer.json()["problem"]) == (
        409,
        "One of the two is not in the archive any more.",
    )


@pytest.mark.parametrize("pair", ["", "1", "1-", "1-1", "a-b", "1-2-3", "٣-4"])
def test_what_names_no_pair_is_refused(editor, client, pair):
    assert decide(client, pair=pair, apart="yes").status_code == 400


@pytest.mark.parametrize("query", ["?kind=article", "?after=-1", "?after=x", "?kind=person&after=99999999"])
def test_an_address_that_asks_for_nothing_says_so(editor, client, query):
    page = show(client, query)
    assert (page.status, "asks for something that is not there" in page.text) == (200, True)
    assert decide(client, query, pair="1-2", apart="yes").status_code == 400


def test_nobody_looks_twice_at_the_same_time(editor, client):
    from django_tasks_db.models import DBTaskResult

    for name in ("Ada Moreau", "Ada Moreaux"):
        make_place(name)
    assert "Nobody has looked for likely duplicates yet." in show(client, "?kind=place").text
    for _time in range(2):
        page = Page(client.post(f"{PAGE}look/?kind=place", follow=True))
    assert "They have been looked for since" in page.text
    assert DBTaskResult.objects.count() == 1
    look_again.call("place")
    page = show(client, "?kind=place")
    assert "Ada Moreau / Ada Moreaux" in page.text
    assert (asked_at(PLACE), stored_duplicates(TOPIC)) == (None, None)


def test_a_search_that_fails_may_be_asked_for_again(editor, client, monkeypatch):
    from articles.editing import duplicate_tasks

    client.post(f"{PAGE}look/?kind=topic")
    monkeypatch.setattr(duplicate_tasks, "look_for_duplicates", lambda kind: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        look_again.call("topic")
    assert asked_at(TOPIC) is None


def test_the_list_goes_on_behind_ten_pairs(editor, client):
    for number in range(12):
        make_topic(f"harbour {chr(97 + number)}{number}x" * 3)
        make_topic(f"harbour {chr(97 + number)}{number}x" * 3)
    look_for_duplicates(TOPIC)
    page = show(client, "?kind=topic")
    total, further = page.html.count("data-card "), page.link("Skip these and go on")
    assert total == 10
    cards = client.get(f"{PAGE}{further}", headers={"X-Requested-With": "fetch"}).content.decode()
    assert cards.count("data-card ") >= 2
    assert "<html" not in cards


def test_more_pairs_cause_no_more_queries(editor, client, twins):
    few = count_queries(client, PAGE)
    for number in range(8):
        for name in ("Cleo", "Clea"):
            make_article(about=[make_person(f"{name} Strand{'a' * number}x{number}", aliases=[f"{name} {number}"])])
    look_for_duplicates(PERSON)
    assert count_queries(client, PAGE) <= few


def test_lists_of_people_lead_there(editor, client):
    assert Page(client.get("/admin/articles/person/")).link("Likely duplicates") == f"{PAGE}?kind=person"
