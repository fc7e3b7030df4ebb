"""Candidates: accepted as new, taken for another name, rejected for good; and what later imports make of it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from articles.models import Candidate, Occasion, Person, PersonLink, Place, Topic
from articles.pipeline.options import ImportOptions
from articles.pipeline.records import ArticleRecord, Position, Tag
from articles.pipeline.run import import_articles

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import Page, count_queries

pytestmark = pytest.mark.django_db


def make_candidate(name="Bo Li", *, kind="person", articles=1, **fields) -> Candidate:
    candidate = Candidate.objects.create(kind=kind, name=name, **fields)
    candidate.articles.set([make_article(f"About {name} {number}") for number in range(articles)])
    return candidate


def address(page="", *arguments, **parameters) -> str:
    name = f"admin:articles_candidates_{page}" if page else "admin:articles_candidates"
    return reverse(name, args=arguments, query=parameters or None)


def page_of(candidate) -> str:
    return reverse("admin:articles_candidate", args=[candidate.pk])


def show(client, **parameters) -> Page:
    return Page(client.get(address(**parameters)))


def decide(client, candidate, **button) -> Page:
    return Page(client.post(address("decide"), {"candidate": candidate.pk, **button}, follow=True))


def take_back(client) -> Page:
    """The newest decision."""
    done = Occasion.objects.filter(undoes=None).first()
    return Page(client.post(address("undo"), {"occasion": done.pk}, follow=True))


def status(candidate) -> str:
    return Candidate.objects.get(pk=candidate.pk).status


def names(page: Page, *wanted) -> list[str]:
    return [text for text in page.links if text in wanted]


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser("editor")
    client.force_login(user)
    return user


@pytest.fixture
def clerk(client):
    """May decide on candidates, and make nothing."""
    user = User.objects.create(username="clerk", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_candidate"))
    client.force_login(user)
    return user


@pytest.fixture
def import_tags(monkeypatch):
    """import_tags(tag, …): import an article with these tags, as any format may read them."""

    def import_record(*tags, headline="Imported"):
        record = ArticleRecord(Position("a.xml"), headline=headline, external_id=headline, tags=tags)
        monkeypatch.setattr("articles.pipeline.run._read", lambda paths, options: [record])
        return import_articles([], ImportOptions(unknown_subjects="suggest"))

    return import_record


class TestQueue:
    def test_the_most_frequent_come_first_kind_by_kind(self, editor, client):
        make_candidate("Rare")
        make_candidate("Frequent", articles=3)
        make_candidate("Riverton", kind="place", articles=5)
        page = show(client)
        assert names(page, "Rare", "Frequent", "Riverton") == ["Frequent", "Rare"]
        assert {"People 2", "Places 1", "Topics 0"} <= set(page.links)
        assert names(show(client, kind="place"), "Riverton") == ["Riverton"]

    def test_a_card_quotes_the_newest_articles(self, editor, client):
        candidate = make_candidate("Bo Li", articles=0, code="wikidata:Q1")
        for number in range(4):
            article = make_article(f"Story {number}", body="It rained. Bo Li came.", source=make_source(f"S{number}"))
            candidate.articles.add(article)
        page = show(client)
        assert [text for text in page.links if text.startswith("Story")] == ["Story 3", "Story 2", "Story 1"]
        assert "<mark>Bo Li</mark> came." in page.html
        assert page.links["wikidata:Q1"] == "https://www.wikidata.org/wiki/Q1"

    def test_a_name_that_only_the_source_has_is_told(self, editor, client):
        candidate = make_candidate("Ada Moreau", articles=0)
        candidate.articles.add(make_article("Talks", body="Nobody came."))
        assert "The text does not name it; the source does." in show(client).text

    def test_one_after_another_are_all_of_them_each_once(self, editor, client, monkeypatch):
        from articles.admin import candidates

        monkeypatch.setattr(candidates, "CARDS", 2)
        wanted = [f"Person {number}" for number in range(5)]
        for number, name in enumerate(wanted):
            make_candidate(name, articles=1 + number % 2)
        page, seen = show(client), []
        while True:
            seen += names(page, *wanted)
            if "Skip these and go on" not in page.links:
                break
            page = Page(client.get(address() + page.links["Skip these and go on"]))
        assert sorted(seen) == wanted
        assert seen[:2] == ["Person 1", "Person 3"]

    def test_filters_narrow(self, editor, client):
        make_candidate("Bo Li")
        make_candidate("Ada Moreau", status="rejected")
        assert names(show(client, status="rejected"), "Bo Li", "Ada Moreau") == ["Ada Moreau"]
        assert names(show(client, name="BO"), "Bo Li", "Ada Moreau") == ["Bo Li"]
        assert "Nothing is left here." in show(client, name="nobody").text
        assert "None." in show(client, status="accepted").text

    @pytest.mark.parametrize("parameters", ["kind=x", "status=x", "after=x", "after=99999999999999999999"])
    def test_a_bad_address_gives_a_message_and_no_candidates(self, editor, client, parameters):
        make_candidate("Bo Li")
        page = Page(client.get(f"{address()}?{parameters}"))
        assert page.status == 200
        assert "errornote" in page.html or "errorlist" in page.html
        assert "Bo Li" not in page.links

    def test_the_number_of_queries_does_not_grow(self, editor, client):
        self.fill(2)
        few = count_queries(client, address(kind="place"))
        self.fill(8)
        assert count_queries(client, address(kind="place")) == few

    def fill(self, count):
        for number in range(count):
            name = f"Place {count} {number}"
            make_place(name, parent=make_place(f"Whole {count} {number}"))
            candidate = make_candidate(name, kind="place", articles=4, code=f"geonames:{count}{number}")
            candidate.articles.update(source=make_source(name))

    def test_names_are_escaped(self, editor, client):
        candidate = make_candidate("<script>alert('x')</script>", code="<script>alert('x')</script>")
        for found in (show(client), Page(client.get(page_of(candidate)))):
            assert "<script>alert" not in found.html


class TestAccepting:
    def test_it_becomes_a_person_with_its_code_and_its_articles_are_linked(self, editor, client):
        candidate = make_candidate("Bo Li", code="wikidata:Q1", articles=2)
        page = decide(client, candidate, accept="new")
        assert "Accepted: Bo Li, new in the archive" in page.text
        person = Person.objects.get()
        assert (person.name, person.wikidata_id, person.name_is_matched) == ("Bo Li", "Q1", True)
        assert set(person.articles.all()) == set(candidate.articles.all())
        made = person.links.first()
        assert (made.origin, made.status, made.decided_by) == ("source", "accepted", editor)
        assert status(candidate) == "accepted"

    @pytest.mark.parametrize(
        ("fields", "model", "expected"),
        [
            ({"kind": "place", "code": "geonames:281102"}, Place, {"geonames_id": 281102}),
            ({"kind": "place", "code": "iso3166:EG"}, Place, {"country_code": "EG", "kind": "country"}),
            ({"kind": "topic", "code": "medtop:20000344"}, Topic, {"iptc_code": "medtop:20000344"}),
            ({"kind": "topic"}, Topic, {"name_is_matched": False}),
        ],
    )
    def test_a_code_fills_in_what_it_says(self, editor, client, fields, model, expected):
        decide(client, make_candidate("New", **fields), accept="new")
        made = model.objects.get()
        assert {name: getattr(made, name) for name in expected} == expected

    def test_undone_it_waits_again_and_nothing_of_it_is_left(self, editor, client):
        candidate = make_candidate("Bo Li", articles=2)
        decide(client, candidate, accept="new")
        assert "Taken back" in take_back(client).text
        assert status(candidate) == "open"
        assert not Person.objects.exists()
        assert not PersonLink.objects.exists()

    def test_a_later_import_links_it_by_itself(self, editor, client, import_tags):
        import_tags(Tag("person", "Bo Li"), headline="One")
        decide(client, Candidate.objects.get(), accept="new")
        import_tags(Tag("person", "Bo Li"), headline="Two")
        assert Person.objects.get().articles.count() == 2
        assert Candidate.objects.count() == 1

    def test_under_a_better_name_later_imports_still_find_it(self, editor, client, import_tags):
        import_tags(Tag("person", "LI, BO"), headline="One")
        candidate = Candidate.objects.get()
        client.post(page_of(candidate), {"accept": "yes", "new-name": "Bo Li", "new-description": "Skater"})
        import_tags(Tag("person", "LI, BO"), headline="Two")
        person = Person.objects.get()
        assert (person.name, person.description, person.articles.count()) == ("Bo Li", "Skater", 2)

    def test_a_code_that_another_one_has_is_refused_with_a_sentence(self, editor, client):
        make_person("Bob Lee", wikidata_id="Q1")
        candidate = make_candidate("Bo Li", code="wikidata:Q1")
        assert "It is this one" in show(client).text
        page = decide(client, candidate, accept="new")
        assert "already exists" in page.text or "violated" in page.text
        assert status(candidate) == "open"

    def test_what_somebody_else_decided_meanwhile_is_told(self, editor, client):
        candidate = make_candidate("Bo Li")
        Candidate.objects.update(status="rejected")
        assert "Rejected meanwhile: Bo Li." in decide(client, candidate, accept="new").text
        assert not Person.objects.exists()

    def test_selected_ones_are_accepted_but_for_those_the_archive_knows(self, editor, client):
        make_person("Ada Moreau")
        found = [make_candidate(name) for name in ("Bo Li", "Ada Moreau", "Cy Tan")]
        same = make_candidate("Bo Li", code="wikidata:Q2")
        data = {"candidate": [each.pk for each in (*found, same)], "status": "accepted"}
        page = Page(client.post(address("decide_selected"), data, follow=True))
        assert "2 candidates were accepted. Look at these one by one" in page.text
        assert [status(each) for each in (*found, same)] == ["accepted", "open", "accepted", "open"]
        take_back(client)
        assert [status(each) for each in found] == ["open", "open", "open"]
        assert Person.objects.count() == 1


class TestForm:
    def test_a_place_gets_its_kind_and_what_it_is_part_of(self, editor, client):
        egypt = make_place("Egypt", kind="country")
        candidate = make_candidate("Cairo", kind="place", code="geonames:360630")
        page = Page(client.get(page_of(candidate)))
        assert 'value="360630"' in page.html
        data = {"accept": "yes", "new-name": "Cairo", "new-kind": "city", "new-geonames_id": "360630"}
        client.post(page_of(candidate), {**data, "new-parent-chosen": egypt.pk})
        cairo = Place.objects.get(name="Cairo")
        assert (cairo.kind, cairo.parent, cairo.articles.count()) == ("city", egypt, 1)

    def test_without_suggestions_the_larger_place_is_named(self, editor, client):
        egypt = make_place("Egypt", kind="country", aliases=["Ägypten"])
        candidate = make_candidate("Cairo", kind="place")
        data = {"accept": "yes", "new-name": "Cairo", "new-kind": "city"}
        page = Page(client.post(page_of(candidate), {**data, "new-parent": "Atlantis"}))
        assert "Nothing is called “Atlantis”." in page.text
        client.post(page_of(candidate), {**data, "new-parent": "ägypten"})
        assert Place.objects.get(name="Cairo").parent == egypt

    def test_of_namesakes_the_address_tells_which(self, editor, client):
        make_place("Georgia", kind="country", slug="georgia")
        make_place("Georgia", kind="region", slug="georgia-us")
        candidate = make_candidate("Atlanta", kind="place")
        data = {"merge": "yes", "other-subject": "Georgia"}
        page = Page(client.post(page_of(candidate), data))
        assert "Several are called “Georgia”" in page.text
        assert "Georgia — Region (georgia-us)" in page.text
        client.post(page_of(candidate), {**data, "other-subject": "georgia-us"})
        assert Place.objects.get(slug="georgia-us").aliases.get().name == "Atlanta"

    def test_faults_are_told_and_nothing_is_done(self, editor, client):
        candidate = make_candidate("Bo Li")
        page = Page(client.post(page_of(candidate), {"accept": "yes", "new-name": ""}))
        assert "This field is required." in page.text
        page = Page(client.post(page_of(candidate), {"merge": "yes"}))
        assert "This field is required." in page.text
        assert status(candidate) == "open"
        assert not Occasion.objects.exists()

    def test_one_that_is_decided_shows_no_form(self, editor, client):
        page = Page(client.get(page_of(make_candidate("Bo Li", status="rejected"))))
        assert "Accept as new" not in page.html
        assert client.get(reverse("admin:articles_candidate", args=[12345])).status_code == 404


class TestMerging:
    def test_it_becomes_another_name_and_its_articles_are_linked(self, editor, client):
        person = make_person("Robert Li")
        candidate = make_candidate("Bo Li", code="wikidata:Q1", articles=2)
        client.post(page_of(candidate), {"merge": "yes", "other-subject-chosen": person.pk})
        person.refresh_from_db()
        assert (person.aliases.get().name, person.wikidata_id, person.articles.count()) == ("Bo Li", "Q1", 2)
        assert status(candidate) == "accepted"

    def test_undone_the_name_and_the_links_are_gone(self, editor, client):
        person = make_person("Robert Li")
        candidate = make_candidate("Bo Li", code="wikidata:Q1")
        suggested = link(candidate.articles.get(), person, status="suggested")
        client.post(page_of(candidate), {"merge": "yes", "other-subject-chosen": person.pk})
        take_back(client)
        person.refresh_from_db()
        suggested.refresh_from_db()
        assert (person.wikidata_id, person.aliases.count(), suggested.status) == ("", 0, "suggested")
        assert status(candidate) == "open"

    def test_a_known_name_is_merged_with_one_click_and_gets_no_second_name(self, editor, client):
        person = make_person("Bo Li")
        candidate = make_candidate("BO LI", articles=1)
        decide(client, candidate, merge=person.pk)
        assert (person.aliases.count(), person.articles.count()) == (0, 1)

    def test_what_an_editor_rejected_stays_rejected_and_what_was_suggested_is_accepted(self, editor, client):
        person = make_person("Robert Li")
        candidate = make_candidate("Bo Li", articles=3)
        first, second, third = candidate.articles.order_by("pk")
        link(first, person, status="rejected")
        link(second, person, status="suggested")
        decide(client, candidate, merge=person.pk)
        found = dict(person.links.values_list("article", "status"))
        assert found == {first.pk: "rejected", second.pk: "accepted", third.pk: "accepted"}

    def test_a_code_that_another_one_has_is_left_alone(self, editor, client):
        make_person("Other", wikidata_id="Q1")
        person = make_person("Robert Li")
        decide(client, make_candidate("Bo Li", code="wikidata:Q1"), merge=person.pk)
        person.refresh_from_db()
        assert (person.wikidata_id, person.aliases.count()) == ("", 1)

    def test_a_later_import_finds_it_by_its_other_name(self, editor, client, import_tags):
        import_tags(Tag("topic", "Wirtschaft"), headline="One")
        economy = make_topic("economy")
        decide(client, Candidate.objects.get(), merge=economy.pk)
        import_tags(Tag("topic", "Wirtschaft"), headline="Two")
        assert economy.articles.count() == 2

    def test_one_that_is_gone_is_told(self, editor, client):
        assert "not in the archive any more" in decide(client, make_candidate(), merge=12345).text


class TestRejecting:
    def test_imports_do_not_bring_it_back(self, editor, client, import_tags):
        import_tags(Tag("person", "Our Correspondent"), headline="One")
        decide(client, Candidate.objects.get(), reject="all")
        import_tags(Tag("person", "Our Correspondent"), headline="Two")
        assert Candidate.objects.get().status == "rejected"
        assert show(client).links.get("Our Correspondent") is None

    def test_it_can_be_taken_back_and_let_wait_again(self, editor, client):
        candidate = make_candidate("Bo Li")
        decide(client, candidate, reject="all")
        take_back(client)
        assert status(candidate) == "open"
        decide(client, candidate, reject="all")
        assert "Let it wait again" in show(client, status="rejected").text
        decide(client, candidate, reopen="yes")
        assert status(candidate) == "open"

    def test_selected_ones_are_rejected_at_once(self, editor, client):
        found = [make_candidate(f"Person {number}") for number in range(3)]
        data = {"candidate": [each.pk for each in found], "status": "rejected"}
        page = Page(client.post(address("decide_selected"), data, follow=True))
        assert "3 candidates were rejected." in page.text
        assert "Rejected: 3 candidates" in page.text

    def test_the_script_gets_short_answers(self, editor, client):
        candidate = make_candidate("Bo Li")
        data, headers = {"candidate": candidate.pk, "reject": "all"}, {"Accept": "application/json"}
        answer = client.post(address("decide"), data, headers=headers)
        assert answer.json() == {"said": "Rejected: Bo Li", "occasion": Occasion.objects.get().pk}
        assert client.post(address("decide"), data, headers=headers).status_code == 409


class TestPermissions:
    def test_only_who_may_change_candidates_gets_in(self, client):
        client.force_login(User.objects.create(username="reader", is_staff=True))
        candidate = make_candidate()
        assert client.get(address()).status_code == 403
        assert client.get(page_of(candidate)).status_code == 403
        assert client.post(address("decide"), {"candidate": candidate.pk, "reject": "all"}).status_code == 403

    def test_who_may_make_no_people_can_only_reject(self, clerk, client):
        candidate, person = make_candidate("Bo Li"), make_person("Bo Li")
        page = show(client)
        assert "Accept as new" not in page.text
        assert "It is this one" not in page.text
        for button in ({"accept": "new"}, {"merge": person.pk}):
            assert client.post(address("decide"), {"candidate": candidate.pk, **button}).status_code == 403
        for data in ({"accept": "yes", "new-name": "X"}, {"merge": "yes", "other-subject-chosen": person.pk}):
            assert client.post(page_of(candidate), data).status_code == 403
        accept = {"candidate": candidate.pk, "status": "accepted"}
        assert client.post(address("decide_selected"), accept).status_code == 403
        decide(client, candidate, reject="all")
        assert status(candidate) == "rejected"

    @pytest.mark.parametrize("sent", [{"candidate": "x"}, {"candidate": "9" * 30}])
    def test_a_request_that_makes_no_sense_is_refused(self, editor, client, sent):
        assert client.post(address("decide"), {**sent, "reject": "all"}).status_code == 400
        assert client.post(address("decide_selected"), {**sent, "status": "rejected"}).status_code == 400
        assert client.post(address("decide_selected"), {"status": "x"}).status_code == 400

    def test_naming_nothing_decides_nothing(self, editor, client):
        page = client.post(address("decide"), {"reject": "all"}, follow=True)
        assert "Nothing was decided" in Page(page).text
        page = client.post(address("decide_selected"), {"status": "rejected"}, follow=True)
        assert "select some candidates first" in Page(page).text
