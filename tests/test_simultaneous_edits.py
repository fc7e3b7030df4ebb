"""Two editors on one page: nothing that either of them wrote is lost."""

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.html import strip_tags

from articles.history import occasion
from articles.models import Article, PersonLink, Place, Source

from .factories import link, make_article, make_person, make_place, make_source
from .test_admin_editing import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea():
    return User.objects.create(username="bea")


class TestFields:
    def test_different_fields_of_both_are_kept(self, admin_client, bea):
        article = make_article("Old", summary="old", source=make_source("Herald"))
        form = open_form(admin_client, article)
        gazette = make_source("Gazette")
        with occasion("By Bea", bea):
            Article.objects.update(summary="by Bea", source=gazette, published_on=None)
        page = Read(send(admin_client, article, form, headline="by me"))
        article.refresh_from_db()
        assert (article.headline, article.summary, article.source) == ("by me", "by Bea", gazette)
        assert article.published_on is None
        assert "“Summary” is as bea saved it while you had the page open." in page.text

    def test_what_the_other_changed_is_not_recorded_as_ones_own_edit(self, admin_client, bea):
        article = make_article("Old")
        form = open_form(admin_client, article)
        Article.objects.update(summary="by Bea")
        send(admin_client, article, form, headline="by me")
        article.refresh_from_db()
        assert article.edited_fields == ["headline", "headline_is_derived"]

    def test_a_step_of_publication_that_the_other_made_stands(self, admin_client):
        article = make_article("Old", status="review")
        form = open_form(admin_client, article)
        Article.objects.update(status="published")
        send(admin_client, article, form, headline="by me")
        article.refresh_from_db()
        assert (article.headline, article.status) == ("by me", "published")

    def test_the_same_field_asks_and_shows_both_versions(self, admin_client, bea):
        article = make_article("Old")
        form = open_form(admin_client, article)
        with occasion("By Bea", bea):
            Article.objects.update(headline="Hers")
        page = Read(send(admin_client, article, form, headline="Mine"))
        article.refresh_from_db()
        assert article.headline == "Hers"
        for text in ("Somebody else changed this", "Changed by bea", "Hers", "Mine", "Take what bea wrote"):
            assert text in page.text
        assert ">\nMine</textarea>" in page.html

    @pytest.mark.parametrize(("choice", "headline"), [("mine", "Mine"), ("theirs", "Hers")])
    def test_the_choice_stands(self, admin_client, bea, choice, headline):
        article = make_article("Old", summary="old")
        form = open_form(admin_client, article)
        with occasion("By Bea", bea):
            Article.objects.update(headline="Hers", summary="hers")
        page = Read(send(admin_client, article, form, headline="Mine", language="fr"))
        seen = page.html.split(f'value="{choice}:')[1].split('"')[0]
        send(admin_client, article, form, headline="Mine", language="fr", **{"choice-headline": f"{choice}:{seen}"})
        article.refresh_from_db()
        assert (article.headline, article.summary, article.language) == (headline, "hers", "fr")

    def test_a_choice_holds_for_what_was_seen_only(self, admin_client):
        article = make_article("Old")
        form = open_form(admin_client, article)
        Article.objects.update(headline="Hers")
        page = Read(send(admin_client, article, form, headline="Mine"))
        seen = page.html.split('value="mine:')[1].split('"')[0]
        Article.objects.update(headline="Hers again")
        page = Read(send(admin_client, article, form, headline="Mine", **{"choice-headline": f"mine:{seen}"}))
        article.refresh_from_db()
        assert article.headline == "Hers again"
        assert "Hers again" in page.text

    def test_both_wrote_the_same(self, admin_client):
        article = make_article("Old")
        form = open_form(admin_client, article)
        Article.objects.update(headline="New")
        page = Read(send(admin_client, article, form, headline="New", summary="x"))
        article.refresh_from_db()
        assert (article.headline, article.summary) == ("New", "x")
        assert "Somebody else" not in page.text

    def test_what_changed_and_came_back_is_no_conflict(self, admin_client):
        article = make_article("Old")
        form = open_form(admin_client, article)
        Article.objects.update(headline="Between")
        Article.objects.update(headline="Old")
        send(admin_client, article, form, headline="Mine")
        article.refresh_from_db()
        assert article.headline == "Mine"

    def test_a_time_and_a_box_are_compared_as_they_are_written(self, admin_client):
        place = make_place("Riverton", latitude="1.5", longitude="2.5")
        form = open_form(admin_client, place)
        Place.objects.update(name_is_matched=False, population=7)
        send(admin_client, place, form, description="mine")
        place.refresh_from_db()
        assert (place.name_is_matched, place.population, place.description) == (False, 7, "mine")
        assert str(place.latitude) == "1.50000"

    def test_sources_too(self, admin_client):
        source = make_source("Herald")
        form = open_form(admin_client, source)
        Source.objects.update(description="hers")
        send(admin_client, source, form, url="https://herald.example/")
        source.refresh_from_db()
        assert (source.description, source.url) == ("hers", "https://herald.example/")

    @pytest.mark.parametrize("opened", ["", "x", "-1", "9" * 40, "²"])
    def test_a_form_without_its_number_saves_as_it_always_did(self, admin_client, opened):
        article = make_article("Old")
        form = open_form(admin_client, article)
        send(admin_client, article, form, headline="New", opened_with=opened)
        article.refresh_from_db()
        assert article.headline == "New"

    def test_a_step_waits_for_the_choice(self, admin_client):
        article = make_article("Old", status="draft")
        form = open_form(admin_client, article)
        Article.objects.update(headline="Hers")
        send(admin_client, article, form, headline="Mine", _step="published")
        article.refresh_from_db()
        assert article.status == "draft"

    def test_the_ends_of_lines_that_browsers_send_are_no_edit(self, admin_client):
        article = make_article(body="One.\n\nTwo.")
        form = open_form(admin_client, article)
        send(admin_client, article, form, body="One.\r\n\r\nTwo.")
        article.refresh_from_db()
        assert (article.body, article.edited_fields) == ("One.\n\nTwo.", [])


