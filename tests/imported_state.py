"""Prints all that imports have made of an archive, without the numbers of rows: see test_import_kills.py."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from articles.models import SUBJECT_KINDS, Article, Candidate, TextGroup  # noqa: E402
from articles.search import catch_up  # noqa: E402
from articles.search.check import compare  # noqa: E402

ARTICLE = (
    "import_key",
    "import_digest",
    "headline",
    "slug",
    "body",
    "summary",
    "published_on",
    "source__name",
    "status",
)
LINK = ("article__import_key", "subject__name", "origin", "status", "confidence", "mentions")


def state() -> dict:
    catch_up()
    kinds = SUBJECT_KINDS.values()
    return {
        "articles": sorted(map(str, Article.objects.values_list(*ARTICLE))),
        "links": sorted(str((kind.name, *row)) for kind in kinds for row in kind.link.objects.values_list(*LINK)),
        "subjects": sorted(
            str((kind.name, *row)) for kind in kinds for row in kind.model.objects.values_list("name", "slug")
        ),
        "groups": sorted(
            sorted(group.articles.values_list("import_key", flat=True)) for group in TextGroup.objects.all()
        ),
        "candidates": sorted(Candidate.objects.values_list("name", flat=True)),
        "index": str(compare()),
    }


if __name__ == "__main__":
    print(json.dumps(state()))
