"""How long the page of an article takes, with its links, versions, related articles and neighbours, and the front page.

Through WSGI, in one warm process. The articles are drawn by a seed; other ones warm up.
"""

import argparse
from random import Random

import measure

# isort: split
import time
from importlib import import_module

from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from pages import Server

from articles.models import Article

ARTICLES_SEED, WARM_UP_SEED, STATIONS_SEED = 1, 2, 3
FRONT_PAGES = 20


def main() -> None:
    options = read_options()
    call_command("collectstatic", interactive=False, verbosity=0)
    server = Server()
    for address in draw_articles(options.articles // 2, WARM_UP_SEED):
        server.open(address)
    addresses = draw_articles(options.articles, ARTICLES_SEED)
    print(f"{Article.objects.count():,} articles, {len(addresses)} of them opened")
    report_times("an article", server, addresses)
    report_times("the front page", server, ["/"] * FRONT_PAGES)
    report_where_the_time_goes(server, draw_articles(options.articles, STATIONS_SEED))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    return parser.parse_args()


def report_times(name: str, server: Server, addresses: list[str]) -> None:
    """By the clock, and by the processor alone: on a busy machine only that can be compared."""
    server.open(addresses[0])
    times, work = [], []
    for address in addresses:
        before = time.process_time()
        times.append(measure.milliseconds(lambda address=address: server.open(address)))
        work.append((time.process_time() - before) * 1000)
    print(f"  {name:22} {measure.summary(times)}")
    print(f"  {'  the processor':22} {measure.summary(work)}")


def draw_articles(number: int, seed: int) -> list[str]:
    """Addresses of published articles, from everywhere in the archive."""
    random, last = Random(seed), Article.objects.aggregate(last=Max("pk"))["last"]
    drawn = (Article.objects.published().filter(pk__gte=random.randint(1, last)).order_by("pk") for _ in range(number))
    return [articles[:1].first().get_absolute_url() for articles in drawn if articles.exists()]


def report_where_the_time_goes(server: Server, addresses: list[str]) -> None:
    # The package's name for the view hides the module of the same name.
    view = import_module("articles.views.article")
    watched = {"related": "related_articles", "neighbours": "find_neighbours", "text": "render_for_page"}
    parts = {name: measure.Stopwatch() for name in (*watched, "template", "database")}
    for name, function in watched.items():
        parts[name].watch(view, function)
    parts["template"].watch(view, "render")
    spent = {name: [] for name in parts}
    with connection.execute_wrapper(parts["database"].as_execute_wrapper):
        for address in addresses:
            server.open(address)
            for name, stopwatch in parts.items():
                spent[name].append(stopwatch.read_and_reset())
    print("where the time goes (database: all queries, also those inside the others)")
    for name, times in spent.items():
        print(f"  {name:22} {measure.summary(times)}")


if __name__ == "__main__":
    main()
