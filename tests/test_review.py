"""The review of suggested links: what a card shows, what is decided, what comes next, and taking it back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from articles.editing.decisions import decide_many
from articles.editing.passages import passages
from articles.editing.review_cards import build_cards
from articles.editing.reviewing import ReviewQueue
from articles.models import SUBJECT_KINDS, BulkEdit, Occasion, PersonLink, PlaceLink
from articles.search import ArticleQuery, search

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import Page, count_queries

pytestmark = pytest.mark.django_db
PERSON, PLACE = SUBJECT_KINDS["person"], SUBJECT_KINDS["place"]


def suggest(article, subject, **fields):
    return link(article, subject, status="suggested", **{"confidence": 0.5, **fields})


def address(page="", **parameters) -> str:
    name = f"admin:articles_review_{page}" if page else "admin:articles_review"
    return reverse(name, query=parameters or None)


def show(client, **parameters) -> Page:
    return Page(client.get(address(**parameters)))


def decide(client, *keys, accept=(), **parameters):
    return client.post(address("decide", **parameters), {"link": keys, "accept": accept}, follow=True)


def key(found) -> str:
    return f"{found._meta.model_name.removesuffix('link')}-{found.pk}"


def statuses(*links) -> list[str]:
    for each in links:
        each.refresh_from_db()
    return [each.status for each in links]


def quoted(card) -> list[str]:
    """The passages of a card, with the names in brackets."""
    return ["".join(f"[{part.text}]" if part.is_name else part.text for part in passage) for passage in card.passages]


@pytest.fixture
def editor(client):
    """May decide on links, and no more."""
    user = User.objects.create(username="editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__regex="^change_(person|place|topic)link$"))
    client.force_login(user)
    return user


class TestPassages:
    def spans(self, text, name):
        starts = [start for start in range(len(text)) if text.startswith(name, start)]
        return [(start, start + len(name)) for start in starts]

    def quoted(self, text, name="Moreau", most=2):
        found = passages(text, self.spans(text, name), most)
        return ["".join(part.text for part in passage) for passage in found]

    @pytest.mark.parametrize(
        ("text", "passage"),
        [
            ("It rained. Ada Moreau came. She left.", "Ada Moreau came."),
            ("It rained.\n\nAda Moreau came\n\nShe left.", "Ada Moreau came"),
            ("It rained. “Call Mr. Moreau!” he said. Nobody did.", "“Call Mr. Moreau!” he said."),
            ("昨日は雨だった。Moreau が来た。彼は去った。", "Moreau が来た。"),
            ("Moreau", "Moreau"),
        ],
    )
    def test_a_passage_is_the_sentence_around_the_name(self, text, passage):
        assert self.quoted(text) == [passage]

    def test_a_long_sentence_is_cut_at_words_and_says_so(self):
        (passage,) = self.quoted("word " * 200 + "Moreau " + "more " * 200)
        assert passage.startswith("… word ")
        assert passage.endswith(" more …")
        assert len(passage) < 500

    def test_names_close_together_share_a_passage(self):
        assert self.quoted("Ada Moreau came, and Moreau left.") == ["Ada Moreau came, and Moreau left."]

    def test_the_first_passages_are_shown(self):
        assert self.quoted("One Moreau here.\n\nTwo Moreau here.\n\nThree Moreau here.") == [
            "One Moreau here.",
            "Two Moreau here.",
        ]


class TestCard:
    def card(self, kind=PERSON, **filters):
        (card,) = build_cards(kind, ReviewQueue(kind, **filters).next_links(10))
        return card

    def test_a_card_quotes_the_sentence_it_rests_on(self):
        article = make_article("Talks", body="It rained.\n\nAda Moreau came. Then **Moreau** left.")
        suggest(article, make_person("Ada Moreau"))
        assert quoted(self.card()) == ["[Ada Moreau] came. Then [Moreau] left."]

    def test_another_name_is_found_without_accents(self):
        suggest(make_article(body="It was Adélaïde again."), make_person("Ada Moreau", aliases=["Adelaide"]))
        assert quoted(self.card()) == ["It was [Adélaïde] again."]

    def test_a_name_that_the_text_lacks_is_said_to_be_lacking(self, admin_client):
        suggest(make_article(body="Nobody came."), make_person("Ada Moreau"), origin="source")
        page = show(admin_client)
        assert "The text does not name it." in page.text
        assert "The source itself says so." in page.text

    def test_an_ambiguous_name_shows_all_that_it_may_mean(self):
        article = make_article(body="She flew to Georgia.")
        links = [suggest(article, make_place("Georgia", kind=kind)) for kind in ("country", "region")]
        links.append(suggest(article, make_person("Georgia")))
        card = self.card(PLACE)
        assert card.is_ambiguous
        assert {choice.key for choice in card.choices} == {key(each) for each in links}

    def test_namesakes_that_a_source_named_share_a_card_too(self):
        article = make_article(body="Nothing here.")
        for description in ("runner", "painter"):
            suggest(article, make_person("Ada Moreau", description=description), origin="source")
        assert [choice.facts.details for choice in self.card().choices] == ["painter", "runner"]

    def test_what_was_rejected_is_no_choice_any_more_and_what_was_accepted_is_named(self):
        article = make_article(body="She flew to Georgia.")
        suggest(article, make_place("Georgia", kind="country"))
        link(article, make_place("Georgia", kind="region"), status="rejected")
        link(article, make_person("Georgia"))
        card = self.card(PLACE)
        assert not card.is_ambiguous
        assert [str(subject) for subject in card.accepted] == ["Georgia"]

    def test_namesakes_are_told_apart_by_kind_country_whole_description_and_company(self):
        whole = make_place("United States", kind="country")
        georgia = make_place("Georgia", kind="region", country_code="US", parent=whole, description="Peaches.")
        bo = make_person("Bo Lund")
        for number in range(3):
            make_article(f"Harvest {number}", about=[georgia, bo])
        make_article("Rain", about=[georgia])
        suggest(make_article(body="Georgia again."), georgia)
        search(ArticleQuery())  # brings the index up to date
        facts = self.card(PLACE).choices[0].facts
        assert facts.details == "Region, US, part of United States – Peaches."
        assert facts.article_count == 4
        assert facts.companions == ("Bo Lund",)

    def test_the_number_of_queries_does_not_grow(self, admin_client):
        self.fill(2)
        few = count_queries(admin_client, address())
        self.fill(9)
        assert count_queries(admin_client, address()) == few

    def fill(self, count):
        for number in range(count):
            article = make_article(f"Tale {number}", body="Bo came.", source=make_source(f"Source {count} {number}"))
            about = [make_person("Bo", aliases=["B"]), make_place("Bo", parent=make_place("Whole")), make_topic("Bo")]
            for subject in about:
                suggest(article, subject)
            make_article(f"Another {number}", about=about)


class TestQueue:
    def subjects(self, limit=10, after=None, **filters):
        return [str(each.subject) for each in ReviewQueue(PERSON, **filters).next_links(limit, after)]

    @pytest.fixture
    def links(self):
        herald = make_source("Herald")
        sure = suggest(make_article("One", source=herald), make_person("Sure"), confidence=0.9)
        rare = suggest(make_article("Two"), make_person("Rare"), confidence=0.4)
        again = suggest(make_article("Three"), sure.subject, confidence=0.5)
        link(make_article("Four"), make_person("Accepted already"))
        return sure, rare, again

    def test_suggestions_come_in_the_order_that_was_chosen(self, links):
        assert self.subjects() == ["Sure", "Rare", "Sure"]
        assert self.subjects(order="confidence") == ["Sure", "Sure", "Rare"]
        assert self.subjects(order="subject") == ["Sure", "Sure", "Rare"]

    def test_the_order_says_what_is_new(self, editor, client):
        link(make_article(), make_person(), status="suggested")
        assert "Newest suggestions first" in show(client).text

    @pytest.mark.parametrize("order", ["newest", "confidence", "subject"])
    def test_one_after_another_are_all_of_them_each_once(self, order, links):
        for each in links:
            suggest(make_article(), each.subject, confidence=0.5)
        queue, seen, after = ReviewQueue(PERSON, order=order), [], None
        while found := queue.next_links(1, after):
            after = found[0].pk
            seen.append(after)
            # What was decided meanwhile still says where to go on.
            PersonLink.objects.filter(pk=after).update(status="rejected")
        assert len(seen) == len(set(seen)) == 6

    def test_filters_narrow(self, links):
        sure, rare, _ = links
        assert self.subjects(subject=sure.subject_id) == ["Sure", "Sure"]
        assert self.subjects(article=rare.article_id) == ["Rare"]
        assert self.subjects(source=sure.article.source_id) == ["Sure"]
        assert self.subjects(confidence=0.5, order="confidence") == ["Sure", "Sure"]
        assert self.subjects(name="rar") == ["Rare"]
        assert self.subjects(name="nobody") == []

    def test_what_no_index_answers_is_looked_for_among_the_newest(self, links, monkeypatch):
        from articles.editing import reviewing

        monkeypatch.setattr(reviewing, "CAP", 2)
        assert self.subjects(order="confidence") == ["Sure", "Rare"]
        end = ReviewQueue(PERSON, order="confidence").window_end()
        assert self.subjects(order="confidence", older_than=end) == ["Sure"]
        assert ReviewQueue(PERSON).window_end() is None

    def test_the_page_leads_to_the_older_ones(self, links, monkeypatch, admin_client):
        from articles.editing import reviewing

        monkeypatch.setattr(reviewing, "CAP", 2)
        page = show(admin_client, order="confidence")
        older = Page(admin_client.get(address() + page.link("Look through the older ones")))
        assert "One" in older.links
        assert "Two" not in older.links


class TestDeciding:
    @pytest.fixture
    def links(self):
        article = make_article(body="She flew to Georgia.")
        return [suggest(article, make_place("Georgia", kind=kind)) for kind in ("country", "region")]

    def test_accepting_is_a_persons_decision_on_an_occasion(self, editor, client):
        found = suggest(make_article("Talks"), make_person("Ada Moreau"))
        page = decide(client, key(found), accept=key(found))
        found.refresh_from_db()
        assert (found.status, found.decided_by, found.is_decided) == ("accepted", editor, True)
        occasion = Occasion.objects.get()
        assert (occasion.what, occasion.user) == ("Accepted: Talks → Ada Moreau", editor)
        assert "Accepted: Talks → Ada Moreau" in Page(page).text

    def test_rejecting_stays_rejected_for_machines(self, editor, client):
        found = suggest(make_article(), make_person())
        decide(client, key(found))
        assert statuses(found) == ["rejected"]
        assert PersonLink.objects.open_to_machines().count() == 0

    def test_accepting_one_meaning_rejects_the_others_and_one_undo_brings_all_back(self, editor, client, links):
        decide(client, *map(key, links), accept=key(links[1]))
        assert statuses(*links) == ["rejected", "accepted"]
        client.post(address("undo"), {"occasion": Occasion.objects.get().pk})
        assert statuses(*links) == ["suggested", "suggested"]
        assert not links[1].is_decided

    def test_what_somebody_else_decided_meanwhile_is_told_and_left(self, editor, client, links):
        PlaceLink.objects.filter(pk=links[0].pk).update(status="accepted", decided_by=editor)
        page = decide(client, *map(key, links), accept=key(links[1]))
        assert "Accepted by editor meanwhile" in Page(page).text
        assert statuses(*links) == ["accepted", "suggested"]
        assert "not there any more" in Page(decide(client, "place-12345")).text

    def test_the_script_gets_short_answers(self, editor, client, links):
        data = {"link": [key(links[0])], "accept": [key(links[0])]}
        answer = client.post(address("decide"), data, headers={"Accept": "application/json"})
        assert answer.json() == {"said": "Accepted: A quiet day → Georgia", "occasion": Occasion.objects.get().pk}
        again = client.post(address("decide"), data, headers={"Accept": "application/json"})
        assert again.status_code == 409
        assert "meanwhile" in again.json()["problem"]
        undo = {"occasion": answer.json()["occasion"]}
        taken_back = client.post(address("undo"), undo, headers={"Accept": "application/json"})
        assert taken_back.json()["said"].startswith("Taken back")
        assert client.post(address("undo"), undo, headers={"Accept": "application/json"}).status_code == 409

    def test_selected_suggestions_are_decided_on_one_occasion(self, editor, client):
        links = [suggest(make_article(), make_person(f"Person {number}")) for number in range(3)]
        data = {"link": [key(each) for each in links[:2]], "status": "rejected"}
        page = Page(client.post(address("decide_selected"), data, follow=True))
        assert "2 suggestions were rejected." in page.text
        assert statuses(*links) == ["rejected", "rejected", "suggested"]
        assert "Rejected: 2 links" in page.text
        client.post(address("undo"), {"occasion": Occasion.objects.get().pk})
        assert statuses(*links) == ["suggested"] * 3

    def test_selecting_nothing_is_told(self, editor, client):
        page = client.post(address("decide_selected"), {"status": "rejected"}, follow=True)
        assert "select some suggestions first" in Page(page).text

    def test_all_about_somebody_from_a_confidence_on_are_decided_at_once(self, editor, client):
        ada, bo = make_person("Ada"), make_person("Bo")
        sure, unsure = suggest(make_article(), ada, confidence=0.9), suggest(make_article(), ada, confidence=0.3)
        other = suggest(make_article(), bo, confidence=0.9)
        where = {"kind": "person", "subject": ada.pk, "confidence": 0.75}
        client.post(address("decide_all", **where), {"status": "accepted"})
        assert statuses(sure, unsure, other) == ["accepted", "suggested", "suggested"]

    def test_all_of_everything_is_refused(self, editor, client):
        found = suggest(make_article(), make_person(), confidence=0.9)
        page = client.post(address("decide_all", kind="person"), {"status": "accepted"}, follow=True)
        assert "choose first whom" in Page(page).text
        assert statuses(found) == ["suggested"]

    def test_the_page_comes_back_with_the_filters_it_had(self, editor, client, links):
        response = client.post(address("decide", kind="place", order="confidence"), {"link": key(links[0])})
        assert response.url == address(kind="place", order="confidence")

    @pytest.mark.parametrize("sent", [{"link": "nobody-1"}, {"link": "person-x"}, {"link": "person-" + "9" * 30}])
    def test_a_request_that_makes_no_sense_is_refused(self, editor, client, sent):
        assert client.post(address("decide"), sent).status_code == 400

    def test_naming_nothing_or_another_one_decides_nothing(self, editor, client, links):
        for sent in ({}, {"link": key(links[0]), "accept": key(links[1])}):
            page = client.post(address("decide"), sent, follow=True)
            assert "Nothing was decided" in Page(page).text
        assert statuses(*links) == ["suggested", "suggested"]


class TestUndo:
    def test_last_decisions_are_listed_and_taken_back_after_a_reload(self, editor, client):
        found = suggest(make_article("Talks"), make_person("Ada Moreau"))
        decide(client, key(found), accept=key(found))
        page = show(client)
        assert page.html.count("data-undo-last") == 1
        client.post(address("undo"), {"occasion": Occasion.objects.get().pk})
        page = show(client)
        assert "taken back" in page.text
        assert page.html.count("data-undo-last") == 0

    def test_only_ones_own_decisions_are_taken_back_here(self, editor, client, admin_user):
        from articles.editing.decisions import decide_suggestions
        from articles.history import occasion

        found = suggest(make_article(), make_person())
        theirs = decide_suggestions([("person", found.pk)], [], admin_user)
        with occasion("A headline corrected", editor) as other:
            make_article("New")
        for done in (theirs.pk, other.pk, 12345, "x"):
            page = client.post(address("undo"), {"occasion": done}, follow=True)
            assert "Nothing was taken back" in Page(page).text
        assert statuses(found) == ["accepted"]

    def test_a_bulk_edit_is_taken_back_on_a_page_of_its_own(self, editor, client):
        found = suggest(make_article(), make_person("Ada Moreau"))
        decide_many([PersonLink.objects.suggested()], "accepted", editor)
        done = Occasion.objects.get()
        BulkEdit.objects.create(what="add", asked_by=editor, occasion=done)
        assert show(client).html.count("data-undo-last") == 0
        page = client.post(address("undo"), {"occasion": done.pk}, follow=True)
        assert "Nothing was taken back" in Page(page).text
        assert statuses(found) == ["accepted"]

    def test_a_decision_that_was_changed_since_stays_and_is_named(self, editor, client):
        found = suggest(make_article(), make_person("Ada"))
        decide(client, key(found), accept=key(found))
        PersonLink.objects.update(status="rejected")
        page = client.post(address("undo"), {"occasion": Occasion.objects.get().pk}, follow=True)
        assert "changed since" in Page(page).text


class TestPage:
    def test_only_who_may_change_links_gets_in(self, client):
        user = User.objects.create(username="reader", is_staff=True)
        client.force_login(user)
        assert client.get(address()).status_code == 403
        user.user_permissions.add(Permission.objects.get(codename="change_placelink"))
        found = suggest(make_article(), make_person())
        page = show(client)
        assert "People" not in page.text.split("Which suggestions")[0].split("Review of suggested links")[-1]
        assert client.post(address("decide"), {"link": key(found)}).status_code == 403
        assert client.get(address(kind="person")).status_code == 200
        assert "Select a valid choice" in show(client, kind="person").text

    def test_each_kind_has_its_count(self, editor, client):
        article = make_article()
        suggest(article, make_person())
        for number in range(2):
            suggest(article, make_topic(f"topic {number}"))
        page = show(client)
        assert {"People 1", "Places 0", "Topics 2"} <= set(page.links)

    def test_an_empty_queue_tells_finished_from_filtered(self, editor, client):
        assert "Nothing waits to be reviewed." in show(client).text
        page = show(client, name="nobody")
        assert "Nothing is left here." in page.text
        assert "From the beginning, without filters" in page.links

    @pytest.mark.parametrize(
        "parameters",
        ["kind=x", "subject=x", "subject=1", "kind=person&article=-1", "source=x", "source=99999999999999999999",
         "confidence=2", "order=x", "after=x", "kind=person&subject=99999999999999999999", "older_than=²"],
    )  # fmt: skip
    def test_a_bad_address_gives_a_message_and_no_suggestions(self, editor, client, parameters):
        suggest(make_article("Talks"), make_person())
        response = client.get(f"{address()}?{parameters}")
        page = Page(response)
        assert page.status == 200
        assert "errornote" in page.html or "errorlist" in page.html
        assert "Talks" not in page.links

    def test_skipping_goes_on_with_the_next_ones(self, editor, client):
        for number in range(12):
            suggest(make_article(f"Story {number}"), make_person(f"Person {number}"))
        page = show(client)
        assert [text for text in page.links if text.startswith("Story")] == [f"Story {n}" for n in range(11, 1, -1)]
        rest = Page(client.get(address() + page.link("Skip these and go on")))
        assert [text for text in rest.links if text.startswith("Story")] == ["Story 1", "Story 0"]
        second = Page(client.get(address() + page.links["Skip"]))
        assert next(text for text in second.links if text.startswith("Story")) == "Story 10"

    def test_the_script_gets_the_next_cards_alone(self, editor, client):
        suggest(make_article("Talks"), make_person())
        page = Page(client.get(address(), headers={"X-Requested-With": "fetch"}))
        assert "<html" not in page.html
        assert "Talks" in page.links

    def test_all_on_the_page_are_selected_without_a_script(self, editor, client):
        suggest(make_article("Talks"), make_person())
        page = show(client)
        selected = Page(client.get(address() + page.link("Select all on this page")))
        assert " checked>" in selected.html.split("review-cards")[1]

    def test_the_table_of_links_leads_to_the_review_of_its_kind(self, admin_client):
        page = Page(admin_client.get(reverse("admin:articles_placelink_changelist")))
        assert page.links["Review one by one"] == address(kind="place")

    def test_an_article_that_is_not_public_says_what_it_is(self, editor, client):
        suggest(make_article("Talks", status="draft"), make_person())
        assert "21 March 2024 · Draft" in show(client).text

    def test_names_are_escaped(self, editor, client):
        evil = "<script>alert('x')</script>"
        suggest(make_article(evil, body=f"So {evil} came."), make_person(evil, description=evil))
        assert "<script>alert" not in show(client).html
