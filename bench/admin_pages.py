"""How long the pages of the editor's desk take, in one warm process, as a superuser sees them.

Nothing is written: nobody logs in, and decisions are rolled back. Add a page to PAGES to measure it, too.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from random import Random

import measure

# isort: split
from django.contrib.auth import get_user_model, middleware
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles.editing.decisions import decide_suggestions
from articles.models import SUBJECT_KINDS, Article, Candidate, Person

SEED = 1
ORDERS = ("newest", "confidence", "subject")
RELATION = {"app_label": "articles", "model_name": "personlink", "field_name": "subject"}


def front_page(number: int) -> Iterator[str]:
    yield reverse("admin:index")


def review(number: int) -> Iterator[str]:
    """Every queue in every order, and further and further into them."""
    for kind in SUBJECT_KINDS.values():
        links = kind.link.objects.suggested().order_by("-pk")
        after = [None, *links.values_list("pk", flat=True)[: 10 * number : 10]]
        for order in ORDERS:
            yield from (address("articles_review", kind=kind.name, order=order, after=pk) for pk in after)


def review_narrowed(number: int) -> Iterator[str]:
    for kind in SUBJECT_KINDS.values():
        links = list(kind.link.objects.suggested().select_related("article", "subject").order_by("-pk")[:number])
        for link in links:
            yield address("articles_review", kind=kind.name, subject=link.subject_id, confidence=0.4)
            yield address("articles_review", kind=kind.name, article=link.article_id)
            yield address("articles_review", kind=kind.name, source=link.article.source_id)
            yield address("articles_review", kind=kind.name, name=link.subject.name)


def candidates(number: int) -> Iterator[str]:
    for kind in SUBJECT_KINDS.values():
        yield address("articles_candidates", kind=kind.name)
        for pk in Candidate.objects.filter(kind=kind.name).values_list("pk", flat=True)[:number]:
            yield address("articles_candidates", kind=kind.name, after=pk)
            yield reverse("admin:articles_candidate", args=[pk])


def names_typed(number: int) -> Iterator[str]:
    """What the autocomplete is asked while somebody types a name."""
    names = list(Person.objects.order_by("pk").values_list("name", flat=True)[: 100 * number : 100])
    for name in names:
        for typed in (name[:2], name[:5], name.split()[-1], name):
            yield address("autocomplete", **RELATION, term=typed)


# What is measured, and which addresses are opened for it: about so many as the number that they are given.
PAGES: dict[str, Callable[[int], Iterator[str]]] = {
    "front page": front_page,
    "review": review,
    "review, narrowed": review_narrowed,
    "candidates": candidates,
    "names while typing": names_typed,
}


def main() -> None:
    options = read_options()
    call_command("collectstatic", interactive=False, verbosity=0)
    user = log_in()
    client = Client(SERVER_NAME="localhost")
    print(f"{Article.objects.count():,} articles; each page: time by the clock, then that of the processor")
    for label, find in PAGES.items():
        addresses = list(dict.fromkeys(find(options.addresses)))
        Random(SEED).shuffle(addresses)
        for opened in addresses[:3]:
            open_page(client, opened)
        report(label, [(opened, timed(lambda opened=opened: open_page(client, opened))) for opened in addresses])
    keys = suggestions(options.addresses)
    report("a decision", [(str(key), timed(lambda key=key: decide(key, user))) for key in keys])
    print(f"memory of this process {measure.resident_megabytes():,.0f} MB")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=20, help="of each sort")
    return parser.parse_args()


def log_in():
    """Everybody is a superuser who was never saved, if the archive has none."""
    model = get_user_model()
    user = model.objects.filter(is_superuser=True).first() or model(pk=1, username="bench")
    user.is_staff = user.is_superuser = user.is_active = True
    middleware.get_user = lambda request: user
    return user


def address(page: str, /, **parameters) -> str:
    return reverse(f"admin:{page}", query={key: value for key, value in parameters.items() if value is not None})


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


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor."""
    before = time.process_time()
    elapsed = measure.milliseconds(action)
    return elapsed, (time.process_time() - before) * 1000


def report(label: str, times: list[tuple[str, tuple[float, float]]]) -> None:
    if not times:
        print(f"  {label:20} none in this archive")
        return
    slowest = max(times, key=lambda each: each[1][1])
    print(f"  {label:20} {measure.summary([elapsed for _, (elapsed, _) in times])}")
    print(f"  {'':20} {measure.summary([spent for _, (_, spent) in times])}   slowest {slowest[0]}", flush=True)


if __name__ == "__main__":
    main()
