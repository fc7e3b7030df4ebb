"""How long answers of the API take: through WSGI, in one warm process, on addresses drawn from the archive.

The questions are those that pages.py asks; the other answers are about subjects drawn by the same rule.
"""

import argparse
import os
from collections import defaultdict

# One visitor asks everything here: before the settings are read.
os.environ.setdefault("NEWSROOM_API_RATE_ANONYMOUS", "")

import measure

# isort: split
from django.test import Client
from drawn_addresses import draw_addresses

from articles.models import Article
from articles.search import ArticleQuery, search
from articles.search.stretches import Position, read_on

ADDRESSES_SEED, WARM_UP_SEED = 1, 2
FACETS = "facets=people,places,topics,source,language,year"
LISTS = ("people/", "people/?sort=count", "people/?q=an", "places/?expand=ancestors", "topics/?sort=count", "sources/")
FACET_LISTS = ("facets/people/", "facets/places/?order=name", "facets/people/?name=an")
# How deep in the whole archive a cursor and a page number are tried.
DEPTHS = (0.01, 0.5, 0.99)


def main() -> None:
    options = read_options()
    client = Client(headers={"host": "localhost"})
    questions = draw_questions(options.addresses, ADDRESSES_SEED)
    for address in draw_questions(options.addresses // 2, WARM_UP_SEED):
        ask(client, address)
    print(f"{Article.objects.count():,} articles, {len(questions)} addresses")
    report("list of articles", [time_answer(client, address) for address in questions])
    report("  with six facets", [time_answer(client, with_parameters(address, FACETS)) for address in questions])
    report("  100 results", [time_answer(client, with_parameters(address, "size=100")) for address in questions])
    report("  that is known (304)", [time_again(client, address) for address in questions])
    report_one_by_one("one article", client, details(options.addresses))
    report_each(client, [f"/api/v1/{path}" for path in (*LISTS, *FACET_LISTS)])
    report_depths(client)
    print(f"memory of this process {measure.resident_megabytes():,.0f} MB")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=100)
    return parser.parse_args()


def draw_questions(number: int, seed: int) -> list[str]:
    """Addresses of the page /articles/ as addresses of the API."""
    return [f"/api/v1{address}" for address in draw_addresses(number, seed)]


def with_parameters(address: str, parameters: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{parameters}"


def details(number: int) -> list[str]:
    newest = Article.objects.published().newest_first().values_list("slug", flat=True)[:number]
    return [f"/api/v1/articles/{slug}/" for slug in newest]


def ask(client: Client, address: str, **headers: str):
    response = client.get(address, headers=headers)
    assert response.status_code in (200, 304), f"{address}: {response.status_code} {response.content[:200]}"
    return response


def time_answer(client: Client, address: str) -> float:
    return measure.milliseconds(lambda: ask(client, address))


def time_again(client: Client, address: str) -> float:
    etag = ask(client, address).headers["ETag"]
    return measure.milliseconds(lambda: ask(client, address, **{"if-none-match": etag}))


def report(label: str, times: list[float]) -> None:
    print(f"  {label:28} {measure.summary(times)}")


def report_one_by_one(label: str, client: Client, addresses: list[str]) -> None:
    report(label, [time_answer(client, address) for address in addresses])


def report_each(client: Client, addresses: list[str], repeat: int = 5) -> None:
    times = defaultdict(list)
    for _ in range(repeat):
        for address in addresses:
            times[address].append(time_answer(client, address))
    for address, found in times.items():
        report(address.removeprefix("/api/v1/"), found)


def report_depths(client: Client, repeat: int = 5) -> None:
    total = search(ArticleQuery(), limit=0).total
    for depth in DEPTHS:
        offset = int(total * depth)
        key = read_on(ArticleQuery(), Position(offset=offset), 1).next.key
        page = f"/api/v1/articles/?page={offset // 20 + 1}"
        cursor = f"/api/v1/articles/?cursor=newest.k{key}"
        report(f"page at {depth:.0%}", [time_answer(client, page) for _ in range(repeat)])
        report(f"cursor at {depth:.0%}", [time_answer(client, cursor) for _ in range(repeat)])


if __name__ == "__main__":
    main()
