"""A process that changes an archive without end, to be killed: see test_kills.py.

It first proves that what a killed predecessor left is whole, then says "whole" and goes on until its death.
"""

import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from articles.models import Article, Place, PlaceLink  # noqa: E402
from articles.search import catch_up, rebuild, update_index  # noqa: E402
from articles.search.check import compare  # noqa: E402


def change_something(chance: random.Random) -> None:
    articles = list(Article.objects.order_by("?").values_list("pk", flat=True)[:10])
    places = list(Place.objects.values_list("pk", flat=True))
    match chance.randrange(6):
        case 0:
            made = [Article(headline=f"Storm {chance.random()}", slug=f"storm-{chance.random()}") for _ in range(20)]
            created = Article.objects.bulk_create(made)
            PlaceLink.objects.bulk_create(
                PlaceLink(article=article, subject_id=chance.choice(places)) for article in created
            )
        case 1:
            Article.objects.filter(pk__in=articles).update(headline=f"Calm {chance.random()}")
        case 2 if Article.objects.count() > 100:
            Article.objects.filter(pk__in=articles[:5]).delete()
        case 3:
            child, parent = chance.sample(sorted(places), 2)
            Place.objects.filter(pk=max(child, parent)).update(parent=min(child, parent))
        case 4:
            catch_up()
        case 5:
            rebuild()


def main(seed: int) -> None:
    chance = random.Random(seed)
    if not Place.objects.exists():
        Place.objects.bulk_create(Place(name=f"Place {number}", slug=f"place-{number}") for number in range(8))
    update_index()
    difference = compare()
    if difference:
        sys.exit(f"The index and the database differ: {difference}")
    print("whole", Article.objects.count(), flush=True)
    while True:
        change_something(chance)


if __name__ == "__main__":
    main(int(sys.argv[1]))
