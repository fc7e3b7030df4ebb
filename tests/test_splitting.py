"""Splitting one person into two: the chosen articles go to the new one, and no machine brings them back."""

import pytest
from django.contrib.auth.models import User

from articles.editing.merging import merge
from articles.editing.splitting import SplitRefused, split
from articles.history import take_back
from articles.models import SUBJECT_KINDS, Link, Namesakes, Person, PersonAlias, PersonLink, Place
from articles.pipeline.relink import link_articles

from .factories import link, make_article, make_person, make_place
from .whole_archive import everything

pytestmark = pytest.mark.django_db
PERSON, PLACE, TOPIC = SUBJECT_KINDS.values()


@pytest.fixture
def editor():
    return User.objects.create(username="editor")


def split_person(person, *articles, name="Ada Moreau", **options):
    values = {"name": name, **options.pop("values", {})}
    return split(PERSON, person.pk, [article.pk for article in articles], values, **options)


def links_of(person) -> list[tuple[str, str]]:
    links = PersonLink.objects.filter(subject=person).order_by("article")
    return list(links.values_list("article__headline", "status"))


def test_the_chosen_articles_go_to_the_new_one_as_the_users_decision(editor):
    ada = make_person("Ada Moreau")
    hers, others = make_article("Hers", about=[ada]), make_article("The other's")
    link(others, ada, status="suggested", mentions=3)
    done = split_person(ada, others, user=editor, values={"description": "runner"}, why="two people")
    assert (done.moved, done.made.slug, done.made.description) == (1, "ada-moreau-2", "runner")
    moved = done.made.links.get()
    assert (moved.status, moved.mentions, moved.origin, moved.decided_by) == ("suggested", 3, "match", editor)
    assert links_of(ada) == [("Hers", "accepted"), ("The other's", "rejected")]
    assert hers.person_links.get().decided_at is None
    assert (done.occasion.what, done.occasion.why) == ("Split “Ada Moreau” from “Ada Moreau”", "two people")


def test_machines_do_not_link_the_old_one_again():
    ada = make_person("Ada Moreau")
    article = make_article(body="Ada Moreau ran.", about=[ada])
    split_person(ada, article, name="Ada Moreau (runner)")
    link_articles()
    assert links_of(ada) == [("A quiet day", "rejected")]


def test_rejected_links_stay_with_the_old_one():
    ada = make_person("Ada Moreau")
    article = make_article()
    link(article, ada, status="rejected")
    with pytest.raises(SplitRefused, match="Choose at least one article of “Ada Moreau”"):
        split_person(ada, article)
    assert Person.objects.count() == 1


def test_chosen_other_names_go_along():
    ada = make_person("Ada Moreau", aliases=["A. Moreau", "Moro", "The Runner"])
    chosen = PersonAlias.objects.filter(name__in=["Moro", "The Runner"]).values_list("pk", flat=True)
    made = split_person(ada, make_article(about=[ada]), name="Moro", aliases=list(chosen)).made
    assert [alias.name for alias in ada.aliases.all()] == ["A. Moreau"]
    assert [alias.name for alias in made.aliases.all()] == ["The Runner"]


def test_an_identifier_of_the_old_one_moves_with_it():
    ada = make_person("Ada Moreau", wikidata_id="Q1")
    made = split_person(ada, make_article(about=[ada]), values={"wikidata_id": "Q1"}).made
    ada.refresh_from_db()
    assert (ada.wikidata_id, made.wikidata_id) == ("", "Q1")


def test_a_place_is_split_within_its_parent():
    egypt = make_place("Egypt")
    town = make_place("Riverton", parent=egypt, geonames_id=7)
    values = {"name": "Riverton", "parent": egypt, "geonames_id": 7}
    made = split(PLACE, town.pk, [make_article(about=[town]).pk], values).made
    assert (made.parent, made.geonames_id, Place.objects.get(pk=town.pk).geonames_id) == (egypt, 7, None)


def test_the_two_are_told_apart(editor):
    ada = make_person("Ada Moreau")
    made = split_person(ada, make_article(about=[ada]), user=editor).made
    told_apart = Namesakes.objects.get()
    assert (told_apart.first_id, told_apart.second_id, told_apart.decided_by) == (ada.pk, made.pk, editor)


def test_one_that_is_gone_cannot_be_split():
    ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
    article = make_article(about=[moro])
    merge(PERSON, ada.pk, [moro.pk])
    with pytest.raises(SplitRefused, match="was merged or removed meanwhile"):
        split_person(moro, article)


def test_a_split_is_taken_back_as_a_whole(editor):
    ada = make_person("Ada Moreau", aliases=["Moro"], wikidata_id="Q1")
    articles = [make_article(f"Story {number}", about=[ada]) for number in range(5)]
    before = everything()
    aliases = [ada.aliases.get().pk]
    done = split_person(ada, *articles[:3], user=editor, values={"wikidata_id": "Q1"}, aliases=aliases)
    split_up = everything()
    undo = take_back(done.occasion)
    assert (undo.left, everything()) == ([], before)
    take_back(undo.occasion)
    assert everything() == split_up


def test_what_was_linked_to_the_new_one_since_keeps_it(editor):
    ada = make_person("Ada Moreau")
    done = split_person(ada, make_article("Old", about=[ada]))
    make_article("New", about=[done.made])
    assert take_back(done.occasion).left == ["Ada Moreau: is used by others and stays."]
    assert links_of(ada) == [("Old", "accepted")]
    assert links_of(done.made) == [("New", "accepted")]


def test_merging_the_two_again_keeps_every_article():
    ada = make_person("Ada Moreau")
    made = split_person(ada, make_article("Moved", about=[ada]), make_article("Too", about=[ada])).made
    merge(PERSON, ada.pk, [made.pk])
    assert links_of(ada) == [("Moved", "accepted"), ("Too", "accepted")]
    assert Link.Status.REJECTED not in PersonLink.objects.values_list("status", flat=True)