class TestRows:
    def test_a_link_that_only_the_other_decided_on_stays_so(self, admin_client):
        article = make_article()
        made = link(article, make_person("Ada"), status="suggested")
        form = open_form(admin_client, article)
        PersonLink.objects.update(status="rejected")
        send(admin_client, article, form, headline="New")
        made.refresh_from_db()
        article.refresh_from_db()
        assert (made.status, made.decided_by, article.headline) == ("rejected", None, "New")

    def test_a_link_that_both_decided_on_asks_once(self, admin_client):
        article = make_article()
        made = link(article, make_person("Ada"), status="suggested")
        form = open_form(admin_client, article)
        PersonLink.objects.update(status="rejected")
        answer = send(admin_client, article, form, **{"person_links-0-status": "accepted"})
        assert "Somebody set this to “Rejected” while you had it open." in Read(answer).text
        made.refresh_from_db()
        assert made.status == "rejected"
        again = form | {"person_links-0-opened_with": opened_with(answer)}
        send(admin_client, article, again, **{"person_links-0-status": "accepted"})
        made.refresh_from_db()
        assert made.status == "accepted"

    def test_another_name_keeps_the_language_that_the_other_gave_it(self, admin_client):
        person = make_person(aliases=["A. Moro"])
        form = open_form(admin_client, person)
        person.aliases.update(language="fr")
        send(admin_client, person, form, **{"aliases-0-name": "A. Moreau"})
        assert list(person.aliases.values_list("name", "language")) == [("A. Moreau", "fr")]


class Read:
    def __init__(self, response) -> None:
        self.html = response.content.decode()
        self.text = " ".join(unescape(strip_tags(self.html)).split())


def address_of(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def open_form(client, row) -> dict:
    """All that the page would send if it was saved as it is."""
    context = client.get(address_of(row)).context
    data = form_values(context["adminform"].form)
    for name in [name for name, value in data.items() if hasattr(value, "isoformat")]:
        data[name] = data[name].isoformat()
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        for form in (formset.management_form, *formset.forms):
            values = {name: form[name].value() for name in form.fields if name not in ("subject", "DELETE")}
            data |= {form.add_prefix(name): "" if value is None else value for name, value in values.items()}
    return data


def send(client, row, form: dict, **changes):
    return client.post(address_of(row), form | changes, follow=True)


def opened_with(answer) -> str:
    formsets = answer.context["inline_admin_formsets"]
    return next(form["opened_with"].value() for inline in formsets for form in inline.formset.initial_forms)
