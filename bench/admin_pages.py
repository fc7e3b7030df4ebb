"""How long the pages of the editor's desk take, and how many queries, in one warm process, as a superuser sees them.

Nothing is written: nobody logs in, and decisions are rolled back. Add a page to desk_addresses.py to measure it, too.
"""

import argparse
import time
from collections.abc import Callable
from random import Random

import measure

# isort: split
from desk_addresses import SEED, finders
from django.contrib.auth import get_user_model, middleware
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from articles.editing.decisions import decide_suggestions
from articles.models import SUBJECT_KINDS, Article

LIMIT = 300


class Counter:
    """For `connection.execute_wrapper`."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)


def main() -> None:
    options = read_options()
    call_command("collectstatic", interactive=False, verbosity=0)
    user = log_in()
    client = Client(SERVER_NAME="localhost")
    print(
        f"{Article.objects.count():,} articles; each page: milliseconds by the clock, those of the processor, queries"
    )
    for label, find in finders(client).items():
        if not options.only or options.only in label:
            measure_pages(client, label, list(dict.fromkeys(find(options.addresses))))
    if not options.only:
        keys = suggestions(options.addresses)
        report("a decision", [(str(key), *timed(lambda key=key: decide(key, user))) for key in keys])
    print(f"memory of this process {measure.resident_megabytes():,.0f} MB")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=20, help="of each sort")
    parser.add_argument("--only", default="", help="what has this in its name")
    return parser.parse_args()


def log_in():
    """Everybody is a superuser who was never saved, if the archive has none."""
    model = get_user_model()
    user = model.objects.filter(is_superuser=True).first() or model(pk=1, username="bench")
    user.is_staff = user.is_superuser = user.is_active = True
    middleware.get_user = lambda request: user
    return user


def measure_pages(client: Client, label: str, addresses: list[str]) -> None:
    Random(SEED).shuffle(addresses)
    for opened in addresses[:3]:
        open_page(client, opened)
    report(label, [(opened, *timed(lambda opened=opened: open_page(client, opened))) for opened in addresses])


def suggestions(number: int) -> list[tuple[str, int]]:
    links = {kind.name: kind.link.objects.suggested()[:number] for kind in SUBJECT_KINDS.values()}
    return [(name, link.pk) for name, found in links.items() for link in found]


def open_page(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}: {response.content[:300]!r}")


def decide(key: tuple[str, int], user) -> None:
    with transaction.atomic():
        decide_suggestions([key], [], user)
        transaction.set_rollback(True)


def timed(action: Callable[[], object]) -> tuple[float, float, int]:
    """Milliseconds by the clock, and of the processor; and how many queries."""
    counter, before = Counter(), time.process_time()
    with connection.execute_wrapper(counter):
        elapsed = measure.milliseconds(action)
    return elapsed, (time.process_time() - before) * 1000, counter.queries


def report(label: str, found: list[tuple[str, float, float, int]]) -> None:
    if not found:
        print(f"  {label:40} none in this archive")
        return
    _addresses, *figures = zip(*found, strict=True)
    clock, processor = (
        f"{measure.percentile(each, 0.5):6.0f} {measure.percentile(each, 0.95):6.0f}" for each in figures[:2]
    )
    print(f"  {label:40} {clock}  {processor}  {max(figures[2]):4} queries  ({len(found)})", flush=True)
    for address, elapsed, spent, queries in sorted(found, key=lambda each: -each[1])[:5]:
        if elapsed > LIMIT:
            print(f"    {elapsed:6.0f} ms, {spent:6.0f} of the processor, {queries} queries: {address}", flush=True)


if __name__ == "__main__":
    main()
