"""What people do in the admin is on record, readable, and can be taken back."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from articles.history import occasion, take_back
from articles.history.differences import compare_words
from articles.history.middleware import without_occasion
from articles.models import Article, Change, CurrentOccasion, ImportBatch, Occasion, Person, PersonLink, Place

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .meanwhile import locks_rows_of
from .pages import Page, count_queries, read
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

    def test_logging_out_is_no_occasion(self, admin_client):
        assert admin_client.post(reverse("admin:logout")).status_code == 200
        assert not Occasion.objects.exists()

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


class TestHistoryOfARow:
    def test_it_says_who_changed_what_from_what_to_what_and_why(self, admin_client, admin_user):
        article = make_article("A quiet day", status="draft", language="en")
        with occasion("Corrected", admin_user, "a slip of the pen"):
            Article.objects.update(headline="A loud day", status="published")
        page = history_of(admin_client, article)
        for text in ("Corrected", "admin", "a slip of the pen", "A quiet day", "A loud day", "Draft", "Published"):
            assert text in page.text
        assert "headline_is_derived" not in page.text

    def test_links_and_their_decisions_stand_in_the_history_of_the_article(self, admin_client):
        article, person = make_article(), make_person("Ada Moreau")
        with occasion("Linked"):
            made = link(article, person, status="suggested")
        with occasion("Accepted"):
            PersonLink.objects.update(status="accepted")
        page = history_of(admin_client, article)
        assert "link to a person Ada Moreau" in page.text
        assert "before: Suggested" in page.text
        assert "Reader" not in page.text
        assert made.pk

    def test_a_removed_link_stands_in_the_history_of_its_article_and_of_its_subject(self, admin_client):
        article, person = make_article(), make_person("Ada Moreau")
        made = link(article, person, status="suggested")
        PersonLink.objects.update(status="accepted")
        made.delete()
        assert "removed: link to a person “Ada Moreau”" in history_of(admin_client, article).text
        page = history_of(admin_client, person)
        assert "removed: link to a person “A quiet day”" in page.text
        assert "changed: link to a person “A quiet day”" in page.text

    def test_what_is_gone_keeps_its_name(self, admin_client):
        article, person = make_article(about=[make_person("Ada Moreau")]), make_person("Bo Lund")
        link(article, person)
        Person.objects.get(name="Ada Moreau").delete()
        assert "removed: link to a person “Ada Moreau (no longer there)”" in history_of(admin_client, article).text
        article.delete()
        assert "removed: link to a person “A quiet day (no longer there)”" in history_of(admin_client, person).text

    def test_a_link_that_went_to_somebody_else_stands_in_both_histories(self, admin_client):
        old, new = make_person("Ada Moreau"), make_person("Ada B. Moreau")
        link(make_article("Talks"), old)
        PersonLink.objects.update(subject=new)
        for person in (old, new):
            page = history_of(admin_client, person)
            assert "changed: link to a person Talks Person before: Ada Moreau now: Ada B. Moreau" in page.text

    def test_links_can_be_left_out_and_the_portions_keep_to_that(self, admin_client, monkeypatch):
        monkeypatch.setattr("articles.admin.history.CHANGES_SHOWN", 2)
        person = make_person("Ada Moreau")
        for number in range(1, 4):
            person.aliases.create(name=f"Name {number}")
            link(make_article(f"Story {number}"), person)
        page = history_of(admin_client, person)
        assert "Story 3" in page.text
        page = read(admin_client, history_address(person) + page.links["Leave out the links"])
        assert "Story" not in page.text
        assert "Name 2" in page.text
        page = read(admin_client, history_address(person) + page.links["Older changes"])
        assert "Story" not in page.text
        assert "Name 1" in page.text

    def test_query_count_of_a_subject_does_not_grow_with_its_links(self, admin_client):
        person = make_person()
        link(make_article(), person)
        few = count_queries(admin_client, history_address(person))
        for number in range(9):
            link(make_article(f"Story {number}"), person)
        PersonLink.objects.filter(pk__gt=4).delete()
        # One more, for the names of what is gone.
        assert count_queries(admin_client, history_address(person)) <= few + 1

    def test_names_stand_in_place_of_numbers(self, admin_client):
        place, country = make_place("Riverton"), make_place("Ruritania")
        Place.objects.filter(pk=place.pk).update(parent=country, kind="city")
        page = history_of(admin_client, place)
        assert "Part of" in page.text
        assert "Ruritania" in page.text
        assert "Changed past the desk" in page.text

    def test_other_names_stand_in_the_history_of_the_subject(self, admin_client):
        person = make_person("Ada Moreau")
        with occasion("Named"):
            person.aliases.create(name="A. Moreau")
        assert "made: other name “A. Moreau”" in history_of(admin_client, person).text

    def test_a_long_text_is_compared_word_by_word(self, admin_client):
        text = "It rained all day in Riverton. " * 40
        article = make_article(body=text)
        Article.objects.update(body=text.replace("rained", "snowed", 1))
        page = history_of(admin_client, article)
        assert "rained" in page.html.split("<del>")[1].split("</del>")[0]
        assert "snowed" in page.html.split("<ins>")[1].split("</ins>")[0]
        assert page.text.count("It rained") < 25

    def test_what_was_imported_says_so(self, admin_client):
        article = make_article(batch=ImportBatch.objects.create(paths=["a.csv"]))
        assert "It came with an import" in history_of(admin_client, article).text

    def test_long_histories_come_in_portions(self, admin_client, monkeypatch):
        monkeypatch.setattr("articles.admin.history.CHANGES_SHOWN", 3)
        article = make_article("No. 0")
        for number in range(1, 8):
            Article.objects.update(headline=f"No. {number}")
        first = history_of(admin_client, article)
        assert "No. 7" in first.text
        second = read(admin_client, history_address(article) + first.links["Older changes"])
        assert "No. 3" in second.text
        assert "before: No. 6" not in second.text

    def test_query_count_does_not_grow_with_changes_and_links(self, admin_client):
        article = make_article(about=[make_person(), make_place(), make_topic()])
        with occasion("Work"):
            Article.objects.update(summary="x", source=make_source())
        few = count_queries(admin_client, history_address(article))
        with occasion("More work"):
            for number in range(8):
                Article.objects.update(summary=f"{number}", source=make_source(f"{number}"))
                link(article, make_person(f"Person {number}"))
        # One more for the second occasion.
        assert count_queries(admin_client, history_address(article)) <= few + 1

    def test_what_is_not_text_is_escaped(self, admin_client):
        article = make_article("<script>alert(1)</script>")
        Article.objects.update(headline="<b>" * 40, summary="<script>alert(2)</script>")
        assert "<script>alert" not in history_of(admin_client, article).html

    def test_pages_that_do_not_exist_are_refused(self, admin_client):
        article = make_article()
        for before in ("x", "-1", "9" * 40, "²"):
            assert admin_client.get(history_address(article), {"before": before}).status_code == 200
        assert admin_client.get("/admin/articles/article/999/history/").status_code == 403


class TestHistoryOfTheArchive:
    def test_it_lists_who_did_what(self, admin_client, admin_user):
        with occasion("Merged two people", admin_user, "the same"):
            make_person()
        with occasion("Import 7"):
            make_person("B")
        page = read(admin_client, "/admin/articles/occasion/")
        for text in ("Merged two people", "the same", "a command or an import"):
            assert text in page.text
        by_nobody = read(admin_client, "/admin/articles/occasion/?user=none")
        assert "Import 7" in by_nobody.text
        assert "Merged two people" not in by_nobody.text

    @pytest.mark.parametrize("filters", ["user=x", "user=1", "kind=open", "kind=undone", "kind=undo", "kind=x", "q=a"])
    def test_filters_never_fail(self, admin_client, filters):
        with occasion("Work"):
            make_person()
        assert admin_client.get(f"/admin/articles/occasion/?{filters}").status_code == 200

    def test_an_occasion_shows_its_changes_in_portions(self, admin_client, monkeypatch):
        monkeypatch.setattr("articles.admin.history.CHANGES_SHOWN", 4)
        with occasion("Work") as done:
            for number in range(6):
                make_person(f"Person {number}")
        address = occasion_address(done)
        first = read(admin_client, address)
        second = read(admin_client, address + first.links["Older changes"])
        assert "Person 5" in first.text
        assert "Person 1" not in first.text
        assert "Person 1" in second.text

    def test_query_count_of_an_occasion_does_not_grow(self, admin_client):
        with occasion("Work") as done:
            link(make_article(), make_person())
        few = count_queries(admin_client, occasion_address(done))
        with occasion("Work") as done:
            for number in range(10):
                link(make_article(f"Story {number}"), make_person(f"Person {number}"))
        assert count_queries(admin_client, occasion_address(done)) == few


class TestGoingBack:
    def test_one_field_goes_back_and_the_other_stays(self, admin_client):
        article = make_article("Old", summary="old")
        Article.objects.update(headline="New", summary="new")
        change = Change.objects.get(action="update")
        address = f"{revert_address(change)}?field=headline"
        assert "Old" in read(admin_client, address).text
        admin_client.post(address, {"why": "was right"})
        article.refresh_from_db()
        assert (article.headline, article.summary, article.edited_fields) == (
            "Old",
            "new",
            ["headline", "headline_is_derived"],
        )
        done = Occasion.objects.get()
        assert (done.user.username, done.why) == ("admin", "was right")

    def test_nobody_else_changes_the_row_while_it_goes_back(self, admin_client):
        article = make_article("Old")
        Article.objects.update(headline="New")
        with locks_rows_of(Article):
            admin_client.post(revert_address(Change.objects.get(action="update")))
        article.refresh_from_db()
        assert article.headline == "Old"

    def test_all_of_a_change_goes_back(self, admin_client):
        article = make_article("Old", summary="old")
        Article.objects.update(headline="New", summary="new")
        admin_client.post(revert_address(Change.objects.get(action="update")))
        article.refresh_from_db()
        assert (article.headline, article.summary) == ("Old", "old")

    def test_it_says_when_a_newer_value_goes_too(self, admin_client):
        make_article("Old")
        Article.objects.update(headline="New")
        change = Change.objects.get(action="update")
        Article.objects.update(headline="Newest")
        assert "Changed since: the newer value goes, too." in read(admin_client, revert_address(change)).text

    def test_an_old_address_goes_on_leading_to_the_page(self, admin_client):
        person = make_person(slug="old")
        Person.objects.update(slug="new")
        admin_client.post(revert_address(Change.objects.get(action="update")))
        person.refresh_from_db()
        assert person.slug == "old"
        assert person.former_slugs.get().slug == "new"

    def test_what_was_removed_comes_back_and_what_was_made_goes(self, admin_client):
        person = make_person("Ada")
        made = Change.objects.get()
        person.delete()
        admin_client.post(revert_address(Change.objects.get(action="delete")))
        assert Person.objects.get().name == "Ada"
        admin_client.post(revert_address(made))
        assert not Person.objects.exists()

    def test_a_taken_address_is_a_message(self, admin_client):
        person = make_person(slug="old")
        Person.objects.update(slug="new")
        make_person("Other", slug="old")
        page = admin_client.post(revert_address(Change.objects.filter(action="update").first()), follow=True)
        assert "already exists" in page.content.decode()
        person.refresh_from_db()
        assert person.slug == "new"

    def test_a_reverted_link_is_the_users_decision(self, admin_client):
        made = link(make_article(), make_person(), status="suggested")
        PersonLink.objects.update(status="rejected")
        admin_client.post(revert_address(Change.objects.get(action="update")))
        made.refresh_from_db()
        assert (made.status, made.decided_by.username) == ("suggested", "admin")

    def test_what_was_taken_back_is_not_offered_again(self, admin_client):
        person = make_person("Ada")
        with occasion("Removed") as done:
            person.delete()
        assert "Bring it back" in read(admin_client, occasion_address(done)).text
        take_back(done, None)
        assert "Bring it back" not in read(admin_client, occasion_address(done)).text
        assert "Bring it back" not in history_of(admin_client, Person.objects.get()).text

    def test_the_list_says_in_words_what_was_taken_back(self, admin_client):
        with occasion("Removed") as done:
            make_person("Ada")
        address = "/admin/articles/occasion/"
        assert "icon-no" not in read(admin_client, address).html
        assert read(admin_client, address).html.count('<td class="field-is_taken_back">Yes</td>') == 0
        take_back(done, None)
        assert read(admin_client, address).html.count('<td class="field-is_taken_back">Yes</td>') == 1

    def test_the_import_of_a_row_is_called_so(self, admin_client):
        person = make_person("Ada")
        Person.objects.update(batch=ImportBatch.objects.create(paths=["a.csv"]))
        text = history_of(admin_client, person).text
        assert ("Import" in text.split("changed: person")[1], "Batch" in text) == (True, False)

    def test_a_whole_occasion_is_taken_back_after_a_question(self, admin_client):
        make_person("Old")
        with occasion("Renamed") as done:
            Person.objects.update(name="New")
            make_person("Fresh")
        Person.objects.filter(name="Fresh").update(description="known")
        address = reverse("admin:articles_occasion_take_back", args=[done.pk])
        assert "Renamed" in read(admin_client, address).text
        assert Person.objects.filter(name="New").exists()
        page = Page(admin_client.post(address, {"why": "wrong"}, follow=True))
        assert "1 change was taken back." in page.text
        assert "Fresh: description changed since." in page.text
        assert "Takes back: Renamed" in page.text
        again = Page(admin_client.post(address, follow=True))
        assert "was taken back already" in again.text

    def test_nobody_takes_back_what_they_may_not_change(self, client):
        viewer = User.objects.create_user("viewer", is_staff=True)
        viewer.groups.add(Group.objects.get(name="Viewer"))
        client.force_login(viewer)
        person = make_person("Old")
        with occasion("Renamed") as done:
            Person.objects.update(name="New")
        assert "Go back" not in history_of(client, person).text
        assert "Take all of this back" not in read(client, occasion_address(done)).text
        assert client.post(reverse("admin:articles_occasion_take_back", args=[done.pk])).status_code == 403
        assert client.post(revert_address(done.changes.get())).status_code == 403
        person.refresh_from_db()
        assert person.name == "New"

    def test_it_leads_back_to_pages_of_this_site_only(self, admin_client):
        make_article("Old")
        Article.objects.update(headline="New")
        address = f"{revert_address(Change.objects.get(action='update'))}?back=https://evil.example/"
        assert admin_client.post(address)["Location"] == "/admin/"


def test_a_comparison_is_both_texts():
    before, after = "It was a very long day in Riverton.", "It was a short day in old Riverton."
    parts = compare_words(before, after)
    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after


def history_address(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_history", args=[row.pk])


def history_of(client, row) -> Page:
    return read(client, history_address(row))


def occasion_address(done) -> str:
    return reverse("admin:articles_occasion_change", args=[done.pk])


def revert_address(change) -> str:
    return reverse("admin:articles_change_revert", args=[change.pk])
