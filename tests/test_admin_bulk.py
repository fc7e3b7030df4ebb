"""Changing and exporting many articles in the admin: from the list, with a preview, and back."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles import background
from articles.admin import bulk_work
from articles.history import take_back
from articles.models import Article, BulkEdit, Occasion, TopicLink

from .factories import link, make_article, make_person, make_source, make_topic
from .pages import Page, count_queries
from .test_admin_editing import ARTICLES, act

pytestmark = pytest.mark.django_db
NEW, EXPORT, LIST = "/admin/articles/bulk/new/", "/admin/articles/bulk/export/", "/admin/articles/bulk/"


def user_in(role: str) -> User:
    user = User.objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def editor_client(client):
    """Not a superuser: what a role allows must be enough."""
    client.force_login(user_in("Editor"))
    return client


@pytest.fixture
def in_the_background(monkeypatch):
    """Everything is too much to be done at once."""
    monkeypatch.setattr(bulk_work, "SMALL", -1)
    monkeypatch.setattr(background.subprocess, "Popen", lambda command, **options: None)


def everything(**more) -> dict:
    return {"filter": "", **more}


def text_of(response) -> str:
    return Page(response).text


def do(client, **data):
    """The page after “Do it”."""
    return client.post(NEW, data, follow=True)


def stream(response) -> str:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


class TestTheWayThere:
    def test_chosen_articles_go_along_from_the_list(self, editor_client):
        first, second, _third = (make_article(f"Story {number}") for number in range(3))
        page = act(editor_client, ARTICLES, "bulk_add", first, second)
        assert page.redirect_chain[0][0] == f"{NEW}?what=add&ids={first.pk}%2C{second.pk}"
        assert "2 articles are chosen." in text_of(page)

    def test_all_that_the_list_shows_goes_along_by_its_filter(self, editor_client):
        for status in ("draft", "draft", "published"):
            make_article(status=status)
        page = Page(editor_client.get(f"{ARTICLES}?status__exact=draft&o=1&p=1"))
        address = page.link("Change all 2 articles this list shows")
        assert address == f"{NEW}?filter=status__exact%3Ddraft"
        page = Page(editor_client.get(address))
        assert "2 articles are chosen." in page.text
        assert {"Set the status…", "Set the source…", "Link to a person, place or topic…"} <= page.links.keys()

    def test_select_all_takes_everything_the_list_shows_however_much(self, editor_client, monkeypatch):
        monkeypatch.setattr("articles.admin.base.CappedPaginator.CAP", 2)
        articles = [make_article(f"Story {number}") for number in range(4)]
        data = {"action": "bulk_status", "_selected_action": [articles[0].pk], "select_across": "1", "index": "0"}
        page = editor_client.post(f"{ARTICLES}?status__exact=published", data, follow=True)
        assert page.redirect_chain[0][0] == f"{NEW}?what=status&filter=status__exact%3Dpublished"
        assert "4 articles are chosen." in text_of(page)

    def test_without_articles_the_way_leads_back_to_the_list(self, editor_client):
        page = editor_client.get(NEW, follow=True)
        assert page.redirect_chain[0][0] == ARTICLES
        assert "Choose articles first." in text_of(page)

    def test_a_filter_that_is_not_known_changes_nothing(self, editor_client):
        make_article()
        page = do(editor_client, filter="decade=never", what="status", status="draft")
        assert "A filter of this list is not known." in text_of(page)
        assert not BulkEdit.objects.exists()


class TestPreview:
    def test_it_says_how_many_would_change_which_and_why_others_stay(self, editor_client):
        floods = make_topic("floods")
        for number in range(3):
            make_article(f"Story {number}")
        make_article("Linked", about=[floods])
        link(make_article("Refused"), floods, status="rejected")
        page = text_of(editor_client.get(NEW, everything(what="add", topic="floods")))
        assert "3 articles would change , 2 stay as they are" in page
        assert "1: linked already" in page
        assert "1: somebody has rejected this link" in page
        assert "Also the article where somebody has rejected this link" in page
        assert "Story 2 March 21, 2024 will be linked" in page
        assert TopicLink.objects.count() == 2

    @pytest.mark.parametrize(
        ("asked", "aim"),
        [
            ({"what": "add", "topic": "voters"}, "Link to “election” — topic, part of politics – How a people chooses"),
            ({"what": "remove", "topic": "voters"}, "Remove “election” — topic, part of politics"),
            ({"what": "status", "status": "draft"}, "Set to “Draft”"),
            ({"what": "source", "source": "the daily test"}, "Set the source to “The Daily Test”"),
        ],
        ids=lambda asked: asked["what"] if isinstance(asked, dict) else "",
    )
    def test_it_says_to_what_articles_would_be_linked_or_set(self, editor_client, asked, aim):
        politics = make_topic("politics")
        election = make_topic("election", parent=politics, description="How a people chooses", aliases=["voters"])
        make_article(about=[election] if asked["what"] == "remove" else ())
        make_source("The Daily Test")
        answer = editor_client.get(NEW, everything(**asked))
        assert f"What would change {aim}" in text_of(answer)
        assert f'value="Do it: {aim.partition(" — ")[0]}"' in answer.content.decode()

    def test_namesakes_are_told_apart(self, editor_client):
        make_article()
        make_person("Ada Moreau", description="runner")
        minister = make_person("Ada Moreau", description="minister")
        page = text_of(editor_client.get(NEW, everything(what="add", person="Ada Moreau")))
        assert "Several are called “Ada Moreau”" in page
        answer = editor_client.get(NEW, everything(what="add", **{"person": "Ada M", "person-chosen": minister.pk}))
        assert answer.context["answers"] == {"person": minister.slug}

    def test_one_subject_is_wanted_and_no_more(self, editor_client):
        make_article()
        make_person("Ada")
        make_topic("floods")
        page = text_of(editor_client.get(NEW, everything(what="add", person="Ada", topic="floods")))
        assert "Fill in one of these lines." in page

    def test_a_source_or_none_is_named(self, editor_client):
        make_article(source=make_source("Wire"))
        page = text_of(editor_client.get(NEW, everything(what="source", source="", no_source="")))
        assert "Name a source, or choose “No source”." in page
        assert "Wire → none" in text_of(editor_client.get(NEW, everything(what="source", no_source="on")))

    def test_its_queries_do_not_grow_with_the_articles(self, editor_client):
        make_topic("floods")
        make_article()
        address = f"{NEW}?what=add&filter=&topic=floods"
        few = count_queries(editor_client, address)
        for number in range(25):
            make_article(f"Story {number}")
        assert count_queries(editor_client, address) == few


class TestDoing:
    def test_few_are_done_at_once_and_can_be_undone(self, editor_client):
        make_topic("floods")
        articles = [make_article(f"Story {number}") for number in range(3)]
        page = do(editor_client, ids=f"{articles[0].pk},{articles[2].pk}", what="add", topic="floods", why="An order")
        text = text_of(page)
        for said in ("Linked to “floods”", "Finished", "2 articles were changed.", "editor", "An order"):
            assert said in text
        assert set(TopicLink.objects.values_list("article__headline", flat=True)) == {"Story 0", "Story 2"}
        edit = BulkEdit.objects.get()
        page = editor_client.post(reverse("admin:articles_bulk_undo", args=[edit.pk]), {"why": "A slip"}, follow=True)
        assert "Undone" in text_of(page)
        assert not TopicLink.objects.exists()
        assert Occasion.objects.latest("pk").why == "A slip"

    def test_words_and_filters_of_the_list_hold(self, editor_client):
        for number in range(4):
            make_article(f"Flood {number}", status=("draft", "published")[number % 2])
        make_article("Drought", status="draft")
        make_topic("floods")
        do(editor_client, filter="q=flood&status__exact=draft", what="add", topic="floods")
        found = TopicLink.objects.order_by("article").values_list("article__headline", flat=True)
        assert list(found) == ["Flood 0", "Flood 2"]

    def test_more_is_found_by_words_than_the_list_shows(self, editor_client, monkeypatch):
        monkeypatch.setattr("articles.admin.search.SEARCH_LIMIT", 2)
        for number in range(5):
            make_article(f"Flood {number}")
        address = Page(editor_client.get(f"{ARTICLES}?q=flood")).link("Change all that this list shows")
        assert "5 articles are chosen." in text_of(editor_client.get(address))

    def test_what_came_after_the_question_is_not_touched(self, editor_client):
        asked_for = make_article()
        make_topic("floods")
        last = editor_client.get(NEW, everything(what="add", topic="floods")).context["kept"]["last"]
        make_article("Later")
        do(editor_client, **everything(what="add", topic="floods", last=last))
        assert TopicLink.objects.get().article == asked_for

    def test_a_rejection_is_overruled_only_where_it_was_ticked(self, editor_client):
        link(make_article(), make_topic("floods"), status="rejected")
        do(editor_client, **everything(what="add", topic="floods"))
        assert TopicLink.objects.get().status == "rejected"
        do(editor_client, **everything(what="add", topic="floods", overrule="on"))
        assert TopicLink.objects.get().status == "accepted"

    def test_nothing_is_done_by_looking(self, editor_client):
        make_article()
        make_topic("floods")
        editor_client.get(NEW, everything(what="add", topic="floods", overrule="on", why="x"))
        assert not BulkEdit.objects.exists()
        edit = BulkEdit.objects.create(what="status", values={"status": "draft"}, articles={"ids": [1]})
        for name in ("stop", "continue", "undo"):
            assert editor_client.get(reverse(f"admin:articles_bulk_{name}", args=[edit.pk])).status_code == 405


class TestInTheBackground:
    def test_it_waits_is_done_and_is_taken_back_by_the_worker(self, editor_client, in_the_background):
        articles = [make_article(f"Story {number}", status="draft") for number in range(3)]
        page = do(editor_client, **everything(what="status", status="published"))
        assert "Waiting" in text_of(page)
        edit = BulkEdit.objects.get()
        assert DBTaskResult.objects.count() == 1
        bulk_work.work_on_bulk_edit.func(edit.pk)
        assert Article.objects.published().count() == len(articles)
        page = editor_client.post(reverse("admin:articles_bulk_undo", args=[edit.pk]), follow=True)
        assert "Being undone" in text_of(page)
        bulk_work.work_on_bulk_edit.func(edit.pk)
        assert "Undone" in text_of(editor_client.get(reverse("admin:articles_bulk_edit", args=[edit.pk])))
        assert not Article.objects.published().exists()

    @pytest.mark.django_db(transaction=True)
    def test_the_command_of_the_worker_does_it(self, editor_client, in_the_background):
        make_article()
        make_topic("floods")
        call_command("renew_roles")
        do(editor_client, **everything(what="add", topic="floods"))
        call_command("work_off_tasks")
        assert BulkEdit.objects.get().state == "finished"
        assert TopicLink.objects.count() == 1

    def test_the_page_shows_how_far_it_is_and_stops_it(self, editor_client, in_the_background):
        for number in range(3):
            make_article(f"Story {number}", status="draft")
        do(editor_client, **everything(what="status", status="published"))
        edit = BulkEdit.objects.get()
        BulkEdit.objects.update(state="running", done=1200, total=3000)
        answer = editor_client.get(reverse("admin:articles_bulk_progress", args=[edit.pk])).json()
        assert (answer["text"], answer["done"], answer["is_going_on"]) == ("1,200 of 3,000", 1200, True)
        page = editor_client.post(reverse("admin:articles_bulk_stop", args=[edit.pk]), follow=True)
        assert "Being stopped" in text_of(page)
        page = Page(editor_client.get(reverse("admin:articles_bulk_edit", args=[edit.pk])))
        assert "loads itself again" in page.text
        assert page.link("Leave it still") == "?still"

    def test_killed_work_is_told_and_goes_on(self, editor_client, in_the_background):
        make_article(status="draft")
        do(editor_client, **everything(what="status", status="published"))
        edit = BulkEdit.objects.get()
        BulkEdit.objects.update(state="running", active_at="2024-01-01T00:00Z")
        page = text_of(editor_client.get(reverse("admin:articles_bulk_edit", args=[edit.pk])))
        assert "Broken off: its process has ended" in page
        assert "Go on" in page
        editor_client.post(reverse("admin:articles_bulk_continue", args=[edit.pk]))
        bulk_work.work_on_bulk_edit.func(edit.pk)
        assert Article.objects.published().count() == 1

    def test_what_waits_behind_a_long_import_says_so_and_is_not_asked_for_twice(self, editor_client, in_the_background):
        make_article(status="draft")
        do(editor_client, **everything(what="status", status="published"))
        BulkEdit.objects.update(active_at="2024-01-01T00:00Z")
        address = reverse("admin:articles_bulk_edit", args=[BulkEdit.objects.get().pk])
        page = text_of(editor_client.get(address))
        assert "Waiting for its turn" in page
        assert "Go on" not in page
        assert "Stop" in page

    def test_who_lost_the_role_meanwhile_changes_nothing(self, editor_client, in_the_background):
        make_article(status="draft")
        do(editor_client, **everything(what="status", status="published"))
        User.objects.get(username="editor").groups.clear()
        edit = BulkEdit.objects.get()
        bulk_work.work_on_bulk_edit.func(edit.pk)
        edit.refresh_from_db()
        assert (edit.state, edit.said) == ("failed", "Whoever asked for this may not do it any more.")
        assert not Article.objects.published().exists()


class TestTheList:
    def test_it_says_what_by_whom_how_many_and_leads_back(self, editor_client):
        make_article(status="draft")
        do(editor_client, **everything(what="status", status="review", why="An order"))
        page = Page(editor_client.get(Page(editor_client.get(ARTICLES)).link("Bulk edits")))
        for said in ("Set to “To be reviewed”", "editor", "Finished", "An order", "Undo"):
            assert said in page.text

    def test_its_queries_do_not_grow_with_its_rows(self, editor_client):
        def add(status: str) -> None:
            do(editor_client, **everything(what="status", status=status))

        make_article(status="draft")
        add("review")
        take_back(Occasion.objects.get())
        few = count_queries(editor_client, LIST)
        for _time in range(3):
            add("review")
            add("draft")
        assert count_queries(editor_client, LIST) == few

    def test_the_history_leads_to_the_page_that_takes_it_back(self, editor_client):
        make_article(status="draft")
        do(editor_client, **everything(what="status", status="review"))
        edit = BulkEdit.objects.get()
        address = reverse("admin:articles_occasion_take_back", args=[edit.occasion_id])
        assert editor_client.get(address).headers["Location"] == reverse("admin:articles_bulk_edit", args=[edit.pk])

    def test_what_stays_after_an_undo_is_named(self, editor_client):
        kept, _other = make_article("Kept", status="draft"), make_article("Other", status="draft")
        do(editor_client, **everything(what="status", status="review"))
        Article.objects.filter(pk=kept.pk).update(status="published")
        address = reverse("admin:articles_bulk_undo", args=[BulkEdit.objects.get().pk])
        page = text_of(editor_client.post(address, follow=True))
        assert "What stays as it is" in page
        assert "Kept: status changed since." in page


class TestPermissions:
    @pytest.mark.parametrize("role", ["Contributor", "Viewer"])
    def test_who_may_not_publish_changes_nothing_in_bulk(self, client, role):
        client.force_login(user_in(role))
        article = make_article(status="draft")
        edit = BulkEdit.objects.create(what="status", values={"status": "draft"}, articles={"ids": [article.pk]})
        assert client.get(NEW, everything(what="status")).status_code == 403
        assert client.post(NEW, everything(what="status", status="published")).status_code == 403
        assert client.get(LIST).status_code == 403
        for name in ("stop", "continue", "undo"):
            assert client.post(reverse(f"admin:articles_bulk_{name}", args=[edit.pk])).status_code == 403
        page = client.get(ARTICLES).content.decode()
        assert "Change all" not in page
        assert "bulk_status" not in page
        article.refresh_from_db()
        assert article.status == "draft"

    def test_whoever_may_not_change_links_of_a_kind_is_not_asked_for_it(self, client):
        user = user_in("Editor")
        group = user.groups.get()
        group.permissions.remove(*group.permissions.filter(codename__endswith="personlink"))
        client.force_login(user)
        make_article()
        make_person("Ada")
        assert list(client.get(NEW, everything(what="add")).context["form"].fields) == ["place", "topic"]
        do(client, **everything(what="add", person="Ada"))
        assert not BulkEdit.objects.exists()


class TestExport:
    def test_chosen_articles_are_exported_in_each_format(self, editor_client):
        first, second = make_article("First"), make_article("Second", about=[make_topic("floods")])
        make_article("Third")
        page = act(editor_client, ARTICLES, "export", first, second)
        assert "2 articles are chosen." in text_of(page)
        chosen = {"ids": f"{first.pk},{second.pk}"}
        table = stream(editor_client.get(EXPORT, {**chosen, "format": "csv"}))
        rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
        assert [(row["headline"], row["topics"]) for row in rows] == [("First", ""), ("Second", "floods")]
        lines = stream(editor_client.get(EXPORT, {**chosen, "format": "jsonl"})).splitlines()
        assert [json.loads(line)["headline"] for line in lines] == ["First", "Second"]
        items = json.loads(stream(editor_client.get(EXPORT, {**chosen, "format": "ninjs"})))
        assert [item["pubStatus"] for item in items] == ["usable", "usable"]

    def test_what_is_not_published_comes_only_where_it_was_asked_for(self, editor_client):
        for status in ("published", "draft", "withdrawn"):
            make_article(status, status=status)
        assert "2 of these articles are not published" in text_of(editor_client.get(EXPORT, everything()))
        lines = stream(editor_client.get(EXPORT, everything(format="jsonl"))).splitlines()
        assert [json.loads(line)["headline"] for line in lines] == ["published"]
        asked = everything(format="jsonl", unpublished="on")
        lines = map(json.loads, stream(editor_client.get(EXPORT, asked)).splitlines())
        assert [line["status"] for line in lines] == ["published", "draft", "withdrawn"]
        table = stream(editor_client.get(EXPORT, {**asked, "format": "csv"}))
        assert [row["status"] for row in csv.DictReader(io.StringIO(table))] == ["published", "draft", "withdrawn"]
        items = json.loads(stream(editor_client.get(EXPORT, {**asked, "format": "ninjs"})))
        assert [item["pubStatus"] for item in items] == ["usable", "withheld", "canceled"]

    def test_contributors_export_their_own_only(self, client):
        client.force_login(user_in("Contributor"))
        make_article("Somebody else's", status="draft")
        client.post(f"{ARTICLES}add/", {"headline": "Mine", **empty_links()})
        asked = everything(format="jsonl", unpublished="on")
        lines = stream(client.get(EXPORT, asked)).splitlines()
        assert [json.loads(line)["headline"] for line in lines] == ["Mine"]

    def test_who_may_not_see_articles_gets_none(self, client):
        client.force_login(User.objects.create_user("nobody", is_staff=True))
        assert client.get(EXPORT, everything(format="csv")).status_code == 403


def empty_links() -> dict:
    kinds = ("person", "place", "topic")
    return {f"{kind}_links-{name}": 0 for kind in kinds for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
