"""How long a whole page of the article list takes: 20 results, all facets, through WSGI, in one warm process.

The addresses are drawn from the archive itself and are the same in every run. See README.md for the mix.
"""

import argparse
import io
import json
from collections import defaultdict

import measure

# isort: split
from importlib import import_module
from wsgiref.util import setup_testing_defaults

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from drawn_addresses import draw_addresses

from articles.models import Article
from articles.search.engine import Answerer

ADDRESSES_SEED, WARM_UP_SEED, STATIONS_SEED = 1, 2, 3


def main() -> None:
    options = read_options()
    call_command("collectstatic", interactive=False, verbosity=0)
    server = Server()
    addresses = draw_addresses(options.addresses, ADDRESSES_SEED)
    # Other addresses warm up, so that the first round shows what a reader sees who asks a new question.
    for address in draw_addresses(options.addresses // 2, seed=WARM_UP_SEED):
        server.open(address)
    times = time_pages(server, addresses, options.repeat)
    if options.json:
        print(json.dumps(figures([found[0] for found in times.values()])))
        return
    print(f"{Article.objects.count():,} articles, {len(times)} addresses, each {options.repeat} times")
    report_kinds(addresses, times)
    report_slowest(times)
    report_where_the_time_goes(server, draw_addresses(options.addresses, seed=STATIONS_SEED))
    print(f"memory of this process {measure.resident_megabytes():,.0f} MB")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=240)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="only the figures that growth.py needs")
    return parser.parse_args()


class Server:
    """The site in this process, without a socket."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()

    def open(self, address: str) -> None:
        environ = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}
        environ["PATH_INFO"], _, environ["QUERY_STRING"] = address.partition("?")
        setup_testing_defaults(environ)
        environ["wsgi.input"] = io.BytesIO()
        statuses = []
        response = self._application(environ, lambda status, headers, exc_info=None: statuses.append(status))
        body = b"".join(response)
        response.close()
        if statuses != ["200 OK"] or b"</html>" not in body:
            raise RuntimeError(f"{address} answered {statuses}: {body[:300]!r}")


def time_pages(server: Server, addresses: dict[str, str], repeat: int) -> dict[str, list[float]]:
    """The milliseconds of each address. Repeats lie far apart, so that a busy moment spoils one of them only."""
    times = defaultdict(list)
    for _ in range(repeat):
        for address in addresses:
            times[address].append(measure.milliseconds(lambda address=address: server.open(address)))
    return times


def report_kinds(addresses: dict[str, str], times: dict[str, list[float]]) -> None:
    by_kind = defaultdict(list)
    for address, kind in addresses.items():
        by_kind[kind].append(times[address][0])
    for kind in sorted(by_kind):
        print(f"  {kind:28} {measure.summary(by_kind[kind])}")
    print(f"  {'all, opened first':28} {measure.summary([found[0] for found in times.values()])}")
    if again := [each for found in times.values() for each in found[1:]]:
        print(f"  {'all, opened again':28} {measure.summary(again)}")


def report_slowest(times: dict[str, list[float]], number: int = 5) -> None:
    print("the slowest when opened first")
    for address in sorted(times, key=lambda address: -times[address][0])[:number]:
        print(f"  {times[address][0]:8.1f} ms  {address}")


def report_where_the_time_goes(server: Server, addresses: dict[str, str]) -> None:
    """One more round, of other addresses, with stopwatches around the stations."""
    parts = {name: measure.Stopwatch() for name in ("search", "database", "template", "snippets")}
    engine = {name: measure.Stopwatch() for name in ("total", "ids", "facets", "periods", "suggestion")}
    # The package's name for the view hides the module of the same name.
    view = import_module("articles.views.article_list")
    parts["search"].watch(view, "search")
    parts["snippets"].watch(view, "snippets")
    parts["template"].watch(view, "render")
    for name, stopwatch in engine.items():
        stopwatch.watch(Answerer, name)
    whole, spent = [], defaultdict(list)
    with connection.execute_wrapper(parts["database"].as_execute_wrapper):
        for address in addresses:
            whole.append(measure.milliseconds(lambda address=address: server.open(address)))
            for name, stopwatch in {**parts, **engine}.items():
                spent[name].append(stopwatch.read_and_reset())
    print("where the time goes (database: all queries, also those inside search and template)")
    for name in (*parts, *engine):
        share = sum(spent[name]) / sum(whole)
        label = name if name in parts else f"  search: {name}"
        print(f"  {label:22} {share:6.1%}   {measure.summary(spent[name])}")
    print(f"  {'whole page':22} {1:6.1%}   {measure.summary(whole)}")


def figures(times: list[float]) -> dict[str, float]:
    return {
        "articles": Article.objects.count(),
        "database": measure.database_megabytes(),
        "index": measure.index_megabytes(),
        "p50": measure.percentile(times, 0.5),
        "p95": measure.percentile(times, 0.95),
        "memory": measure.resident_megabytes(),
    }


if __name__ == "__main__":
    main()
