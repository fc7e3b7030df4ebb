"""What editors do in the admin is theirs: recorded, searchable at once, and safe from machines."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from articles.editing.publication import STEPS
from articles.models import Article, Link, PersonLink, Topic
from articles.search import ArticleQuery, search

from .factories import link, make_article, make_person, make_place, make_topic

pytestmark = pytest.mark.django_db
ARTICLES = "/admin/articles/article/"
DESK = f"{ARTICLES}?headline_is_derived__exact=1"


def test_an_added_link_is_the_editors_decision(admin_client):
    article, person = make_article(), make_person()
    save(admin_client, article, person_links=[{"subject": person.pk, "status": "accepted"}])
    added = PersonLink.objects.get()
    assert (added.origin, added.decided_by.username, added.is_decided) == ("editor", "admin", True)


def test_a_changed_status_is_a_decision_and_its_neighbour_is_not(admin_client):
    article = make_article()
    changed, untouched = link(article, make_person("A")), link(article, make_person("B"))
    save(admin_client, article, person_links=[row(changed, status="rejected"), row(untouched)])
    changed.refresh_from_db()
    untouched.refresh_from_db()
    assert (changed.status, changed.origin, changed.decided_by.username) == ("rejected", "match", "admin")
    assert untouched.decided_at is None


def test_the_subject_of_a_link_cannot_be_exchanged(admin_client):
    article, right, other = make_article(), make_person("A"), make_person("B")
    existing = link(article, right)
    save(admin_client, article, person_links=[row(existing, subject=other.pk)])
    existing.refresh_from_db()
    assert existing.subject == right


def test_deleting_a_machines_link_rejects_it(admin_client):
    article = make_article()
    made = link(article, make_topic("weather"))
    page = save(admin_client, article, topic_links=[row(made, DELETE="on")])
    made.refresh_from_db()
    assert made.status == Link.Status.REJECTED
    assert made.decided_by.username == "admin"
    assert "“weather” was rejected, not deleted" in page.content.decode()
    history = admin_client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Deleted" not in history


def test_deleting_an_editors_link_deletes_it(admin_client):
    article = make_article()
    made = link(article, make_topic(), origin="editor")
    save(admin_client, article, topic_links=[row(made, DELETE="on")])
    assert not article.topic_links.exists()


def test_linking_twice_is_refused(admin_client):
    article, person = make_article(), make_person()
    existing = link(article, person)
    page = save(admin_client, article, person_links=[row(existing), {"subject": person.pk, "status": "accepted"}])
    assert "The article is linked to one of these already" in page.content.decode()
    assert article.person_links.count() == 1


def test_edited_fields_add_up(admin_client):
    article = make_article(edited_fields=["byline"])
    save(admin_client, article, summary="New", language="fr")
    article.refresh_from_db()
    assert article.edited_fields == ["byline", "language", "summary"]


def test_saving_without_a_change_records_none(admin_client):
    article = make_article(about=[make_person()])
    save(admin_client, article, person_links=[row(article.person_links.get())])
    article.refresh_from_db()
    assert article.edited_fields == []


def test_a_language_that_does_not_exist_is_refused(admin_client):
    article = make_article(language="en")
    page = save(admin_client, article, language="english")
    article.refresh_from_db()
    assert article.language == "en"
    assert "“english” is no language." in page.content.decode()


def test_a_rewritten_headline_is_no_longer_derived(admin_client):
    article = make_article("It was a day", headline_is_derived=True)
    save(admin_client, article, headline="Flood in Riverton")
    article.refresh_from_db()
    assert article.headline_is_derived is False
    assert {"headline", "headline_is_derived"} <= set(article.edited_fields)


def test_confirming_a_derived_headline_keeps_it_from_imports(admin_client):
    article = make_article("It was a day", headline_is_derived=True)
    save(admin_client, article, headline_is_derived="")
    article.refresh_from_db()
    assert (article.headline_is_derived, article.headline) == (False, "It was a day")
    assert "headline" in article.edited_fields


def test_derived_headlines_are_rewritten_in_their_list(admin_client):
    article = make_article("It was a day", headline_is_derived=True, body="Water rose.")
    other = make_article("It was a night", headline_is_derived=True)
    page = admin_client.get(DESK).content.decode()
    assert 'name="form-0-headline"' in page
    admin_client.post(DESK, desk_data([other.pk, article.pk], ["It was a night", "Flood in Riverton"]))
    article.refresh_from_db()
    other.refresh_from_db()
    assert (article.headline, article.headline_is_derived) == ("Flood in Riverton", False)
    assert article.body == "Water rose."
    assert other.headline_is_derived is True
    assert other.edited_fields == []


def test_headlines_cannot_be_edited_in_other_lists(admin_client):
    article = make_article("It was a day")
    assert 'name="form-0-headline"' not in admin_client.get(ARTICLES).content.decode()
    admin_client.post(ARTICLES, desk_data([article.pk], ["Changed"]))
    article.refresh_from_db()
    assert article.headline == "It was a day"


def test_a_headline_is_found_by_its_new_words_at_once(admin_client):
    article = make_article("It was a day", headline_is_derived=True)
    assert search(ArticleQuery(words="flood")).ids == []
    save(admin_client, article, headline="Flood in Riverton")
    assert search(ArticleQuery(words="flood")).ids == [article.pk]


def test_a_withdrawn_article_leaves_the_public_search_and_stays_withdrawn(admin_client):
    article, kept = make_article(), make_article("Kept")
    page = act(admin_client, ARTICLES, "withdraw", article)
    assert "1 article is now: Withdrawn." in page.content.decode()
    assert search(ArticleQuery()).ids == [kept.pk]
    article.refresh_from_db()
    assert article.edited_fields == ["status"]
    for action, status in [("publish", "published"), ("return_to_draft", "draft")]:
        act(admin_client, ARTICLES, action, article)
        article.refresh_from_db()
        assert article.status == status


@pytest.mark.parametrize("status", Article.Status.values)
def test_the_form_offers_the_steps_of_publication_and_takes_no_others(admin_client, status):
    article = make_article(status=status)
    page = admin_client.get(reverse("admin:articles_article_change", args=[article.pk]))
    offered = dict(page.context["adminform"].form.fields["status"].choices)
    assert set(offered) == {status, *STEPS[status]}
    for other in set(Article.Status.values) - set(offered):
        save(admin_client, article, status=other)
        article.refresh_from_db()
        assert article.status == status


def test_only_published_articles_can_be_viewed_on_the_site(admin_client):
    for status, shown in [("published", True), ("draft", False), ("withdrawn", False)]:
        address = reverse("admin:articles_article_change", args=[make_article(status=status).pk])
        assert ("View on site" in admin_client.get(address).content.decode()) is shown


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_suggestions_are_decided_in_the_review_list(admin_client, action, status):
    suggested = link(make_article("A storm"), make_person(), status="suggested")
    link(make_article("Accepted already"), make_person("B"))
    address = reverse("admin:articles_personlink_changelist")
    page = admin_client.get(address).content.decode()
    assert "A storm" in page
    assert "Accepted already" not in page
    act(admin_client, address, action, suggested)
    suggested.refresh_from_db()
    assert (suggested.status, suggested.decided_by.username) == (status, "admin")
    assert "Accepted already" in admin_client.get(address, {"status": "all"}).content.decode()


def test_review_list_finds_by_alias_and_by_words_of_the_article(admin_client):
    link(make_article("A storm"), make_place("Egypt", aliases=["Misr"]), status="suggested")
    address = reverse("admin:articles_placelink_changelist")
    for words, count in [("misr", 1), ("storms", 1), ("nowhere", 0)]:
        assert admin_client.get(address, {"q": words}).context["cl"].result_count == count


def test_saving_a_link_on_its_own_page_is_a_decision(admin_client):
    suggested = link(make_article(), make_person(), status="suggested")
    admin_client.post(reverse("admin:articles_personlink_change", args=[suggested.pk]), {"status": "accepted"})
    suggested.refresh_from_db()
    assert (suggested.status, suggested.decided_by.username) == ("accepted", "admin")


def test_links_are_neither_added_nor_deleted_in_the_review_list(admin_client):
    made = link(make_article(), make_person(), status="suggested")
    assert admin_client.get(reverse("admin:articles_personlink_add")).status_code == 403
    assert admin_client.post(reverse("admin:articles_personlink_delete", args=[made.pk])).status_code == 403
    act(admin_client, reverse("admin:articles_personlink_changelist"), "delete_selected", made)
    assert PersonLink.objects.exists()


def test_a_topic_cannot_be_part_of_itself(admin_client):
    outer = make_topic("sport")
    inner = make_topic("football", parent=outer)
    empty = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    address = reverse("admin:articles_topic_change", args=[outer.pk])
    page = admin_client.post(address, {"name": "sport", "slug": "sport", "parent": inner.pk, **empty})
    assert "This would make it a part of itself." in page.content.decode()
    assert Topic.objects.get(pk=outer.pk).parent is None


def test_staff_without_permissions_see_and_change_nothing(client):
    client.force_login(User.objects.create_user("guest", is_staff=True))
    article = make_article()
    suggested = link(article, make_person(), status="suggested")
    review = reverse("admin:articles_personlink_changelist")
    for address in (ARTICLES, review, reverse("admin:articles_article_change", args=[article.pk])):
        assert client.get(address).status_code == 403
    assert act(client, ARTICLES, "withdraw", article).status_code == 403
    assert act(client, review, "accept", suggested).status_code == 403
    assert client.get("/admin/autocomplete/", AUTOCOMPLETE).status_code == 403
    article.refresh_from_db()
    suggested.refresh_from_db()
    assert (article.status, suggested.status) == ("published", "suggested")


def test_who_may_only_view_has_no_actions_and_no_headline_desk(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    article = make_article("It was a day", headline_is_derived=True)
    page = client.get(DESK).content.decode()
    assert "It was a day" in page
    assert 'name="form-0-headline"' not in page
    suggested = link(article, make_person(), status="suggested")
    act(client, ARTICLES, "withdraw", article)
    act(client, reverse("admin:articles_personlink_changelist"), "accept", suggested)
    client.post(DESK, desk_data([article.pk], ["Changed"]))
    assert Article.objects.get().status == "published"
    assert Article.objects.get().headline == "It was a day"
    assert PersonLink.objects.get().status == "suggested"
    assert client.get(reverse("admin:articles_article_change", args=[article.pk])).status_code == 200


AUTOCOMPLETE = {"app_label": "articles", "model_name": "personlink", "field_name": "subject", "term": "a"}


def save(client, article, *, person_links=(), place_links=(), topic_links=(), **changes):
    """Posts the article's form with its present values, the changes, and the rows of its links."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    data = form_values(client.get(address).context["adminform"].form) | changes
    for prefix, rows in (("person_links", person_links), ("place_links", place_links), ("topic_links", topic_links)):
        data[f"{prefix}-TOTAL_FORMS"] = len(rows)
        data[f"{prefix}-INITIAL_FORMS"] = sum("id" in values for values in rows)
        for number, values in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return client.post(address, data, follow=True)


def form_values(form) -> dict:
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "on" if value is True else value for name, value in values.items() if value not in (None, False)}


def row(existing: Link, **changes) -> dict:
    return {"id": existing.pk, "article": existing.article_id, "status": existing.status, **changes}


def desk_data(ids: list[int], headlines: list[str]) -> dict:
    data = {"form-TOTAL_FORMS": len(ids), "form-INITIAL_FORMS": len(ids), "_save": "Save"}
    for number, (id, headline) in enumerate(zip(ids, headlines, strict=True)):
        data |= {f"form-{number}-id": id, f"form-{number}-headline": headline}
    return data


def act(client, address: str, action: str, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address, data, follow=True)
