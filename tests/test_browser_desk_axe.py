"""Every kind of page of the desk against the rules of WCAG 2.2 AA that a machine can check, in light and dark, narrow
and wide; and none is wider than the screen."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.history import occasion
from articles.models import Candidate, Change, ImportBatch, Person, PersonLink

from .barriers import OPTIONS, assert_accessible
from .browsing import PASSWORD, browser_tests
from .factories import link, make_article, make_person, make_place, make_source, make_topic

pytestmark = browser_tests
LISTS = ("article", "person", "place", "topic", "source", "personlink", "importbatch", "importproblem", "occasion")
FORMS = ("article", "person", "place", "topic", "source", "personlink", "importbatch", "importproblem")
# What is opened, and where; the rows are those of `desk`. The forms of accounts and groups are left out: they are
# Django's own, for administrators, and lack labels for dates and names for the boxes in which groups are searched.
PAGES = {
    "start page": lambda rows: reverse("admin:index"),
    "part of the start page": lambda rows: reverse("admin:app_list", args=["articles"]),
    **{f"list of {name}": lambda rows, name=name: page_of(name, "changelist") for name in LISTS},
    "list that was searched and narrowed": lambda rows: (
        page_of("article", "changelist") + "?q=rain&status__exact=draft"
    ),
    "list of derived headlines": lambda rows: page_of("article", "changelist") + "?headline_is_derived__exact=1",
    "list with nothing": lambda rows: page_of("person", "changelist") + "?q=nobody",
    **{f"form of {name}": lambda rows, name=name: page_of(name, "change", rows[name]) for name in FORMS},
    "form of what is new": lambda rows: page_of("article", "add"),
    "review": lambda rows: reverse("admin:articles_review"),
    "candidates": lambda rows: reverse("admin:articles_candidates"),
    "candidate": lambda rows: reverse("admin:articles_candidate", args=[rows["candidate"].pk]),
    "merge of one": lambda rows: f"{page_of('person', 'merge')}?ids={rows['person'].pk}",
    "merge": lambda rows: f"{page_of('person', 'merge')}?ids={rows['person'].pk}&ids={rows['other'].pk}",
    "merges": lambda rows: page_of("person", "merges"),
    "split": lambda rows: page_of("person", "split", rows["person"]),
    "history of an article": lambda rows: page_of("article", "history", rows["article"]),
    "history of a person": lambda rows: page_of("person", "history", rows["person"]),
    "occasion": lambda rows: page_of("occasion", "change", rows["occasion"]),
    "taking back": lambda rows: page_of("occasion", "take_back", rows["occasion"]),
    "going back": lambda rows: reverse("admin:articles_change_revert", args=[rows["change"].pk]),
    "deleting": lambda rows: page_of("person", "delete", rows["person"]),
    "deleting what others need": lambda rows: page_of("source", "delete", rows["source"]),
    "password": lambda rows: reverse("admin:password_change"),
}


def page_of(name: str, page: str, row=None) -> str:
    return reverse(f"admin:articles_{name}_{page}", args=[row.pk] if row else [])


@pytest.fixture
def desk(transactional_db) -> dict:
    batch = ImportBatch.objects.create(paths=["a.csv"], status="finished")
    rows = {"user": User.objects.create_superuser("editor", password=PASSWORD), "importbatch": batch}
    rows["importproblem"] = batch.problems.create(file="a.csv", line=1, reason="Torn.", advice="Mend it.")
    rows["person"] = make_person("Ada Moreau", description="runner", aliases=["A. Moreau", "Моро"])
    rows["other"] = make_person("Ada Moro", description="minister")
    rows["place"], rows["topic"], rows["source"] = make_place(latitude=5, longitude=6), make_topic(), make_source()
    with occasion("Written", rows["user"], "for the morning"):
        about = [rows["person"], rows["place"], rows["topic"]]
        rows["article"] = make_article(
            "A headline", about=about, source=rows["source"], summary="Rain.", language="en", batch=batch
        )
        make_article("It rained", headline_is_derived=True, status="draft", about=[rows["person"]])
    rows["personlink"] = link(rows["article"], rows["other"], status="suggested", confidence=0.5)
    rows["candidate"] = Candidate.objects.create(kind="person", name="Bo Lund", code="wikidata:Q5")
    rows["candidate"].articles.add(rows["article"])
    with occasion("Renamed", rows["user"], "a slip of the pen") as rows["occasion"]:
        Person.objects.filter(pk=rows["person"].pk).update(name="Ada B. Moreau", description="minister, " * 40)
        PersonLink.objects.filter(subject=rows["person"]).update(status="rejected")
    rows["change"] = Change.objects.filter(table="articles_person", action="update").get()
    return rows


@pytest.fixture
def check(browser, live_server, desk, log_in):
    """Call it with an address: fails with a report of what is wrong there."""
    page = browser.new_page(base_url=live_server.url, **OPTIONS)

    def checked(address, prepare=lambda page: None):
        assert page.goto(address).status == 200
        prepare(page)
        assert_accessible(page)

    checked.page = page
    yield checked
    page.close()


@pytest.fixture
def editor(desk):
    return desk["user"]


@pytest.mark.parametrize("find", PAGES.values(), ids=PAGES.keys())
def test_a_page_of_the_desk_is_accessible(check, log_in, desk, find):
    log_in(check.page)
    check(find(desk))


def test_logging_in_is_accessible(check):
    check(reverse("admin:login"))


def test_a_login_that_failed_is_accessible(check):
    def fail(page):
        page.fill("#id_username", "editor")
        page.fill("#id_password", "wrong")
        page.get_by_role("button", name="Log in").click()

    check(reverse("admin:login"), prepare=fail)


def test_a_form_with_faults_is_accessible(check, log_in, desk):
    def empty(page):
        page.fill("#id_name", "")
        page.get_by_role("button", name="Save", exact=True).click()

    log_in(check.page)
    check(page_of("person", "change", desk["person"]), prepare=empty)


def test_suggestions_for_a_name_are_accessible(check, log_in, desk):
    def type_a_name(page):
        page.locator(".select2-selection").first.click()
        page.locator(".select2-search__field").press_sequentially("daily")
        page.locator(".select2-results__option").get_by_text("The Daily Test").wait_for()

    log_in(check.page)
    check(page_of("article", "change", desk["article"]), prepare=type_a_name)


def test_a_list_whose_rows_are_chosen_is_accessible(check, log_in, desk):
    log_in(check.page)
    check(page_of("article", "changelist"), prepare=lambda page: page.check("#action-toggle"))


def test_what_two_wrote_is_accessible(check, log_in, desk):
    def write_the_same(page):
        with occasion("Edited"):
            type(desk["article"]).objects.update(headline="Theirs")
        page.get_by_label("Headline:", exact=True).fill("Mine")
        page.get_by_role("button", name="Save", exact=True).click()

    log_in(check.page)
    check(page_of("article", "change", desk["article"]), prepare=write_the_same)
