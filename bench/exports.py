"""How fast articles leave the archive as files, and in how much memory; and how long the newest take as feeds.

Exports are written to nowhere, in one warm process; the feeds go through WSGI.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import islice

import measure

# isort: split
from django.db import connection
from django.test import Client

from articles.exports import EXPORT_FORMATS
from articles.exports.articles import read_articles
from articles.feeds import FEED_FORMATS
from articles.models import Article, Person
from articles.search import NONE, ArticleQuery, all_ids, count_values

# A tenth of the way in everything is loaded that will be: from there on memory must not grow.
WARM = 0.1
REPEAT = 20


def main() -> None:
    options = read_options()
    published = min(Article.objects.published().count(), options.most)
    print(f"{published:,} articles, on {connection.vendor}")
    with measure.stage("walking through all ids"):
        assert sum(1 for _ in islice(all_ids(ArticleQuery()), published)) == published
    for name in options.formats:
        measure_export(name, published)
    for address in feed_addresses():
        measure_feed(address)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", nargs="*", default=list(EXPORT_FORMATS), choices=[*EXPORT_FORMATS])
    parser.add_argument("--most", type=int, default=1_000_000_000, help="how many articles to export")
    return parser.parse_args()


def measure_export(name: str, number: int) -> None:
    """Rates by the clock and, for a machine that has other things to do, by the processor's time."""
    start, busy, size, warm = time.perf_counter(), time.process_time(), 0, 0.0
    for text, share in pieces(name, number):
        size += len(text.encode())
        warm = warm or (measure.resident_megabytes() if share >= WARM else 0.0)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    print(
        f"{name:6} {number / seconds:8,.0f} articles/s ({number / busy:,.0f} in a second of the processor), "
        f"{size / 1e6:,.0f} MB, memory {warm:,.0f} MB → {measure.resident_megabytes():,.0f} MB",
        flush=True,
    )


def pieces(name: str, number: int) -> Iterator[tuple[str, float]]:
    """The pieces of an export, and the share of the articles that were read until then."""
    done = 0

    def counted() -> Iterator[list]:
        nonlocal done
        for portion in read_articles(islice(all_ids(ArticleQuery()), number)):
            yield portion
            done += len(portion)

    for text in EXPORT_FORMATS[name].write(counted(), "https://archive.example"):
        yield text, done / number


def feed_addresses() -> Iterator[str]:
    """The feed of everything, of whoever is written about most, of a common word, and of both."""
    counts = count_values("people")
    counts.pop(NONE, None)
    person = Person.objects.get(pk=max(counts, key=counts.get))
    word = Article.objects.published().order_by("pk").values_list("headline", flat=True)[0].split()[-1].lower()
    for name in FEED_FORMATS:
        yield f"/articles/feed.{name}"
        yield f"{person.get_absolute_url()}feed.{name}"
        yield f"/articles/feed.{name}?q={word}"
        yield f"/articles/feed.{name}?people={person.slug}&q={word}"


def measure_feed(address: str) -> None:
    client = Client(headers={"host": "localhost"})
    assert client.get(address).status_code == 200, address
    times = [measure.milliseconds(lambda: client.get(address)) for _ in range(REPEAT)]
    print(f"{address:70} {measure.summary(times)}", flush=True)


if __name__ == "__main__":
    main()
