"""Nobody does what is not theirs: every role tries every address of the desk and of the API."""

from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse

from articles.admin.bulk_work import work_on
from articles.editing.candidates import reject
from articles.editing.decisions import decide_suggestions
from articles.editing.telling_apart import tell_apart
from articles.history import occasion
from articles.models import SUBJECT_KINDS, Article, BulkEdit, Candidate, ImportBatch, Upload

from .api import send, token_of
from .every_address import addresses_under, everything_stored, form_of, what_changed
from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .taken_back import all_taken_back
from .who_may import ACTIONS, ADMIN, API, Rows

ROLES = {"v": "Viewer", "c": "Contributor", "e": "Editor"}
ROUTES = {pattern.name: route for route, pattern in addresses_under("admin/").items() if pattern.name}


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker):
    """One of everything, made by somebody else; in a transaction that is rolled back after the module."""
    with django_db_blocker.unblock(), all_taken_back():
        yield make_rows()


@pytest.fixture
def rows(archive, db):
    return archive


def make_rows() -> Rows:
    from django_tasks_db.models import DBTaskResult
    from rest_framework.authtoken.models import TokenProxy

    somebody = User.objects.create_superuser("somebody")
    batch = ImportBatch.objects.create(paths=["a.csv"], status="finished")
    rows = {"importbatch": batch, "importproblem": batch.problems.create(file="a.csv", line=1, reason="Torn.")}
    rows |= {
        "source": make_source("Nobody’s"),
        "auth_user": somebody,
        "auth_group": Group.objects.create(name="Night shift"),
    }
    rows["authtoken_tokenproxy"] = TokenProxy.objects.create(user=somebody)
    with occasion("Written", somebody):
        rows["article"] = make_article("Somebody’s", source=make_source())
        rows["draft"] = make_article("Somebody’s draft", status="draft")
    for make in (make_person, make_place, make_topic):
        one, other = make("One", aliases=["First"]), make("Other")
        name = one._meta.model_name
        link(rows["article"], one)
        suggested = link(rows["article"], other, status="suggested")
        rows |= {name: one, f"other_{name}": other, f"{name}link": suggested, f"third_{name}": make("Third")}
    decided = link(rows["draft"], rows["person"], status="suggested")
    rows["decision"] = decide_suggestions([], [("person", decided.pk)], somebody)
    rows["told_apart"] = tell_apart(SUBJECT_KINDS["person"], rows["other_person"], rows["third_person"], somebody)
    rows["rejection"] = reject([Candidate.objects.create(kind="person", name="Nobody")], somebody)
    with occasion("Renamed", somebody) as done:
        rows["person"].name = "Ada Moreau"
        rows["person"].save()
    rows |= {"occasion": done, "change": done.changes.get()}
    rows["key"] = f"person-{rows['personlink'].pk}"
    rows["candidate"] = Candidate.objects.create(kind="person", name="Bo Lund")
    rows["candidate"].articles.add(rows["article"])
    rows |= make_bulk_edits(somebody)
    rows |= make_uploads()
    rows["content_type"] = ContentType.objects.get_for_model(Article)
    rows["users"] = {letter: make_user(role) for letter, role in ROLES.items()} | {"s": somebody}
    for user in rows["users"].values():
        token_of(user)
    rows["newcomer"] = User.objects.create_user("newcomer")
    rows["django_tasks_database_dbtaskresult"] = DBTaskResult.objects.create(
        task_path="articles.tasks.nothing", args_kwargs={"args": [], "kwargs": {}}, queue_name="default"
    )
    return Rows(**rows)


def make_bulk_edits(somebody: User) -> dict[str, BulkEdit]:
    """One that waits, one that was stopped, one that is done."""
    asked = {"what": "status", "values": {"status": "review"}, "asked_by": somebody}
    asked["articles"] = {"ids": [make_article("Somebody’s other draft", status="draft").pk]}
    waiting, broken_off, finished = (BulkEdit.objects.create(**asked) for _time in range(3))
    BulkEdit.objects.filter(pk=broken_off.pk).update(state="stopped")
    work_on(finished)
    return {"bulk_edit": waiting, "broken_off_bulk_edit": broken_off, "finished_bulk_edit": finished}


def make_uploads() -> dict[str, Upload]:
    """One that was rehearsed, one that waits for it."""
    kept = {"file": ContentFile(b"", "a.csv"), "report": ContentFile(b"", "a.jsonl"), "name": "a.csv"}
    return {
        "upload": Upload.objects.create(**kept, state="rehearsed"),
        "waiting_upload": Upload.objects.create(**kept, state="rehearsing"),
    }


def make_user(role: str) -> User:
    user = User.objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def test_every_address_has_an_entry_and_every_entry_an_address():
    assert set(ADMIN) == set(ROUTES)


