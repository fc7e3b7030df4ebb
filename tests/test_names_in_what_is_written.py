"""Names are looked for in what editors and programs write, in the background."""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from articles import background
from articles.models import Article, Occasion, Person

from .api import ARTICLES, make_editor, send
from .factories import link, make_article, make_person
from .test_admin_editing import form_values
from .test_roles import ADD, NO_LINKS, post_form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The commands that would have been started."""
    commands = []
    monkeypatch.setattr(background.subprocess, "Popen", lambda command, **options: commands.append(command[1:]))
    return commands


def work_off() -> None:
    call_command("work_off_tasks")


def people_of(headline: str) -> set[str]:
    found = Article.objects.get(headline=headline).person_links.all()
    return {f"{link.subject}: {link.origin}, {link.status}" for link in found}


def test_names_are_found_in_an_article_written_at_the_desk(admin_client, started):
    make_person("Ada Moreau")
    values = form_values(admin_client.get(ADD).context["adminform"].form)
    admin_client.post(ADD, {**values, **NO_LINKS, "headline": "Rain", "body": "Ada Moreau came."})
    assert started == [["manage.py", "work_off_tasks"]]
    assert people_of("Rain") == set()
    work_off()
    assert people_of("Rain") == {"Ada Moreau: match, accepted"}
    assert Occasion.objects.first().what == "Names looked for in “Rain”"


def test_names_are_found_in_an_article_written_through_the_api(client):
    make_person("Ada Moreau")
    user = make_editor("add_article", "change_article", "publish_article")
    send(client, "POST", ARTICLES, {"headline": "Rain", "body": "Ada Moreau came."}, user)
    work_off()
    assert people_of("Rain") == {"Ada Moreau: match, accepted"}
    send(client, "PATCH", f"{ARTICLES}rain/", {"body": "Nobody came."}, user)
    work_off()
    assert people_of("Rain") == set()


def test_what_is_no_text_is_not_looked_at(admin_client):
    post_form(admin_client, make_article("Rain", body="It rained."), byline="Staff")
    assert not DBTaskResult.objects.exists()


def test_what_somebody_decided_stays(admin_client):
    ada = make_person("Ada Moreau")
    article = make_article("Rain", body="It rained.")
    decided = link(article, ada, status="rejected")
    decided.decide(None)
    decided.save()
    post_form(admin_client, article, body="Ada Moreau came.")
    work_off()
    assert people_of("Rain") == {f"Ada Moreau: {decided.origin}, rejected"}


def test_a_name_that_came_since_the_last_article_is_found(admin_client):
    first, second = make_article("Rain"), make_article("Snow")
    post_form(admin_client, first, body="Ada Moreau came.")
    work_off()
    Person.objects.create(name="Ada Moreau", slug="ada")
    post_form(admin_client, second, body="Ada Moreau came.")
    work_off()
    assert (people_of("Rain"), people_of("Snow")) == (set(), {"Ada Moreau: match, accepted"})


def test_no_second_process_waits_for_its_turn(admin_client, started):
    article = make_article("Rain")
    with background.worker_lock("next", wait=False):
        post_form(admin_client, article, body="Ada Moreau came.")
    assert (started, DBTaskResult.objects.count()) == ([], 1)


def test_an_article_that_is_gone_is_passed_over(admin_client):
    article = make_article("Rain")
    post_form(admin_client, article, body="Ada Moreau came.")
    article.delete()
    work_off()
    assert DBTaskResult.objects.filter(status="FAILED").count() == 0
