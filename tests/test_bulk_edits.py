"""Changes of many articles: they do what a person would do by hand, in portions that can be stopped and taken back."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editing import bulk_edits, bulk_preview
from articles.editing.bulk_changes import change_of
from articles.editing.bulk_edits import carry_out
from articles.editing.bulk_preview import preview
from articles.editing.bulk_states import go_on, is_dead, stop
from articles.editing.bulk_undo import ask_for_undo, go_on_undoing, is_undone, take_back_bulk_edit
from articles.editing.decisions import decide_links
from articles.editing.selections import ChosenArticles, FoundArticles, MatchedArticles, newest_id
from articles.history import long_undo, take_back
from articles.models import Article, BulkEdit, Change, Occasion, TopicLink, Upload
from articles.search import ArticleQuery, search

from .factories import link, make_article, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_superuser("editor")


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(bulk_edits, "PORTION", 2)
    monkeypatch.setattr(long_undo, "LONGEST_RUN", 2)


def make_articles(count: int, **fields) -> list[Article]:
    return [make_article(f"Story {number}", **fields) for number in range(count)]


def all_articles() -> MatchedArticles:
    return MatchedArticles(Article.objects.all(), newest_id())


def make_edit(editor, what="add", **values) -> BulkEdit:
    return BulkEdit.objects.create(what=what, values=values, asked_by=editor, why="an order")


def tag(editor, topic, articles=None, **values) -> BulkEdit:
    edit = make_edit(editor, kind="topic", subject=topic.pk, **values)
    carry_out(edit, articles or all_articles())
    return edit


def undo(edit, editor) -> None:
    assert ask_for_undo(edit, editor)
    take_back_bulk_edit(edit)


def state_of_articles() -> list:
    articles = Article.objects.order_by("pk").values_list("pk", "status", "source", "edited_fields")
    links = TopicLink.objects.order_by("article").values_list("article", "subject", "status", "origin", "decided_by")
    return [*articles, *links]


class TestLinking:
    def test_what_is_linked_is_the_editors_decision(self, editor):
        article, floods = make_article(), make_topic("floods")
        edit = tag(editor, floods)
        made = TopicLink.objects.get()
        assert (made.article, made.subject, made.status, made.origin) == (article, floods, "accepted", "editor")
        assert (made.decided_by, made.is_decided) == (editor, True)
        assert made.decided_at is not None
        assert (edit.state, edit.done, edit.total, edit.changed) == ("finished", 1, 1, 1)

    def test_suggestions_are_accepted_links_stay_and_rejections_of_people_hold(self, editor):
        floods = make_topic("floods")
        suggested, linked, rejected = make_articles(3)
        link(suggested, floods, status="suggested")
        link(linked, floods)
        decide_links([link(rejected, floods)], "rejected", editor)
        edit = tag(editor, floods)
        found = dict(TopicLink.objects.values_list("article__headline", "status"))
        assert found == {"Story 0": "accepted", "Story 1": "accepted", "Story 2": "rejected"}
        assert TopicLink.objects.get(article=linked).decided_by is None
        assert (edit.done, edit.changed) == (3, 1)

    def test_rejections_are_overruled_where_that_is_asked_for(self, editor):
        floods, article = make_topic("floods"), make_article()
        decide_links([link(article, floods)], "rejected", editor)
        assert tag(editor, floods, overrule=True).changed == 1
        assert TopicLink.objects.get().status == "accepted"

    def test_a_machines_link_is_rejected_and_a_persons_is_deleted(self, editor):
        floods = make_topic("floods")
        by_machine, by_person, _without = make_articles(3)
        link(by_machine, floods)
        link(by_person, floods, origin="editor")
        edit = make_edit(editor, "remove", kind="topic", subject=floods.pk)
        carry_out(edit, all_articles())
        left = TopicLink.objects.get()
        assert (left.article, left.status, left.decided_by) == (by_machine, "rejected", editor)
        assert edit.changed == 2

    def test_a_subject_that_is_gone_fails_with_a_sentence(self, editor):
        make_article()
        edit = make_edit(editor, kind="topic", subject=12345)
        carry_out(edit, all_articles())
        assert edit.state == "failed"
        assert "not in the archive any more" in edit.said


class TestFields:
    def test_only_those_articles_are_published_from_which_a_step_leads_there(self, editor):
        for status in ("draft", "review", "published", "withdrawn"):
            make_article(status, status=status)
        edit = make_edit(editor, "status", status="review")
        carry_out(edit, all_articles())
        found = dict(Article.objects.values_list("headline", "status"))
        assert found == {"draft": "review", "review": "review", "published": "published", "withdrawn": "withdrawn"}
        assert edit.changed == 1
        assert Article.objects.get(headline="draft").edited_fields == ["status"]

    def test_a_source_is_set_and_no_import_takes_it_back(self, editor):
        wire = make_source("Wire")
        _first, second = make_articles(2)
        Article.objects.filter(pk=second.pk).update(edited_fields=["headline"])
        edit = make_edit(editor, "source", source=wire.pk)
        carry_out(edit, all_articles())
        assert set(Article.objects.values_list("source__name", flat=True)) == {"Wire"}
        edited = list(Article.objects.order_by("pk").values_list("edited_fields", flat=True))
        assert edited == [["source"], ["headline", "source"]]
        carry_out(make_edit(editor, "source", source=None), all_articles())
        assert not Article.objects.exclude(source=None).exists()


class TestPreview:
    def test_it_says_what_would_change_and_why_the_rest_stays(self, editor):
        floods = make_topic("floods")
        _new, suggested, linked, rejected = make_articles(4)
        link(suggested, floods, status="suggested")
        link(linked, floods)
        link(rejected, floods, status="rejected")
        found = preview(all_articles(), change_of("add", {"kind": "topic", "subject": floods.pk}))
        assert (found.total, found.changing, found.staying, found.rejected, found.is_all) == (4, 2, 2, 1, True)
        labels = {str(verdict.label): number for verdict, number in found.verdicts}
        assert labels["linked already"] == 1
        assert [(article.headline, str(verdict.label)) for article, verdict in found.examples] == [
            ("Story 1", "suggested: will be accepted"),
            ("Story 0", "will be linked"),
        ]
        assert TopicLink.objects.count() == 3

    def test_the_work_does_what_the_preview_said(self, editor):
        floods = make_topic("floods")
        for number, article in enumerate(make_articles(9)):
            if number % 3:
                link(article, floods, status=("suggested", "accepted")[number % 2])
        said = preview(all_articles(), change_of("add", {"kind": "topic", "subject": floods.pk}))
        assert tag(editor, floods).changed == said.changing

    def test_of_very_many_it_looks_at_the_newest(self, editor, monkeypatch):
        monkeypatch.setattr(bulk_preview, "LOOKED_AT", 3)
        make_articles(5)
        found = preview(all_articles(), change_of("status", {"status": "draft"}))
        assert (found.total, found.changing, found.is_all) == (3, 3, False)
        assert found.examples[0][0].headline == "Story 4"

    def test_its_queries_do_not_grow_with_the_articles(self, editor):
        change = change_of("add", {"kind": "topic", "subject": make_topic().pk})

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                preview(all_articles(), change)
            return len(queries)

        make_articles(2)
        few = count()
        make_articles(30)
        assert count() == few


class TestSelections:
    def test_what_comes_later_is_not_touched(self, editor):
        make_articles(2)
        selection = all_articles()
        make_article("Later")
        assert tag(editor, make_topic(), selection).changed == 2

    def test_articles_that_stop_matching_on_the_way_do_not_make_others_left_out(self, editor, small_portions):
        make_articles(7, status="draft")
        drafts = MatchedArticles(Article.objects.filter(status="draft"), newest_id())
        edit = make_edit(editor, "status", status="published")
        carry_out(edit, drafts)
        assert (edit.changed, edit.total) == (7, 7)

    def test_words_are_found_by_the_index_and_narrowed_by_the_filters(self, editor, small_portions):
        for number in range(6):
            make_article(f"Flood {number}", status=("draft", "published")[number % 2])
        make_article("Drought")
        query = ArticleQuery(words="flood", statuses=tuple(Article.Status.values))
        drafts = FoundArticles(Article.objects.filter(status="draft"), newest_id(), query)
        newest = drafts.newest(100)
        assert (len(newest.ids), newest.is_all) == (3, True)
        tag(editor, make_topic("floods"), drafts)
        found = TopicLink.objects.order_by("article").values_list("article__headline", flat=True)
        assert list(found) == ["Flood 0", "Flood 2", "Flood 4"]

    def test_chosen_articles_are_taken_whatever_became_of_the_others(self, editor):
        first, second, _third = make_articles(3)
        assert tag(editor, make_topic(), ChosenArticles(Article.objects.all(), [first.pk, second.pk, 999])).done == 2


class TestWork:
    def test_all_portions_are_one_occasion_that_says_what_who_and_why(self, editor, small_portions):
        make_articles(5)
        edit = tag(editor, make_topic("floods"))
        done = Occasion.objects.get()
        assert edit.occasion == done
        assert (done.what, done.user, done.why) == ("Linked to “floods”: 5 articles", editor, "an order")
        assert done.changes.count() == 5

    def test_where_nothing_changes_there_is_no_occasion(self, editor):
        floods = make_topic("floods")
        make_article(about=[floods])
        edit = tag(editor, floods)
        assert (edit.state, edit.occasion, edit.changed) == ("finished", None, 0)
        assert not Occasion.objects.exists()

    def test_it_stops_between_two_portions_and_goes_on_from_there(self, editor, small_portions, monkeypatch):
        make_articles(5)
        floods = make_topic("floods")
        edit = make_edit(editor, kind="topic", subject=floods.pk)
        monkeypatch.setattr(bulk_edits, "index_now_and_then", stop)
        carry_out(edit, all_articles())
        assert (edit.state, edit.done, edit.total, TopicLink.objects.count()) == ("stopped", 2, 5, 2)
        monkeypatch.undo()
        assert go_on(edit)
        carry_out(edit, all_articles())
        assert (edit.state, edit.done, edit.changed, TopicLink.objects.count()) == ("finished", 5, 5, 5)
        assert Occasion.objects.count() == 1

    def test_killed_work_is_told_and_goes_on_where_it_was(self, editor, small_portions, monkeypatch):
        make_articles(5)
        floods = make_topic("floods")
        edit = make_edit(editor, kind="topic", subject=floods.pk)
        monkeypatch.setattr(bulk_edits, "index_now_and_then", killed)
        with pytest.raises(KeyboardInterrupt):
            carry_out(edit, all_articles())
        monkeypatch.undo()
        edit = BulkEdit.objects.get()
        assert (edit.state, edit.done, is_dead(edit)) == ("running", 2, False)
        assert not go_on(edit)
        long_ago(edit)
        assert is_dead(edit)
        assert go_on(edit)
        carry_out(edit, all_articles())
        assert (edit.state, edit.done, edit.changed) == ("finished", 5, 5)

    def test_what_waits_for_its_turn_is_not_broken_off_however_long_and_stops_at_once(self, editor):
        edit = make_edit(editor, kind="topic", subject=make_topic().pk)
        long_ago(edit)
        assert not is_dead(edit)
        assert not go_on(edit)
        assert not ask_for_undo(edit, editor)
        stop(edit)
        assert edit.state == "stopped"
        carry_out(edit, all_articles())
        assert edit.state == "stopped"
        assert go_on(edit)

    def test_what_is_chosen_stays_as_it_was_asked_for(self, editor, small_portions):
        make_articles(5)
        edit = make_edit(editor, kind="topic", subject=make_topic().pk)
        edit.articles = {"filter": "", "last": newest_id()}
        edit.save()
        carry_out(edit, all_articles())
        undo(edit, editor)
        assert edit.articles == {"filter": "", "last": newest_id()}

    def test_what_is_in_flight_when_the_archive_is_renewed_goes_on_where_it_was(self, editor, small_portions):
        edit = make_edit(editor, kind="topic", subject=make_topic().pk)
        old = {"ids": [1, 2], "after": 1, "began_at": 1_790_000_000.5, "began_with": 1, "undone_to": None, "left": 0}
        upload = Upload.objects.create(name="a", counts={"columns": {}, "began": "2026-09-21T10:13:20+00:00"})
        long_ago(edit)
        BulkEdit.objects.update(articles=old)
        migration = import_module("articles.migrations.0016_progress_of_work")
        migration.carry_over(apps, None)
        carried, upload = BulkEdit.objects.get(), Upload.objects.get()
        assert (carried.articles, carried.active_at) == ({"ids": [1, 2]}, edit.active_at)
        assert carried.progress == {name: value for name, value in old.items() if name != "ids"}
        assert (upload.counts, upload.progress) == ({"columns": {}}, {"began_at": 1_789_985_600, "began_with": 0})
        migration.carry_back(apps, None)
        assert BulkEdit.objects.get().articles == old
        assert Upload.objects.get().counts == {"columns": {}, "began": "2026-09-21T10:13:20+00:00"}

    def test_what_waits_is_done_once(self, editor):
        make_article()
        edit = tag(editor, make_topic())
        carry_out(edit, all_articles())
        assert edit.done == 1

    def test_an_error_is_said_and_raised(self, editor, monkeypatch):
        make_article()
        monkeypatch.setattr(bulk_edits, "_do_portion", broken)
        edit = make_edit(editor, "status", status="draft")
        with pytest.raises(ZeroDivisionError):
            carry_out(edit, all_articles())
        assert edit.state == "failed"
        assert "The disk is full." in BulkEdit.objects.get().said

    def test_readers_find_what_was_done(self, editor):
        make_articles(3)
        search(ArticleQuery())
        tag(editor, floods := make_topic("floods"))
        found = search(ArticleQuery(words=f'topic:"{floods.name}"'))
        assert found.total == 3

    def test_queries_of_a_portion_do_not_grow_with_its_articles(self, editor):
        def count(articles: int) -> int:
            make_articles(articles)
            edit = make_edit(editor, kind="topic", subject=make_topic(f"topic {articles}").pk)
            with CaptureQueriesContext(connection) as queries:
                carry_out(edit, all_articles())
            return len(queries)

        search(ArticleQuery())
        assert count(30) <= count(2)


class TestUndo:
    def test_everything_is_as_before(self, editor, small_portions):
        floods = make_topic("floods")
        for number, article in enumerate(make_articles(5)):
            if number < 2:
                link(article, floods, status=("suggested", "accepted")[number])
        before = state_of_articles()
        edit = tag(editor, floods)
        undo(edit, editor)
        assert state_of_articles() == before
        assert (edit.state, edit.done, edit.total, edit.said) == ("undone", 4, 4, "")
        assert is_undone(edit)
        assert Occasion.objects.latest("pk").undoes == edit.occasion

    @pytest.mark.parametrize(("what", "values"), [("status", {"status": "withdrawn"}), ("source", {"source": None})])
    def test_fields_are_as_before(self, editor, small_portions, what, values):
        make_articles(5, source=make_source())
        before = state_of_articles()
        edit = make_edit(editor, what, **values)
        carry_out(edit, all_articles())
        assert state_of_articles() != before
        undo(edit, editor)
        assert state_of_articles() == before

    def test_what_others_changed_since_stays_and_is_named(self, editor, small_portions):
        articles = make_articles(5, status="draft")
        edit = make_edit(editor, "status", status="review")
        carry_out(edit, all_articles())
        Article.objects.filter(pk=articles[2].pk).update(status="published")
        undo(edit, editor)
        assert list(Article.objects.order_by("pk").values_list("status", flat=True)) == [
            "draft", "draft", "published", "draft", "draft",
        ]  # fmt: skip
        assert edit.said == "Story 2: status changed since."

    def test_it_can_be_taken_back_by_way_of_the_history_and_that_again(self, editor):
        make_articles(2)
        edit = tag(editor, make_topic())
        undone = take_back(edit.occasion, editor).occasion
        assert is_undone(edit)
        assert not ask_for_undo(edit, editor)
        take_back(undone, editor)
        edit.refresh_from_db()
        assert not is_undone(edit)
        undo(edit, editor)
        assert not TopicLink.objects.exists()

    def test_the_undo_can_be_taken_back_too(self, editor, small_portions):
        make_articles(5)
        edit = tag(editor, make_topic())
        done = state_of_articles()
        undo(edit, editor)
        take_back(Occasion.objects.latest("pk"), editor)
        assert state_of_articles() == done

    def test_a_killed_undo_goes_on_where_it_was(self, editor, small_portions, monkeypatch):
        make_articles(5)
        edit = tag(editor, make_topic())
        assert ask_for_undo(edit, editor)
        monkeypatch.setattr("articles.editing.bulk_undo.index_now_and_then", killed)
        with pytest.raises(KeyboardInterrupt):
            take_back_bulk_edit(edit)
        monkeypatch.undo()
        assert TopicLink.objects.count() == 3
        assert not go_on_undoing(edit)
        long_ago(edit)
        assert go_on_undoing(edit)
        take_back_bulk_edit(edit)
        assert (edit.state, edit.said, TopicLink.objects.count()) == ("undone", "", 0)

    def test_an_undo_that_waits_for_its_turn_is_not_broken_off_however_long(self, editor):
        make_articles(2)
        edit = tag(editor, make_topic())
        assert ask_for_undo(edit, editor)
        long_ago(edit)
        assert not is_dead(edit)
        assert not go_on_undoing(edit)

    def test_work_that_was_stopped_is_taken_back_as_far_as_it_came(self, editor, small_portions, monkeypatch):
        make_articles(5)
        edit = make_edit(editor, kind="topic", subject=make_topic().pk)
        monkeypatch.setattr(bulk_edits, "index_now_and_then", stop)
        carry_out(edit, all_articles())
        undo(edit, editor)
        assert not TopicLink.objects.exists()

    def test_nothing_is_left_to_undo_where_all_was_changed_since(self, editor):
        make_article(status="draft")
        edit = make_edit(editor, "status", status="review")
        carry_out(edit, all_articles())
        Article.objects.update(status="published", edited_fields=[])
        undo(edit, editor)
        assert (edit.state, is_undone(edit)) == ("finished", False)
        assert not Occasion.objects.filter(undoes__isnull=False).exists()

    def test_its_queries_grow_with_portions_and_not_with_rows(self, editor):
        make_articles(40)
        edit = tag(editor, make_topic())
        assert Change.objects.filter(occasion=edit.occasion).count() == 40
        assert ask_for_undo(edit, editor)
        with CaptureQueriesContext(connection) as queries:
            take_back_bulk_edit(edit)
        assert len(queries) < 40


def killed(edit) -> None:
    raise KeyboardInterrupt


def broken(*arguments):
    raise ZeroDivisionError("The disk is full.")


def long_ago(edit) -> None:
    BulkEdit.objects.filter(pk=edit.pk).update(active_at=timezone.now() - datetime.timedelta(minutes=3))
    edit.refresh_from_db()
