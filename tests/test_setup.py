"""The commands behind `make run`."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from articles.models import Article, Change, Occasion, Person
from tests.factories import make_article, make_person


def run(name, **options) -> str:
    out = io.StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_sample_is_not_loaded_into_an_archive_that_has_something():
    make_person("Ada Moreau")
    assert "not empty" in run("load_sample")
    assert Person.objects.count() == 1
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_the_history_says_where_the_sample_came_from():
    run("load_sample")
    assert Occasion.objects.get().what == "Sample archive loaded"
    assert not Change.objects.filter(occasion=None).exists()


@pytest.mark.django_db
def test_setting_up_again_keeps_what_an_editor_changed():
    run("setup_archive")
    article = Article.objects.first()
    Article.objects.filter(pk=article.pk).update(headline="Changed by an editor")
    added = make_article("Added by an editor")
    run("setup_archive")
    article.refresh_from_db()
    assert article.headline == "Changed by an editor"
    assert Article.objects.filter(pk=added.pk).exists()


@pytest.mark.django_db
def test_an_admin_is_made_once_and_the_printed_password_works(client):
    output = run("ensure_admin")
    password = output.split("password ")[1].split()[0]
    assert client.login(username="admin", password=password)
    assert run("ensure_admin") == ""
    assert get_user_model().objects.count() == 1
