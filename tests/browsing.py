"""What the tests in a real browser share: the browser, its pages, a small archive."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.factories import make_article, make_person, make_place, make_source, make_topic

# The shell is Chromium without its windows, and starts in half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PASSWORD = "a long password"
BODY = "Ada Moreau spoke in Rafah.\n\n## A second day\n\nMoreau left at night.\n\n## A third\n\nA.\n\n## A last\n\nB."

# For `pytestmark` of a module.
browser_tests = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine: apt-get install chromium"),
]


def is_error(message) -> bool:
    """The admin has no icon of its own."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture(scope="module")
def browser() -> Iterator:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make test installs it")
    # Playwright keeps an event loop in this thread; Django would refuse to use the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, live_server) -> Iterator:
    """Call it for a page of a new visitor, with options of `new_context`.

    Fails the test on any error in the browser's console: a script, a style, a picture refused.
    """
    contexts, errors = [], []

    def opened(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if is_error(message) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request, open_page):
    return open_page(java_script_enabled=request.param)


@pytest.fixture
def editor(transactional_db) -> User:
    user = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def log_in(live_server, open_page, editor):
    """Call it for a page on which an editor is logged in; or with a page of your own, or another user.

    Nothing is opened there yet.
    """

    def logged_in(page=None, user=editor):
        page = page or open_page()
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return logged_in


@pytest.fixture
def archive() -> None:
    gaza = make_place("Gaza Strip", kind="territory", aliases=["Gaza"], latitude=31, longitude=34)
    rafah = make_place("Rafah", kind="city", parent=gaza)
    ada, bo = make_person("Ada Moreau"), make_person("Bo Lund")
    diplomacy, wire = make_topic("diplomacy"), make_source("Meridian Wire")
    make_article(
        "Talks on Rafah",
        body=BODY,
        about=[ada, rafah, diplomacy],
        source=wire,
        language="en",
    )
    make_article("Talks go on", about=[ada, bo, rafah], published_on="2024-04-02")
    make_article("A quiet harbour", about=[bo], published_on="2023-01-05", source=make_source("The Daily Test"))
