"""Merging people, places and topics: nothing is lost, all leads to the survivor, and all of it can be taken back."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.editing.merged_values import choices_of, lost_identifiers
from articles.editing.merging import MOST_AT_ONCE, MergeRefused, merge
from articles.history import take_back
from articles.models import (
    SUBJECT_KINDS,
    ImportBatch,
    Namesakes,
    Person,
    PersonAlias,
    PersonFormerSlug,
    PersonLink,
    Place,
    Topic,
)
from articles.search import ArticleQuery, FacetChoice, search

from .factories import link, make_article, make_person, make_place, make_topic
from .whole_archive import everything

pytestmark = pytest.mark.django_db
PERSON, PLACE, TOPIC = SUBJECT_KINDS.values()
MONDAY, TUESDAY = (timezone.make_aware(datetime.datetime(2024, 1, day)) for day in (1, 2))


@pytest.fixture
def editor():
    return User.objects.create(username="editor")


def merge_people(survivor, *others, **options):
    return merge(PERSON, survivor.pk, [other.pk for other in others], **options)


class TestLinks:
    def test_links_go_over_to_the_survivor_and_each_article_has_one(self):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        make_article("Hers", about=[ada])
        make_article("The other's", about=[moro])
        make_article("Both", about=[ada, moro])
        done = merge_people(ada, moro)
        assert (done.moved, done.combined) == (1, 1)
        headlines = (
            PersonLink.objects.filter(subject=ada).order_by("article").values_list("article__headline", flat=True)
        )
        assert list(headlines) == ["Hers", "The other's", "Both"]

    def test_the_survivors_articles_are_found_at_once(self):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        article = make_article(about=[moro])
        about_ada = ArticleQuery(facets={"people": FacetChoice((ada.pk,))})
        assert search(about_ada).ids == []
        merge_people(ada, moro)
        assert search(about_ada).ids == [article.pk]

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ({"status": "accepted"}, {"status": "suggested"}, "accepted"),
            ({"status": "rejected"}, {"status": "suggested"}, "suggested"),
            ({"status": "rejected", "decided_at": MONDAY}, {"status": "accepted"}, "rejected"),
            ({"status": "suggested"}, {"status": "rejected", "origin": "editor"}, "rejected"),
            ({"status": "rejected", "decided_at": TUESDAY}, {"status": "accepted", "decided_at": MONDAY}, "accepted"),
            ({"status": "rejected", "decided_at": TUESDAY}, {"status": "suggested", "decided_at": MONDAY}, "rejected"),
            ({"status": "rejected", "decided_at": MONDAY}, {"status": "suggested", "decided_at": TUESDAY}, "suggested"),
            ({"status": "rejected", "decided_at": MONDAY}, {"status": "accepted", "origin": "editor"}, "accepted"),
        ],
    )
    @pytest.mark.parametrize("turned", [False, True])
    def test_the_strongest_decision_wins(self, one, other, expected, turned):
        ada, moro, article = make_person("Ada Moreau"), make_person("Ada Moro"), make_article()
        for person, values in zip((ada, moro), (other, one) if turned else (one, other), strict=True):
            link(article, person, **values)
        merge_people(ada, moro)
        assert PersonLink.objects.get().status == expected

    def test_a_decision_keeps_who_made_it_and_when(self, editor):
        ada, moro, article = make_person("Ada Moreau"), make_person("Ada Moro"), make_article()
        link(article, ada)
        link(article, moro, origin="source", decided_by=editor, decided_at=MONDAY)
        merge_people(ada, moro)
        kept = PersonLink.objects.get()
        assert (kept.subject, kept.origin, kept.decided_by, kept.decided_at) == (ada, "source", editor, MONDAY)

    def test_the_most_mentions_and_the_highest_confidence_stay(self):
        people, article = [make_person(f"Ada {number}") for number in range(3)], make_article()
        for person, mentions, confidence in zip(people, (2, 7, 1), (0.5, 0.25, 0.75), strict=True):
            link(article, person, mentions=mentions, confidence=confidence)
        merge_people(*people)
        kept = PersonLink.objects.get()
        assert (kept.mentions, kept.confidence) == (7, 0.75)

    def test_any_number_of_links_takes_the_same_number_of_queries(self, count_queries):
        def merge_two(count):
            ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
            for number in range(count):
                make_article(f"Story {number}", about=[ada, moro] if number % 2 else [moro])
            return count_queries(lambda: merge_people(ada, moro))

        assert merge_two(30) == merge_two(4)


class TestNames:
    def test_the_others_names_become_other_names(self):
        ada = make_person("Ada Moreau", aliases=["A. Moreau"])
        moro = make_person("Ada Moro", aliases=["A. Moreau", "Ada Moreau", "A. Moro"])
        merge_people(ada, moro)
        assert names_of(ada) == ["A. Moreau", "A. Moro", "Ada Moro"]

    def test_a_name_keeps_its_language_whoever_knew_it(self):
        ada, moro = make_person("Ada Moreau", aliases=["Ada M."]), make_person("Ada Moro")
        for name in ("Ada M.", "Ada Moro"):
            PersonAlias.objects.create(subject=moro, name=name, language="it")
        merge_people(ada, moro)
        languages = ada.aliases.values_list("name", "language")
        assert set(languages) == {("Ada M.", "it"), ("Ada Moro", "it")}

    def test_with_the_others_name_the_survivors_own_becomes_another(self):
        ada, moro = make_person("Ada Moreau", aliases=["Ada Moro"]), make_person("Ada Moro")
        merge_people(ada, moro, choices={"name": moro.pk})
        ada.refresh_from_db()
        assert (ada.name, ada.slug, names_of(ada)) == ("Ada Moro", "ada-moreau", ["Ada Moreau"])

    def test_an_everyday_word_does_not_become_a_name_to_look_for(self):
        gold, lead = make_person("Ada Gold"), make_person("Lead", name_is_matched=False)
        tagged = make_person("MOREAU, ADA", name_is_matched=False)
        merge_people(gold, lead, tagged)
        assert names_of(gold) == ["MOREAU, ADA"]

    def test_the_user_says_which_names_are_carried(self):
        ada, moro, mora = make_person("Ada Moreau"), make_person("Ada Moro"), make_person("Mora")
        merge_people(ada, moro, mora, names=["Mora"])
        assert names_of(ada) == ["Mora"]


class TestAddresses:
    def test_every_address_leads_to_the_survivor_for_good(self, client):
        ada, moro, mora = make_person("Ada Moreau"), make_person("Ada Moro", slug="first"), make_person("Mora")
        moro.slug = "second"
        moro.save()
        merge_people(moro, mora)
        merge_people(ada, moro)
        for slug in ("first", "second", "mora"):
            answer = client.get(f"/people/{slug}/")
            assert (answer.status_code, answer.url) == (301, "/people/ada-moreau/")

    def test_an_address_that_another_one_had_before_leads_to_its_last_bearer(self):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro", slug="moro")
        PersonFormerSlug.objects.create(slug="moro", target=make_person("Earlier"))
        merge_people(ada, moro)
        assert PersonFormerSlug.objects.get().target == ada


class TestValues:
    def test_what_the_survivor_lacks_comes_from_the_others(self):
        ada = make_person("Ada Moreau")
        moro = make_person("Ada Moro", description="runner", wikidata_id="Q7")
        merge_people(ada, moro)
        ada.refresh_from_db()
        assert (ada.name, ada.description, ada.wikidata_id) == ("Ada Moreau", "runner", "Q7")

    def test_where_they_differ_the_survivors_stays_unless_another_is_chosen(self):
        ada, moro = make_person("Ada Moreau", description="runner"), make_person("Ada Moro", description="minister")
        merge_people(ada, moro)
        ada.refresh_from_db()
        assert ada.description == "runner"
        mora = make_person("Mora", description="writer")
        merge_people(ada, mora, choices={"description": mora.pk})
        ada.refresh_from_db()
        assert ada.description == "writer"

    def test_a_second_wikidata_id_is_noted_among_the_reasons(self):
        ada, moro = make_person("Ada Moreau", wikidata_id="Q1"), make_person("Ada Moro", wikidata_id="Q2")
        done = merge_people(ada, moro, why="the same runner").occasion
        assert Person.objects.get().wikidata_id == "Q1"
        assert done.why == "the same runner\nWikidata id Q2 of “Ada Moro” was dropped: Q1 is kept."

    def test_coordinates_are_chosen_together(self):
        bare, exact = make_place("Riverton"), make_place("Riverton", latitude=1, longitude=2, geonames_id=5)
        merge(PLACE, bare.pk, [exact.pk])
        bare.refresh_from_db()
        assert (bare.latitude, bare.longitude, bare.geonames_id) == (1, 2, 5)
        assert "longitude" not in [choice.name for choice in choices_of(PLACE)]

    def test_a_kind_of_place_that_nobody_chose_gives_way(self):
        place, city = make_place("Riverton"), make_place("Riverton", kind="city")
        merge(PLACE, place.pk, [city.pk])
        assert Place.objects.get().kind == "city"

    def test_two_iptc_codes_contradict_each_other(self):
        one, two = make_topic("sport", iptc_code="medtop:1"), make_topic("sports", iptc_code="medtop:2")
        (lost,) = lost_identifiers(TOPIC, [one, two], {})
        assert (lost.value, lost.kept, lost.subject) == ("medtop:2", "medtop:1", two)

    def test_what_two_imports_made_goes_with_none_of_them(self):
        first, second = (make_person(batch=ImportBatch.objects.create(status="finished")) for _ in range(2))
        merge_people(first, second)
        assert Person.objects.get().batch is None


class TestTrees:
    def test_parts_of_the_merged_become_parts_of_the_survivor(self):
        egypt, misr = make_place("Egypt"), make_place("Misr")
        cairo = make_place("Cairo", parent=misr)
        merge(PLACE, egypt.pk, [misr.pk])
        cairo.refresh_from_db()
        assert cairo.parent == egypt

    @pytest.mark.parametrize("survivor", [1, 3])
    def test_merging_one_with_what_it_lies_in_makes_no_loop(self, survivor):
        chain = [make_topic("all")]
        for name in ("sport", "ball games", "sports"):
            chain.append(make_topic(name, parent=chain[-1]))
        everything_, ball_games = chain[0], chain[2]
        other = 4 - survivor
        merge(TOPIC, chain[survivor].pk, [chain[other].pk])
        parents = dict(Topic.objects.values_list("pk", "parent"))
        assert parents == {everything_.pk: None, chain[survivor].pk: everything_.pk, ball_games.pk: chain[survivor].pk}


class TestNamesakes:
    def test_who_is_told_apart_from_one_is_told_apart_from_the_survivor(self):
        ada, moro, other = make_person("Ada Moreau"), make_person("Ada Moro"), make_person("Ada Moreau", slug="x")
        third = make_person("Third")
        for one, two in ((ada, moro), (moro, other), (ada, other), (moro, third)):
            Namesakes.objects.create(kind="person", first_id=one.pk, second_id=two.pk)
        Namesakes.objects.create(kind="place", first_id=ada.pk, second_id=moro.pk)
        merge_people(ada, moro)
        told_apart = Namesakes.objects.filter(kind="person").values_list("first_id", "second_id")
        assert set(told_apart) == {(ada.pk, other.pk), (ada.pk, third.pk)}
        assert Namesakes.objects.filter(kind="place").count() == 1


class TestRefusing:
    def test_one_alone_or_the_same_twice_or_too_many_are_refused(self):
        people = [make_person(f"Ada {number}") for number in range(MOST_AT_ONCE + 1)]
        for chosen in (people[:1], [people[0], people[0]], people):
            with pytest.raises(MergeRefused, match="Choose two to 10"):
                merge_people(*chosen)

    def test_one_that_is_gone_is_refused(self):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        merge_people(ada, moro)
        with pytest.raises(MergeRefused, match="was merged or removed meanwhile"):
            merge_people(ada, moro)

    def test_nothing_is_merged_while_an_import_runs(self):
        ImportBatch.objects.create(status="running")
        with pytest.raises(MergeRefused, match="An import is running"):
            merge_people(make_person("Ada Moreau"), make_person("Ada Moro"))


class TestTakingBack:
    def test_everything_is_as_it_was(self, editor):
        ada = make_person("Ada Moreau", aliases=["A. Moreau"], batch=ImportBatch.objects.create(status="finished"))
        moro = make_person("Ada Moro", aliases=["A. Moreau", "Moro"], wikidata_id="Q1", slug="m")
        moro.slug = "moro"
        moro.save()
        mora = make_person("Mora", description="runner")
        Namesakes.objects.create(kind="person", first_id=ada.pk, second_id=moro.pk)
        for number in range(6):
            article = make_article(f"Story {number}")
            for place, person in enumerate((ada, moro, mora)):
                if number % (place + 1) == 0:
                    link(article, person, status="suggested" if number % 2 else "accepted", mentions=place)
        before = everything()
        done = merge_people(ada, moro, mora, user=editor, why="the same").occasion
        assert (done.what, done.user) == ("Merged “Ada Moro”, “Mora” into “Ada Moreau”", editor)
        merged = everything()
        undo = take_back(done, editor)
        assert (undo.left, everything()) == ([], before)
        assert take_back(undo.occasion).left == []
        assert everything() == merged

    def test_what_was_done_since_stays(self):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        old = make_article("Old", about=[moro])
        done = merge_people(ada, moro).occasion
        new = make_article("New", about=[ada])
        PersonLink.objects.filter(article=old).update(status="rejected")
        Person.objects.update(description="runner")
        assert take_back(done).left == []
        assert list(PersonLink.objects.order_by("article").values_list("article", "subject__name", "status")) == [
            (old.pk, "Ada Moro", "rejected"),
            (new.pk, "Ada Moreau", "accepted"),
        ]
        assert Person.objects.get(name="Ada Moreau").description == "runner"

    def test_trees_and_their_parts_come_back(self):
        egypt = make_place("Egypt", parent=make_place("Africa"))
        cairo = make_place("Cairo", parent=make_place("Misr", parent=egypt))
        before = everything()
        done = merge(PLACE, cairo.pk, [cairo.parent_id, egypt.pk])
        assert Place.objects.count() == 2
        assert take_back(done.occasion).left == []
        assert everything() == before


def names_of(subject) -> list[str]:
    return sorted(subject.aliases.values_list("name", flat=True))


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count
