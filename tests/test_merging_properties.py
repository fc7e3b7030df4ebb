"""Whatever is merged, split, edited and taken back, in any order: nothing is lost, no address is dead."""

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.editing.merging import merge
from articles.editing.splitting import movable_links, split
from articles.history import last_undo, occasion, take_back
from articles.models import SUBJECT_KINDS, Link, Occasion, Person, PersonFormerSlug, PersonLink

from .factories import link, make_article, make_person
from .whole_archive import everything

pytestmark = pytest.mark.django_db
PERSON = SUBJECT_KINDS["person"]
PEOPLE, ARTICLES = 4, 6

# (article, person, who says so, status, mentions)
LINKS = st.lists(
    st.tuples(
        st.integers(0, ARTICLES - 1),
        st.integers(0, PEOPLE - 1),
        st.sampled_from(["editor", "decided", "match"]),
        st.sampled_from(["accepted", "suggested", "rejected"]),
        st.integers(0, 3),
    ),
    unique_by=lambda link: link[:2],
    max_size=14,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "merge", "split", "split", "rename", "decide", "take_address", "undo", "undo"]),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    max_size=12,
)


class History:
    """What was done, and what must hold whatever was done."""

    def __init__(self, links) -> None:
        self.people = [make_person(f"Person {n}", slug=f"p{n}", aliases=["P", f"No. {n}"]) for n in range(PEOPLE)]
        self.articles = [make_article(f"Story {n}") for n in range(ARTICLES)]
        for article, person, says, status, mentions in links:
            values = (
                {"origin": "editor"}
                if says == "editor"
                else {"decided_at": "2024-01-01T12:00Z"}
                if says == "decided"
                else {}
            )
            link(self.articles[article], self.people[person], status=status, mentions=mentions, **values)
        self.done: list[Occasion] = []
        self.kin = {person.pk: {person.pk} for person in self.people}
        self.accepted = {
            (made.article_id, made.subject_id)
            for made in PersonLink.objects.filter(status="accepted")
            if made.is_decided
        }
        # By which occasion an address was given; None: it was there at the start.
        self.addresses: dict[str, Occasion | None] = {person.slug: None for person in self.people}

    def do(self, action: str, first: int, second: int) -> None:
        done = getattr(self, f"_{action}")(first, second)
        if done and Occasion.objects.filter(pk=done.pk).exists():
            self.done.append(done)
            for slug in Person.objects.values_list("slug", flat=True):
                self.addresses.setdefault(slug, done)

    def _merge(self, first, second):
        people = list(Person.objects.order_by("pk"))
        survivor, other = people[first % len(people)], people[second % len(people)]
        if survivor == other:
            return None
        choices = {"name": other.pk} if first % 2 else {}
        self._are_kin(survivor.pk, other.pk)
        return merge(PERSON, survivor.pk, [other.pk], choices=choices).occasion

    def _split(self, first, second):
        people = list(Person.objects.order_by("pk"))
        old = people[first % len(people)]
        articles = [id for id in movable_links(PERSON, old.pk).values_list("article", flat=True) if (id + second) % 2]
        if not articles:
            return None
        aliases = old.aliases.values_list("pk", flat=True)[: second % 3]
        done = split(PERSON, old.pk, articles, {"name": old.name}, aliases=list(aliases))
        self._are_kin(old.pk, done.made.pk)
        return done.occasion

    def _rename(self, first, second):
        return self._give_address(first, f"renamed-{first}-{second}")

    def _take_address(self, first, second):
        """An address that another one has had."""
        former = list(PersonFormerSlug.objects.order_by("pk").values_list("slug", flat=True))
        return self._give_address(first, former[second % len(former)]) if former else None

    def _give_address(self, first, slug):
        people = list(Person.objects.order_by("pk"))
        person = people[first % len(people)]
        if Person.objects.filter(slug=slug).exists():
            return None
        with occasion("Renamed") as done:
            person.slug = slug
            person.name = f"Now {slug}"
            person.save()
        return done

    def _decide(self, first, second):
        links = list(PersonLink.objects.order_by("pk"))
        if not links:
            return None
        decided = links[first % len(links)]
        with occasion("Decided") as done:
            decided.status = Link.Status.values[second % 3]
            decided.decided_at = "2024-02-02T12:00Z"
            decided.save()
        self.accepted = {pair for pair in self.accepted if pair[0] != decided.article_id}
        return done

    def _undo(self, first, second):
        holding = [done for done in self._current() if last_undo(done) is None]
        return take_back(holding[first % len(holding)]).occasion if holding else None

    def _are_kin(self, one: int, other: int) -> None:
        kin = self.kin.setdefault(one, {one}) | self.kin.setdefault(other, {other})
        for id in kin:
            self.kin[id] = kin

    def _current(self) -> list[Occasion]:
        return list(Occasion.objects.filter(pk__in=[done.pk for done in self.done]).order_by("pk"))

    def assert_all_is_well(self) -> None:
        connection.check_constraints()
        there = set(PersonLink.objects.accepted().values_list("article", "subject"))
        for article, person in self.accepted:
            assert {(article, id) for id in self.kin[person]} & there, "a link is lost"
        known = set(Person.objects.values_list("slug", flat=True)) | set(
            PersonFormerSlug.objects.values_list("slug", flat=True)
        )
        holding = {done.pk for done in self._current() if last_undo(done) is None}
        given = {slug for slug, done in self.addresses.items() if done is None or done.pk in holding}
        assert given <= known, "an address is dead"

    def take_all_back(self) -> None:
        for done in reversed(self._current()):
            assert take_back(Occasion.objects.get(pk=done.pk)).left == []


@settings(deadline=None, max_examples=60)
@given(LINKS, STEPS)
def test_nothing_is_lost_and_all_of_it_can_be_taken_back(links, steps):
    with transaction.atomic():
        history = History(links)
        before = everything()
        for step in steps:
            history.do(*step)
            history.assert_all_is_well()
        history.take_all_back()
        assert everything() == before
        transaction.set_rollback(True)
