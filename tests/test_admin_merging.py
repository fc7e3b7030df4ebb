"""Merging, splitting and likely duplicates in the admin, as editors do it."""

import pytest
from django.contrib.auth.models import Group, User

from articles.models import ImportBatch, Namesakes, Occasion, Person, PersonLink

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import Page
from .test_admin_editing import act

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/articles/person/"
MERGE = f"{PEOPLE}merge/"


@pytest.fixture
def editor_client(client):
    """Not a superuser: what a role allows must be enough."""
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def merge_data(survivor, *others, **more) -> dict:
    return {"ids": [survivor.pk, *(other.pk for other in others)], "into": survivor.pk, **more}


def split_address(subject) -> str:
    return f"/admin/articles/{subject._meta.model_name}/{subject.pk}/split/"


def state_of(answer) -> dict:
    """The hidden fields of the page of a split."""
    return {name: answer.context[name] for name in ("chosen", "shown")}


class TestMerging:
    def test_the_list_leads_to_the_records_side_by_side(self, editor_client):
        ada = make_person("Ada Moreau", description="runner", aliases=["A. Moreau"])
        moro = make_person("Ada Moro", description="minister")
        make_article("Hers", about=[ada])
        page = Page(act(editor_client, PEOPLE, "merge_selected", ada, moro))
        for text in ("runner", "minister", "A. Moreau", "Hers", "This one stays", "Let this one stay"):
            assert text in page.text

    def test_nothing_is_said_of_links_that_none_was_too_many(self, editor_client):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        make_article(about=[moro])
        page = Page(editor_client.post(MERGE, merge_data(ada, moro), follow=True)).text
        assert "1 link went over. Take it back" in page

    def test_one_alone_is_refused_in_the_list(self, editor_client):
        page = act(editor_client, PEOPLE, "merge_selected", make_person()).content.decode()
        assert "Choose two to 10 different records to merge." in page

    def test_the_one_with_the_most_links_stays_unless_the_user_turns_it_round(self, editor_client):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        make_article(about=[moro])
        answer = editor_client.get(MERGE, {"ids": [ada.pk, moro.pk]})
        assert [record.subject for record in answer.context["records"]] == [moro, ada]
        turned = editor_client.get(MERGE + Page(answer).link("Let this one stay"))
        assert [record.subject for record in turned.context["records"]] == [ada, moro]

    def test_an_editor_merges_and_reads_what_was_done(self, editor_client):
        ada, moro = make_person("Ada Moreau", description="runner"), make_person("Ada Moro", description="minister")
        make_article(about=[ada, moro])
        make_article(about=[moro])
        data = merge_data(ada, moro, **{"choice-description": moro.pk}, why="one person", names=["Ada Moro"])
        page = editor_client.post(MERGE, data, follow=True).content.decode()
        assert "Merged “Ada Moro” into “Ada Moreau”: 1 link went over, 1 was one too many for its article." in page
        assert "Take it back" in page
        ada.refresh_from_db()
        assert (ada.description, [alias.name for alias in ada.aliases.all()]) == ("minister", ["Ada Moro"])
        done = Occasion.objects.get()
        assert (done.what, done.why, done.user.username) == (
            "Merged “Ada Moro” into “Ada Moreau”", "one person", "editor",
        )  # fmt: skip

    def test_names_that_were_not_chosen_are_not_carried(self, editor_client):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        editor_client.post(MERGE, merge_data(ada, moro))
        assert not ada.aliases.exists()

    def test_three_are_merged_and_taken_back_from_the_page_of_the_one_that_stays(self, editor_client):
        people = [make_person(name) for name in ("Ada Moreau", "Ada Moro", "Mora")]
        for person in people:
            make_article(f"About {person}", about=[person])
        page = editor_client.post(MERGE, merge_data(*people), follow=True)
        undo = Page(editor_client.get(page.redirect_chain[0][0])).link("Take it back")
        answer = editor_client.post(undo, follow=True).content.decode()
        assert "were taken back" in answer
        assert Person.objects.count() == 3
        assert PersonLink.objects.get(article__headline="About Mora").subject == people[2]

    def test_contradictions_are_pointed_out(self, editor_client):
        ada, moro = make_person("Ada Moreau", wikidata_id="Q1"), make_person("Ada Moro", wikidata_id="Q2")
        user = User.objects.get(username="editor")
        Namesakes.objects.create(kind="person", first_id=ada.pk, second_id=moro.pk, decided_by=user)
        page = Page(editor_client.get(MERGE, {"ids": [ada.pk, moro.pk]})).text
        assert "Are these really the same?" in page
        assert "Wikidata id: “Ada Moro” has Q2, which contradicts Q1." in page
        assert "Two of these were told apart by editor" in page

    def test_another_one_is_found_by_its_name_without_scripts(self, editor_client):
        ada = make_person("Ada Moreau")
        moro = make_person("Ada Moro", aliases=["The Runner"])
        answer = editor_client.get(MERGE, {"ids": [ada.pk], "more": "the runner"})
        assert {record.subject for record in answer.context["records"]} == {ada, moro}
        answer = editor_client.get(MERGE, {"ids": [ada.pk], "more": "Nobody"})
        assert "Nothing is called" in answer.content.decode()

    def test_a_merge_during_an_import_is_refused_with_the_reason(self, editor_client):
        ImportBatch.objects.create(status="running")
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        page = editor_client.post(MERGE, merge_data(ada, moro, why="the same")).content.decode()
        assert "An import is running" in page
        assert 'value="the same"' in page
        assert Person.objects.count() == 2

    def test_one_that_was_merged_meanwhile_stops_the_whole_merge(self, editor_client):
        people = [make_person(f"Ada {number}") for number in range(3)]
        data = merge_data(*people)
        people[2].delete()
        page = editor_client.post(MERGE, data).content.decode()
        assert "was merged or removed meanwhile" in page
        assert Person.objects.count() == 2

    @pytest.mark.parametrize("query", ["", "ids=x", "ids=99", f"ids={10**30}", "into=1", "ids=1&into=x&choice-name=x"])
    def test_wrong_addresses_lead_back_to_the_list(self, editor_client, query):
        assert editor_client.get(f"{MERGE}?{query}").status_code == 302

    @pytest.mark.parametrize(("kind", "make"), [("place", make_place), ("topic", make_topic)])
    def test_places_and_topics_with_parts(self, editor_client, kind, make):
        whole, other = make("Whole"), make("Other")
        make("Part", parent=other)
        address = f"/admin/articles/{kind}/merge/"
        assert "1: Part" in Page(editor_client.get(address, {"ids": [whole.pk, other.pk], "into": whole.pk})).text
        editor_client.post(address, merge_data(whole, other))
        assert [part.name for part in whole.children.all()] == ["Part"]

    def test_query_count_does_not_grow_with_links_and_names(self, editor_client, count_queries):
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")

        def fill(count):
            for number in range(count):
                make_article(about=[ada, moro])
                ada.aliases.create(name=f"{count} {number}")

        fill(3)
        address = f"{MERGE}?ids={ada.pk}&ids={moro.pk}"
        few = count_queries(lambda: editor_client.get(address))
        fill(30)
        assert count_queries(lambda: editor_client.get(address)) == few

    def test_names_are_escaped(self, editor_client):
        evil = "<script>alert('x')</script>"
        people = [make_person(evil, description=evil * number, aliases=[evil + "!"]) for number in (1, 2)]
        page = editor_client.get(MERGE, {"ids": [person.pk for person in people]}).content.decode()
        assert "<script>alert" not in page
        page = editor_client.post(MERGE, merge_data(*people), follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<script>alert" not in editor_client.get(f"{PEOPLE}merges/").content.decode()


class TestWhoMay:
    @pytest.mark.parametrize("role", ["Viewer", "Contributor"])
    def test_others_neither_see_nor_do_it(self, client, role):
        user = User.objects.create_user("other", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        ada, moro = make_person("Ada Moreau"), make_person("Ada Moro")
        assert client.get(MERGE, {"ids": [ada.pk, moro.pk]}).status_code == 403
        assert client.post(MERGE, merge_data(ada, moro)).status_code == 403
        act(client, PEOPLE, "merge_selected", ada, moro)
        assert client.get(split_address(ada)).status_code == 403
        assert client.post(split_address(ada), {"split": "Split", "new-name": "x"}).status_code == 403
        for address in (PEOPLE, f"{PEOPLE}{ada.pk}/change/"):
            page = client.get(address).content.decode()
            assert "Merge" not in page
            assert "Split" not in page
        assert Person.objects.count() == 2


class TestTheListOfMerges:
    def test_it_tells_merges_from_edits_and_says_what_was_taken_back(self, editor_client):
        ada, moro, mora = make_person("Ada Moreau"), make_person("Ada Moro"), make_person("Mora")
        editor_client.post(MERGE, merge_data(ada, moro, why="one person"))
        editor_client.post(MERGE, merge_data(ada, mora))
        form = editor_client.get(f"{PEOPLE}{ada.pk}/change/").context["adminform"].form
        data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
        empty = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
        editor_client.post(f"{PEOPLE}{ada.pk}/change/", {**data, "slug": "renamed", **empty})
        ada.refresh_from_db()
        assert ada.slug == "renamed"
        page = Page(editor_client.get(f"{PEOPLE}merges/"))
        assert "one person" in page.text
        assert [text for text in page.links if text.startswith("Merged “")] == [
            "Merged “Mora” into “Ada Moreau”", "Merged “Ada Moro” into “Ada Moreau”",
        ]  # fmt: skip
        editor_client.post(page.link("Take it back"))
        page = Page(editor_client.get(f"{PEOPLE}merges/"))
        assert "taken back" in page.links
        assert editor_client.get("/admin/articles/place/merges/").context["restructurings"] == []

    def test_buttons_lead_there(self, editor_client):
        ada = make_person("Ada Moreau")
        assert Page(editor_client.get(PEOPLE)).link("Merged and split") == f"{PEOPLE}merges/"
        assert Page(editor_client.get(f"{PEOPLE}{ada.pk}/change/")).link("Merge with…") == f"{MERGE}?ids={ada.pk}"


class TestSplitting:
    def test_groups_are_proposed_with_what_they_share(self, editor_client):
        ada, bo, cy = make_person("Ada Moreau"), make_person("Bo Lund"), make_person("Cy Holm")
        sport, harbour = make_topic("sport"), make_topic("harbour")
        for number in range(3):
            make_article(f"With Bo {number}", about=[ada, bo, sport], published_on=f"199{number}-01-01")
            make_article(f"With Cy {number}", about=[ada, cy, harbour])
        page = Page(editor_client.get(split_address(ada)))
        assert "With Bo Lund : 3 articles, 1990–1992; also with sport" in page.text
        assert "With Cy Holm : 3 articles, 2024; also with harbour" in page.text
        answer = editor_client.post(split_address(ada), {"only": f"person:{cy.pk}"})
        assert {row[0].article.headline for row in answer.context["rows"]} == {f"With Cy {n}" for n in range(3)}

    def test_an_editor_chooses_articles_and_makes_two_of_one(self, editor_client):
        ada = make_person("Ada Moreau", aliases=["The Runner"], wikidata_id="Q1")
        articles = [make_article(f"Story {number}", about=[ada]) for number in range(3)]
        alias = ada.aliases.get()
        data = {
            "article": [articles[0].pk, articles[1].pk], "split": "Split", "new-name": "Ada Moreau",
            "new-description": "runner", "new-name_is_matched": "on", "new-wikidata_id": "Q1",
            "new-aliases": [alias.pk], "new-why": "two people",
        }  # fmt: skip
        page = Page(editor_client.post(split_address(ada), data, follow=True))
        assert "Split “Ada Moreau” from “Ada Moreau”: 2 articles went over." in page.text
        made = Person.objects.get(description="runner")
        assert (made.wikidata_id, made.links.count(), made.aliases.get()) == ("Q1", 2, alias)
        assert Occasion.objects.get().why == "two people"
        editor_client.post(page.link("Take it back"))
        ada.refresh_from_db()
        assert (Person.objects.count(), ada.wikidata_id, ada.links.filter(status="accepted").count()) == (1, "Q1", 3)

    def test_what_was_chosen_and_written_goes_along_from_page_to_page(self, editor_client, monkeypatch):
        monkeypatch.setattr("articles.admin.splitting.ON_A_PAGE", 2)
        ada = make_person("Ada Moreau")
        articles = [make_article(f"Story {number}", about=[ada]) for number in range(5)]
        first = editor_client.get(split_address(ada))
        assert [row[0].article for row in first.context["rows"]] == articles[:2:-1]
        left = {"article": [articles[4].pk], "page": 2, "new-name": "Ada the Runner", "new-description": ""}
        second = editor_client.post(split_address(ada), {**state_of(first), **left})
        assert [row[0].article for row in second.context["rows"]] == [articles[2], articles[1]]
        assert "1 article is chosen." in Page(second).text
        assert 'value="Ada the Runner"' in second.content.decode()
        assert "This field is required" not in second.content.decode()
        back = editor_client.post(split_address(ada), {**state_of(second), "article": [articles[1].pk], "page": 1})
        assert [row[2] for row in back.context["rows"]] == [True, False]
        assert "2 articles are chosen." in Page(back).text
        unticked = editor_client.post(split_address(ada), {**state_of(back), "narrow": 1})
        assert "1 article is chosen." in Page(unticked).text
        everything = editor_client.post(split_address(ada), {**state_of(unticked), "choose_all": 1})
        assert "5 articles are chosen." in Page(everything).text
        nothing = editor_client.post(split_address(ada), {**state_of(everything), "choose_none": 1})
        assert "0 articles are chosen." in Page(nothing).text

    def test_articles_are_narrowed_by_words_source_date_and_status(self, editor_client):
        ada, herald = make_person("Ada Moreau"), make_source("Herald")
        make_article("A zeppelin", about=[ada], body="It landed.", published_on="1931-05-05", source=herald)
        make_article("A harbour", about=[ada], body="It froze.")
        link(make_article("A race"), ada, status="suggested")
        for narrowed, expected in [
            ({}, ["A harbour", "A zeppelin"]),
            ({"words": "landed"}, ["A zeppelin"]),
            ({"source": herald.pk}, ["A zeppelin"]),
            ({"decade": 1930}, ["A zeppelin"]),
            ({"status": "suggested"}, ["A race"]),
            ({"status": "suggested", "words": "RACE"}, ["A race"]),
            ({"status": "suggested", "words": "landed"}, []),
        ]:
            answer = editor_client.post(split_address(ada), {"narrow": 1, **narrowed})
            assert [row[0].article.headline for row in answer.context["rows"]] == expected, narrowed

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"new-name": ""}, "This field is required"),
            ({"new-name": "Ada", "new-wikidata_id": "Q2"}, "Wikidata"),
            ({"new-name": "Ada", "article": []}, "Choose at least one article"),
            (
                {"new-name": "Ada", "article": ["x", "99"], "chosen": "y,,999", "page": "-1"},
                "Choose at least one article",
            ),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_lost(self, editor_client, data, said):
        make_person("Bo Lund", wikidata_id="Q2")
        ada = make_person("Ada Moreau")
        article = make_article(about=[ada])
        sent = {"article": [article.pk], "split": "Split", **data}
        page = editor_client.post(split_address(ada), sent).content.decode()
        assert said in page
        assert Person.objects.count() == 2

    def test_places_and_topics_split_within_their_parents(self, editor_client):
        egypt = make_place("Egypt", slug="egypt")
        town = make_place("Riverton", parent=egypt, kind="city", country_code="EG", geonames_id=7)
        article = make_article(about=[town])
        form = editor_client.get(split_address(town)).context["new"]
        written = {f"new-{name}": form[name].value() or "" for name in form.fields}
        assert (written["new-parent"], written["new-kind"], written["new-geonames_id"]) == ("egypt", "city", "")
        editor_client.post(split_address(town), {**written, "article": [article.pk], "split": "Split"})
        made = article.place_links.get(status="accepted").subject
        assert (made.parent, made.kind, made.pk != town.pk) == (egypt, "city", True)

    def test_query_count_does_not_grow_with_articles(self, editor_client, count_queries):
        ada = make_person("Ada Moreau", aliases=["A"])

        def fill(count):
            for number in range(count):
                about = [ada, make_person(f"Person {number}"), make_topic(f"topic {number}"), make_place()]
                make_article(about=about, source=make_source(f"Source {count} {number}"))

        fill(4)
        few = count_queries(lambda: editor_client.get(split_address(ada)))
        fill(20)
        assert count_queries(lambda: editor_client.get(split_address(ada))) == few


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count
