"""What people do in the admin is on record, readable, and can be taken back."""

import pytest
from django.contrib.auth.models import User

from articles.history import occasion
from articles.history.middleware import without_occasion
from articles.models import CurrentOccasion, Occasion

from .factories import make_article, make_person
from .test_admin_editing import act, save

pytestmark = pytest.mark.django_db
ARTICLES = "/admin/articles/article/"


class TestRequests:
    def test_a_saved_form_is_an_occasion_of_its_user(self, admin_client):
        article = make_article("A quiet day")
        person = make_person()
        save(admin_client, article, summary="New", person_links=[{"subject": person.pk, "status": "accepted"}])
        done = Occasion.objects.get()
        assert (done.what, done.user.username) == ("Edited article “A quiet day”", "admin")
        assert {change.table for change in done.changes.all()} == {"articles_article", "articles_personlink"}
        assert not CurrentOccasion.objects.exists()

    def test_an_action_on_many_is_one_occasion(self, admin_client):
        act(admin_client, ARTICLES, "withdraw", *(make_article(f"Story {number}") for number in range(3)))
        done = Occasion.objects.get()
        assert done.what.endswith("and 2 others")
        assert done.changes.count() == 3

    def test_reading_and_changing_nothing_leave_no_occasion(self, admin_client):
        article = make_article()
        admin_client.get(ARTICLES)
        save(admin_client, article)
        assert not Occasion.objects.exists()

    def test_a_request_that_fails_changes_nothing(self, admin_client, monkeypatch):
        article = make_article("Before")
        monkeypatch.setattr("articles.admin.article.ArticleAdmin.log_change", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            save(admin_client, article, headline="After")
        article.refresh_from_db()
        assert article.headline == "Before"
        assert not Occasion.objects.exists()

    def test_what_a_view_calls_its_occasion_wins(self, rf):
        user = User.objects.create(username="ed")

        def view(request):
            with occasion("Merged", user, why="the same"):
                make_person()

        ask(rf.post("/"), view, user)
        assert list(Occasion.objects.values_list("what", "why", "user")) == [("Merged", "the same", user.pk)]

    def test_a_view_can_do_without(self, rf):
        @without_occasion
        def view(request):
            raise AssertionError

        assert ask(rf.post("/"), view, User.objects.create(username="ed")) is None

    def test_without_an_entry_in_the_log_it_is_called_after_its_address(self, rf):
        ask(rf.post("/somewhere"), lambda request: make_person(), User.objects.create(username="ed"))
        assert Occasion.objects.get().what == "Request to /somewhere"


def ask(request, view, user):
    from articles.history.middleware import OccasionMiddleware

    request.user = user
    return OccasionMiddleware(lambda request: None).process_view(request, view, (), {})