@pytest.mark.parametrize("name", sorted(ADMIN))
def test_only_those_open_a_page_who_may_and_no_page_changes_anything(client, rows, name):
    opened, before = set(), everything_stored()
    for letter in letters(ADMIN[name].open):
        with as_role(client, rows, letter):
            if is_answer(client.get(address_of(name, rows))):
                opened.add(letter)
    assert opened == set(ADMIN[name].open)
    assert what_changed(before) == []


def test_contributors_read_nothing_of_somebody_elses_draft(client, rows):
    addresses = [address_of(name, rows) for name in ADMIN]
    addresses += [stock.replace(f"/{rows.article.pk}/", f"/{rows.draft.pk}/") for stock in addresses]
    export = {"ids": rows.draft.pk, "format": "jsonl", "unpublished": "1"}
    addresses.append(reverse("admin:articles_bulk_export", query=export))
    addresses.append(reverse("admin:articles_bulk_export", query={**export, "ids": "", "filter": ""}))
    readers = set()
    for letter in "ce":
        with as_role(client, rows, letter):
            pages = [client.get(address) for address in addresses]
            readers |= {letter for page in pages if "Somebody’s draft" in page.getvalue().decode()}
    assert readers == {"e"}


@pytest.mark.parametrize("name", sorted(ADMIN))
def test_only_those_change_something_who_may(client, rows, name):
    sent, address = what_is_sent(client, rows, name), address_of(name, rows)
    assert who_changes(client, rows, ADMIN[name].change, lambda user: client.post(address, sent)) == set(
        ADMIN[name].change
    )


def test_every_action_has_an_entry_and_every_entry_an_action(rows, rf):
    assert set(ACTIONS) == set(every_action(rows.auth_user, rf))


@pytest.mark.parametrize(("table", "action"), sorted(ACTIONS))
def test_only_those_act_on_many_who_may(client, rows, table, action):
    may, address = ACTIONS[table, action], reverse(f"admin:articles_{table}_changelist")
    sent = {"action": action, "_selected_action": getattr(rows, may.row).pk, **may.sent(rows)}
    assert who_changes(client, rows, may.change, lambda user: client.post(address, sent)) == set(may.change)


def test_addresses_without_a_name_only_lead_on(client, rows):
    unnamed = [route for route, pattern in addresses_under("admin/").items() if not pattern.name]
    # Of a row to its page; and whatever else begins so.
    assert {route.rsplit("/", 2)[1] for route in unnamed} == {"<path:object_id>", "(?P<url>.*)$"}


def test_every_address_of_the_api_has_an_entry_and_every_entry_an_address():
    assert set(API) == {pattern.name for pattern in addresses_under("api/").values()}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("name", sorted(API))
def test_only_those_write_by_the_api_who_may(client, rows, settings, name, method):
    may, address = API[name], reverse(f"api:{name}", args=API[name].args(rows))
    expected = getattr(may, method.lower())

    def write(user):
        return send(client, method, address, may.sent(rows), user)

    assert who_changes(client, rows, expected, write) == set(expected)


def letters(expected: str) -> str:
    return "avces" if "s" in expected else "avce"


def who_changes(client, rows: Rows, expected: str, act) -> set[str]:
    """Those after whose act, given the user, something stored is not as it was."""
    found = set()
    for letter in letters(expected):
        with as_role(client, rows, letter):
            before = everything_stored()
            act(rows.users.get(letter))
            if what_changed(before):
                found.add(letter)
    return found


@contextmanager
def as_role(client, rows: Rows, letter: str):
    """Whatever is done so is rolled back."""
    with all_taken_back():
        client.logout()
        if letter in rows.users:
            client.force_login(rows.users[letter])
        yield


def address_of(name: str, rows: Rows) -> str:
    return reverse(f"admin:{name}", args=ADMIN[name].args(rows), query=ADMIN[name].query(rows))


def what_is_sent(client, rows: Rows, name: str) -> dict:
    may = ADMIN[name]
    if may.sent:
        return may.sent(rows)
    with as_role(client, rows, "s"):
        page = client.get(address_of(name, rows))
    return {**form_of(page.content.decode()), **may.edited(rows)}


def is_answer(response) -> bool:
    """Neither refused nor sent away: to log in, or because a row is not there for this user."""
    away = (reverse("admin:login"), reverse("admin:index"))
    return response.status_code < 400 and not response.headers.get("Location", "").startswith(away)


def every_action(user, rf):
    """Those of tables of the archive; nobody but administrators sees the others."""
    request = rf.get("/")
    request.user = user
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label == "articles":
            yield from ((model._meta.model_name, action) for action in model_admin.get_actions(request))
