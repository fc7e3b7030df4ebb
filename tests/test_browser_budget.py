"""What a first visit costs: bytes, requests, and things that jump. Measured as it is served to readers."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browsing import CHROMIUM

ROOT = Path(__file__).parent.parent
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine: apt-get install chromium"),
]

PAGES = ["/", "/articles/", "/articles/?q=rafah", "/articles/rafah-plan-washington-talks-2024/"]
MOST_BYTES = 120_000
MOST_REQUESTS = 5
MOST_SHIFT = 0.01
# What moves within half a second of a click was asked for.
SHIFTS = """
window.shift = 0;
const add = entry => { window.shift += entry.hadRecentInput ? 0 : entry.value; };
new PerformanceObserver(list => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the sample archive, served by gunicorn with compressed static files."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {
        "NEWSROOM_DATA_DIR": str(tmp_path_factory.mktemp("site")),
        "NEWSROOM_SECRET_KEY": "a-key-for-the-tests-only-" * 3,
    }
    subprocess.run(
        [sys.executable, "manage.py", "setup_archive"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    wait_for(f"{address}/help/searching/")
    yield address
    server.terminate()
    server.wait(timeout=10)


def wait_for(address: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - our own server
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.fixture(params=[390, 1280], ids=["narrow", "wide"])
def visit(request, browser, site):
    """Opens a page as a new visitor and tells what came over the line: (address, bytes) of each request."""
    contexts = []

    def visited(address):
        context = browser.new_context(viewport={"width": request.param, "height": 800})
        contexts.append(context)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        addresses, sizes = {}, {}
        session.on(
            "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
        )
        session.on(
            "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]})
        )
        page.add_init_script(SHIFTS)
        page.goto(site + address, wait_until="networkidle")
        page.wait_for_timeout(300)
        return page, {addresses[id]: size for id, size in sizes.items()}

    yield visited
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_costs_little_and_nothing_jumps(visit, address):
    page, transferred = visit(address)
    assert sum(transferred.values()) <= MOST_BYTES, transferred
    assert len(transferred) <= MOST_REQUESTS, transferred
    assert page.evaluate("window.shift") < MOST_SHIFT


def test_changing_a_list_in_place_makes_nothing_jump(visit):
    page, _ = visit("/articles/")
    if page.viewport_size["width"] < 960:
        page.get_by_text("Narrow down").first.click()
    page.locator(".panel-people .option-choose").first.click()
    page.locator(".chip").first.wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < MOST_SHIFT


def test_a_second_page_brings_only_itself(visit, site):
    page, _ = visit("/")
    page.goto(f"{site}/articles/", wait_until="networkidle")
    sent = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.transferSize).map(one => one.name)"
    )
    assert sent == []
