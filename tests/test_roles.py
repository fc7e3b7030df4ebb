"""What each role may see and do in the admin, page by page."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from articles.history import occasion
from articles.models import Article, Change, Occasion, PersonLink
from articles.roles import ROLES, make_missing_roles

from .factories import link, make_article, make_person
from .pages import Page
from .test_admin import fill_archive
from .test_admin_editing import act, form_values

pytestmark = pytest.mark.django_db
ARTICLES = "/admin/articles/article/"
ADD = "/admin/articles/article/add/"
ARCHIVE = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "articles"), key=lambda model: model.__name__
)
STOCK = ("changelist", "add", "change", "delete", "history")
NO_LINKS = {f"{kind}_links-{name}_FORMS": 0 for kind in ("person", "place", "topic") for name in ("TOTAL", "INITIAL")}


@pytest.fixture
def log_in(client):
    def as_role(role: str, name: str = ""):
        user = User.objects.create_user(name or role, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return user

    return as_role


def made_by(user, headline="Mine", status="draft", **fields) -> Article:
    with occasion("Written", user):
        return make_article(headline, status=status, **fields)


class TestPages:
    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("model", ARCHIVE, ids=lambda model: model._meta.model_name)
    def test_every_page_opens_for_those_who_may_and_for_nobody_else(self, client, log_in, role, model):
        fill_archive(1)
        user = log_in(role)
        row = model._default_manager.first()
        for page in STOCK:
            if row is None and page not in ("changelist", "add"):
                continue
            address = stock_address(model, page, row)
            answer = client.get(address)
            allowed = is_allowed(user, role, model, page)
            # A row that is not one's own is not there at all.
            refused = (302, 403) if (role, model) == ("Contributor", Article) else (403,)
            assert (answer.status_code == 200) if allowed else (answer.status_code in refused), address

    @pytest.mark.parametrize("role", ["Contributor", "Viewer"])
    def test_no_page_lets_the_others_change_anything(self, client, log_in, role):
        fill_archive(1)
        make_article("Theirs", status="draft")
        log_in(role)
        before = Change.objects.count()
        for address in every_address():
            for data in ({}, {"post": "yes", "_step": "published", "status": "published", "confirm": "yes"}):
                assert client.post(address, data).status_code < 500, address
        assert Change.objects.count() == before

    def test_contributors_see_no_page_beyond_articles_and_what_they_link_to(self, client, log_in):
        fill_archive(1)
        log_in("Contributor")
        seen = {address for address in every_address() if client.get(address).status_code == 200}
        kinds = {address.split("/")[3] for address in seen}
        assert kinds == {"article", "person", "place", "topic", "source"}

    def test_custom_pages_were_found(self):
        fill_archive(1)
        assert any(address.endswith("/step/") for address in every_address())


def is_allowed(user, role, model, page) -> bool:
    name = model._meta.model_name
    action = {"changelist": "view", "history": "view", "change": "view"}.get(page, page)
    if role == "Contributor" and page != "changelist" and page != "add":
        return name in ("person", "place", "topic", "source") and page == "change"
    model_admin = admin.site._registry[model]
    request = type("Request", (), {"user": user})()
    by_hand = {"add": model_admin.has_add_permission, "delete": model_admin.has_delete_permission}
    allowed = user.has_perm(f"articles.{action}_{name}")
    return allowed and (action not in by_hand or by_hand[action](request))


def stock_address(model, page, row) -> str:
    args = [row.pk] if page in ("change", "delete", "history") else []
    return reverse(f"admin:articles_{model._meta.model_name}_{page}", args=args)


def every_address() -> list[str]:
    """Of every page of every model, with a row of it where one is needed."""
    found = []
    for model in ARCHIVE:
        row = model._default_manager.order_by("pk").last()
        for pattern in admin.site._registry[model].get_urls():
            for args in ([], [row.pk] if row else []):
                try:
                    found.append(reverse(f"admin:{pattern.name}", args=args))
                except NoReverseMatch:
                    continue
    return sorted(set(found))


class TestRoles:
    def test_they_are_there_after_migrating(self):
        assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)
        archivist = Group.objects.get(name="Archivist")
        assert archivist.permissions.count() == Permission.objects.filter(content_type__app_label="articles").count()
        for role in ROLES:
            assert Group.objects.get(name=role).permissions.exists()

    def test_every_permission_named_exists(self):
        from articles.roles import EVERYTHING, codenames

        known = set(Permission.objects.values_list("codename", flat=True))
        for role, rules in ROLES.items():
            assert rules == EVERYTHING or set(codenames(role)) <= known

    def test_what_administrators_changed_stays_until_they_renew_the_roles(self, capsys):
        viewer = Group.objects.get(name="Viewer")
        meant = viewer.permissions.count()
        viewer.permissions.clear()
        make_missing_roles()
        assert viewer.permissions.count() == 0
        call_command("renew_roles")
        assert viewer.permissions.count() == meant

    def test_nobody_but_administrators_tends_accounts(self):
        assert not Permission.objects.filter(group__name__in=ROLES, content_type__app_label="auth").exists()


class TestContributors:
    def test_they_see_their_own_articles_only(self, client, log_in):
        user = log_in("Contributor")
        made_by(user, "Mine")
        make_article("Theirs")
        page = client.get(ARTICLES).content.decode()
        assert "Mine" in page
        assert "Theirs" not in page

    def test_what_they_write_is_a_draft_of_theirs(self, client, log_in):
        log_in("Contributor")
        client.post(ADD, {"headline": "New", "status": "published", **NO_LINKS})
        article = Article.objects.get()
        assert article.status == "draft"
        assert client.get(change_address(article)).status_code == 200

    def test_they_send_to_review_and_take_back_and_cannot_edit_in_between(self, client, log_in):
        article = made_by(log_in("Contributor"))
        page = post_form(client, article, _step="review", summary="Sent")
        article.refresh_from_db()
        assert (article.status, article.summary) == ("review", "Sent")
        assert page.status_code == 200
        assert client.post(change_address(article), {"headline": "Sneaked in", **NO_LINKS}).status_code == 403
        page = client.get(change_address(article)).content.decode()
        assert "Back to draft" in page
        client.post(reverse("admin:articles_article_step", args=[article.pk]), {"_step": "draft"})
        article.refresh_from_db()
        assert (article.status, article.headline) == ("draft", "Mine")

    @pytest.mark.parametrize("status", ["draft", "review"])
    def test_they_cannot_publish(self, client, log_in, status):
        article = made_by(log_in("Contributor"), status=status)
        assert 'value="published"' not in client.get(change_address(article)).content.decode()
        client.post(change_address(article), {"headline": "x", "status": "published", "_step": "published", **NO_LINKS})
        client.post(reverse("admin:articles_article_step", args=[article.pk]), {"_step": "published"})
        act(client, ARTICLES, "publish", article)
        article.refresh_from_db()
        assert article.status == status

    def test_they_delete_drafts_of_their_own_only(self, client, log_in):
        user = log_in("Contributor")
        draft, published, theirs = made_by(user), made_by(user, status="published"), make_article("Theirs")
        for article in (draft, published, theirs):
            client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
        assert set(Article.objects.all()) == {published, theirs}
        data = {"action": "delete_selected", "_selected_action": [published.pk, theirs.pk], "post": "yes"}
        client.post(ARTICLES, data)
        assert Article.objects.count() == 2

    def test_their_links_are_suggestions(self, client, log_in):
        article, person = made_by(log_in("Contributor")), make_person()
        row = {"person_links-0-subject": person.pk, "person_links-0-status": "accepted", "person_links-TOTAL_FORMS": 1}
        post_form(client, article, **row)
        made = PersonLink.objects.get()
        assert (made.status, made.origin) == ("suggested", "editor")

    def test_they_see_the_links_of_their_articles_and_decide_on_none(self, client, log_in):
        article = made_by(log_in("Contributor"))
        made = link(article, make_person("Ada Moreau"), status="suggested")
        assert "Ada Moreau" in client.get(change_address(article)).content.decode()
        data = {"person_links-0-id": made.pk, "person_links-0-status": "accepted", "person_links-0-DELETE": "on"}
        post_form(client, article, **data, **{"person_links-TOTAL_FORMS": 1, "person_links-INITIAL_FORMS": 1})
        made.refresh_from_db()
        assert made.status == "suggested"

    def test_suggestions_while_typing_show_them_no_article_of_others(self, client, log_in):
        make_article("Theirs", status="draft")
        log_in("Contributor")
        assert "Import" not in client.get(ARTICLES).content.decode()


class TestPublication:
    def test_each_step_has_its_button_and_its_date(self, admin_client):
        article = make_article(status="draft")
        for step, label in [("review", "To be reviewed"), ("published", "Published"), ("withdrawn", "Withdrawn")]:
            assert f'name="_step" value="{step}"' in admin_client.get(change_address(article)).content.decode()
            post_form(admin_client, article, _step=step)
            article.refresh_from_db()
            assert article.status == step
            steps = admin_client.get(change_address(article)).content.decode().split("field-steps")[1]
            assert f"{label}: " in steps.split("</fieldset>")[0]
        assert [done.user.username for done in Occasion.objects.all()] == ["admin"] * 3

    def test_what_is_written_at_the_desk_begins_as_a_draft_and_may_be_published_at_once(self, admin_client):
        values = form_values(admin_client.get(ADD).context["adminform"].form)
        assert values["status"] == "draft"
        for headline, status in (("Kept", values["status"]), ("Out", "published")):
            admin_client.post(ADD, {**values, **NO_LINKS, "headline": headline, "status": status})
        assert dict(Article.objects.values_list("headline", "status")) == {"Kept": "draft", "Out": "published"}

    @pytest.mark.parametrize(
        ("step", "message", "name"),
        [
            ("review", "is now: To be reviewed.", "Sent to review: “Rain”"),
            ("published", "is now: Published.", "Published: “Rain”"),
        ],
    )
    def test_a_step_is_told_as_what_it_is_at_once_and_in_the_history(self, admin_client, step, message, name):
        article = make_article("Rain", status="draft")
        page = Page(post_form(admin_client, article, _step=step, byline="Staff"))
        assert f"“ Rain ” {message}" in page.text
        assert "was changed successfully" not in page.text
        assert Occasion.objects.get().what == name

    def test_steps_of_several_from_the_list_are_one_occasion_with_their_names(self, admin_client):
        drafts = [make_article(f"Story {number}", status="draft") for number in range(4)]
        act(admin_client, ARTICLES, "publish", *drafts)
        assert Occasion.objects.get().what == "Published: “Story 3” and 3 others"

    def test_a_step_that_does_not_follow_is_refused(self, admin_client):
        article = make_article(status="published")
        address = reverse("admin:articles_article_step", args=[article.pk])
        assert admin_client.post(address, {"_step": "review"}).status_code == 403
        assert admin_client.get(address).status_code == 405

    def test_articles_are_sent_to_review_from_the_list(self, admin_client):
        draft, published = make_article(status="draft"), make_article("Out")
        page = act(admin_client, ARTICLES, "send_to_review", draft, published)
        assert "1 article is now: To be reviewed." in page.content.decode()
        assert "1 article stays as it is: it cannot take this step." in page.content.decode()
        assert "To be reviewed" in admin_client.get(ARTICLES, {"status__exact": "review"}).content.decode()


def change_address(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def post_form(client, article, **changes):
    values = form_values(client.get(change_address(article)).context["adminform"].form)
    return client.post(change_address(article), {**values, **NO_LINKS, **changes}, follow=True)
