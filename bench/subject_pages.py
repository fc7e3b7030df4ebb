"""How long the pages around people, places and topics take, through WSGI, in one warm process.

The subjects are drawn from the archive by fame: the first, the tenth and the hundredth are equally likely, and the
most written-about one is always among them.
"""

import argparse
import time
from itertools import pairwise
from random import Random

import measure

# isort: split
from django.core.management import call_command
from pages import Server

from articles.models import SUBJECT_KINDS, Article, SubjectKind
from articles.search import NONE, count_values

SEED, WARM_UP_SEED = 1, 2
WARM_UP = 5


def main() -> None:
    options = read_options()
    call_command("collectstatic", interactive=False, verbosity=0)
    server = Server()
    drawn = {kind.name: draw_slugs(kind, options.subjects, SEED) for kind in SUBJECT_KINDS.values()}
    warm_up(server)
    print(f"{Article.objects.count():,} articles")
    for kind in SUBJECT_KINDS.values():
        report(server, f"{kind.name} pages", [f"/{kind.plural}/{slug}/" for slug in drawn[kind.name]])
    for kind in SUBJECT_KINDS.values():
        report(server, f"list of {kind.plural}", list_addresses(kind, drawn[kind.name]))
    report(server, "trees and maps", tree_and_map_addresses(drawn))
    report(server, "comparisons", comparisons(drawn))
    print(f"memory of this process {measure.resident_megabytes():,.0f} MB")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=100, help="of each kind")
    return parser.parse_args()


def warm_up(server: Server) -> None:
    """Other pages of each sort: a reader who comes first after a start pays for templates and counts."""
    for kind in SUBJECT_KINDS.values():
        server.open(f"/{kind.plural}/")
        for slug in draw_slugs(kind, WARM_UP, WARM_UP_SEED)[1:]:
            server.open(f"/{kind.plural}/{slug}/")
    for address in ("/map/", "/tree/places/", "/tree/topics/", "/compare/"):
        server.open(address)


def draw_slugs(kind: SubjectKind, number: int, seed: int) -> list[str]:
    """The most written-about one, and others of any rank."""
    counts = count_values(kind.plural)
    counts.pop(NONE, None)
    ranked = sorted(counts, key=lambda id: (-counts[id], id))
    random, ids = Random(seed), ranked[:1]
    while len(ids) < min(number, len(ranked)):
        id = ranked[int(len(ranked) ** random.random()) - 1]
        if id not in ids:
            ids.append(id)
    slugs = dict(kind.model.objects.filter(pk__in=ids).values_list("pk", "slug"))
    return [slugs[id] for id in ids]


def list_addresses(kind: SubjectKind, slugs: list[str]) -> list[str]:
    """The register, its letters, its order by articles, its last pages, and names looked up in it."""
    names = kind.model.objects.filter(slug__in=slugs[:20]).values_list("name", flat=True)
    ways = ["", "?sort=count", "?all=1", "?sort=count&all=1", *(f"?letter={letter}" for letter in "aehms")]
    searches = [f"?q={name[:length]}" for name in sorted(names) for length in (3, 5)]
    return [f"/{kind.plural}/{parameters}" for parameters in ways + searches]


def tree_and_map_addresses(drawn: dict[str, list[str]]) -> list[str]:
    trees = ["/tree/places/", "/tree/topics/"]
    trees += [f"/tree/{kind.plural}/?part_of={slug}" for kind in _trees() for slug in drawn[kind.name][:10]]
    return [*trees, "/map/", "/map/?kind=city", *(f"/map/?people={slug}" for slug in drawn["person"][:10])]


def comparisons(drawn: dict[str, list[str]]) -> list[str]:
    """The most written-about with each other, and each with others of its rank; typed names, too."""
    ranks = list(zip(drawn["person"], drawn["place"], drawn["topic"], strict=False))
    pairs = [f"?people={person}&places={place}" for person, place, _ in ranks[:30]]
    fours = [
        f"?people={person}&people={another}&places={place}&topics={topic}"
        for (person, place, topic), (another, _, _) in pairwise(ranks[:11])
    ]
    return [f"/compare/{parameters}" for parameters in pairs + fours + ["?name=mar"]]


def _trees() -> list[SubjectKind]:
    return [kind for kind in SUBJECT_KINDS.values() if kind.is_tree]


def report(server: Server, label: str, addresses: list[str]) -> None:
    """What a reader waits, and what the processors work for it: that tells more where others use them, too."""
    waited, worked = {}, []
    for address in addresses:
        start = time.process_time()
        waited[address] = measure.milliseconds(lambda address=address: server.open(address))
        worked.append((time.process_time() - start) * 1000)
    slowest = max(waited, key=waited.get)
    print(f"  {label:20} {measure.summary(list(waited.values()))}   slowest {slowest}")
    print(f"  {'  processor time':20} {measure.summary(worked)}", flush=True)


if __name__ == "__main__":
    main()
