"""The front page of the desk: what waits, where it leads, what was done lately, how much the archive holds."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.admin.refused import refused
from articles.editing import counting
from articles.editing.stored_duplicates import look_for_duplicates
from articles.history import occasion, take_back
from articles.models import SUBJECT_KINDS, Article, Candidate, ImportBatch, TextGroup

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import Page, count_queries

pytestmark = pytest.mark.django_db
NOBODY_LOOKED = {f"Twice in the archive: {label}": "None" for label in ("People", "Places", "Topics")}


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser("editor")
    client.force_login(user)
    return user


def show(client) -> Page:
    return Page(client.get(reverse("admin:index")))


def waiting(client) -> dict[str, str]:
    """What waits, as {heading and label: number}."""
    groups = client.get(reverse("admin:index")).context["groups"]
    return {f"{group}: {heap.label}": str(heap.count) for group, found in groups for heap, _ in found}


def fill_desk() -> None:
    article = make_article("Story", status="review", published_on=None, headline_is_derived=True)
    for subject in (make_person("Ada"), make_person("Bo"), make_place(), make_topic()):
        link(article, subject, status="suggested")
    group = TextGroup.objects.create()
    Article.objects.update(text_group=group)
    candidate, _ = Candidate.objects.get_or_create(kind="place", name="Riverton")
    candidate.articles.add(article)
    batch = ImportBatch.objects.create(paths=["a.csv"])
    batch.problems.create(file="a.csv", line=2, reason="No headline.")


def test_each_sort_of_work_is_counted(editor, client):
    fill_desk()
    found = waiting(client)
    assert found.pop(next(label for label in found if label.startswith("Problems of the last imports"))) == "1"
    assert found == {
        "Suggested links: People": "2",
        "Suggested links: Places": "1",
        "Suggested links: Topics": "1",
        "Candidates: People": "0",
        "Candidates: Places": "1",
        "Candidates: Topics": "0",
        "Articles: To be reviewed": "1",
        "Articles: With a headline made from the text": "1",
        "Articles: Without a date": "1",
        "Articles: One of several versions of a text": "1",
        **NOBODY_LOOKED,
    }


def test_each_number_leads_to_its_list(editor, client):
    fill_desk()
    for _, found in client.get(reverse("admin:index")).context["groups"]:
        for heap, address in found:
            response = client.get(address)
            page = Page(response)
            assert (page.status, "e=1" in response.request["QUERY_STRING"]) == (200, False), address
            if heap.count and heap.count.number and "problem" not in address:
                assert "Story" in page.text, address


def test_versions_of_texts_are_counted_as_their_list_shows_them(editor, client):
    for headlines in ("AB", "CDE"):
        group = TextGroup.objects.create()
        for headline in headlines:
            make_article(headline, text_group=group)
    assert waiting(client)["Articles: One of several versions of a text"] == "5"


def test_large_numbers_are_told_up_to_a_cap(editor, client, monkeypatch):
    monkeypatch.setattr(counting, "CAP", 2)
    for number in range(3):
        link(make_article(), make_person(f"Person {number}"), status="suggested")
    assert waiting(client)["Suggested links: People"] == "2+"


def test_an_empty_desk_says_zero(editor, client):
    look_for_duplicates(SUBJECT_KINDS["topic"])
    found = waiting(client)
    assert found.pop("Twice in the archive: People") == found.pop("Twice in the archive: Places") == "None"
    assert set(found.values()) == {"0"}


def test_problems_are_those_of_the_last_imports(editor, client):
    for number in range(7):
        ImportBatch.objects.create(paths=[f"{number}.csv"]).problems.create(file=f"{number}.csv", reason="Broken.")
    labels = [label for label in waiting(client) if label.startswith("Problems")]
    assert 0 < len(labels) <= 5


def test_what_was_done_lately_says_who_and_leads_to_taking_it_back(editor, client):
    with occasion("A name corrected", editor) as first:
        make_person("Ada")
    with occasion("A command ran"):
        make_person("Bo")
    take_back(first, editor)
    page = show(client)
    lately = page.text.split("Done lately")[1]
    assert lately.index("A command ran a command or an import") < lately.rindex("A name corrected editor")
    assert reverse("admin:articles_occasion_change", args=[first.pk]) in page.addresses
    assert "taken back" in lately
    assert client.get(page.links["Take back: A command ran"]).status_code == 200


@pytest.mark.parametrize(("role", "offered"), [("Viewer", set()), ("Editor", {"Ada"}), ("Archivist", {"Ada", "Wire"})])
def test_taking_back_is_offered_to_those_who_may(client, role, offered):
    """Editors may not delete a source, so they cannot take back that it was made."""
    done = {}
    for name, make in (("Ada", make_person), ("Wire", make_source)):
        with occasion(f"{name} added") as done[name]:
            make(name)
    user = User.objects.create(username="someone", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    addresses = {name: reverse("admin:articles_occasion_take_back", args=[made.pk]) for name, made in done.items()}
    assert {name for name, address in addresses.items() if address in show(client).addresses} == offered


def test_whoever_may_not_is_told_so_in_the_frame_of_the_desk(client):
    with occasion("Ada added") as done:
        make_person("Ada")
    address = reverse("admin:articles_occasion_take_back", args=[done.pk])
    user = User.objects.create(username="reader", is_staff=True)
    user.groups.add(Group.objects.get(name="Viewer"))
    client.force_login(user)
    page = Page(client.get(address))
    assert page.status == 403
    assert "You may not do this" in page.text
    assert reverse("admin:logout") in page.html
    assert reverse("admin:index") in page.addresses


def test_whoever_is_not_at_the_desk_is_refused_on_a_public_page(rf):
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    response = refused(request, PermissionDenied())
    assert response.status_code == 403
    assert "You may not do this" in response.content.decode()


def test_the_size_of_the_archive_is_drawn_and_stands_in_a_table(editor, client):
    for year in (2020, 2020, 2022):
        make_article(published_on=datetime.date(year, 3, 1), status="draft")
    make_article(published_on=None)
    page = show(client)
    assert "4 articles, 1 without a date" in page.text
    assert page.html.count("<rect") == 2
    assert "Year Articles 2020 2 2021 0 2022 1" in page.text


def test_without_an_index_the_page_says_so(editor, client, monkeypatch):
    from articles.admin import start_page
    from articles.search import IndexUnavailable

    def fail(*arguments, **options):
        raise IndexUnavailable("Run index_articles.")

    monkeypatch.setattr(start_page, "search", fail)
    assert "Run index_articles." in show(client).text


def test_likely_duplicates_are_counted_once_somebody_has_looked(editor, client):
    for name in ("Ada Moreau", "Ada Moreaux"):
        make_person(name)
    assert waiting(client)["Twice in the archive: People"] == "None"
    look_for_duplicates(SUBJECT_KINDS["person"])
    assert waiting(client)["Twice in the archive: People"] == "1"


def test_everybody_sees_what_they_may_work_on(client):
    fill_desk()
    user = User.objects.create(username="clerk", is_staff=True)
    client.force_login(user)
    assert "Nothing that you may work on." in show(client).text
    assert "Recent actions" in show(client).text
    user.user_permissions.add(Permission.objects.get(codename="change_placelink"))
    assert waiting(client) == {"Suggested links: Places": "1"}


def test_contributors_see_the_numbers_of_their_own_articles(client):
    fill_desk()
    user = User.objects.create(username="writer", is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    client.force_login(user)
    with occasion("Written", user):
        make_article("Mine", status="review", published_on=None)
    found = waiting(client)
    assert found["Articles: To be reviewed"] == "1"
    assert not any("versions" in label or "Suggested" in label for label in found)


def test_the_number_of_queries_does_not_grow(editor, client):
    # A query for each of the last imports, which are five at most.
    for _ in range(5):
        fill_desk()
    show(client)  # builds the index
    few = count_queries(client, reverse("admin:index"))
    for _ in range(5):
        fill_desk()
        with occasion("Something", editor):
            make_person("Bo")
    assert count_queries(client, reverse("admin:index")) == few


def test_what_was_done_is_escaped(editor, client):
    with occasion("<script>alert('x')</script>", editor):
        make_person()
    assert "<script>alert" not in show(client).html
