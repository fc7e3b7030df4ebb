"""Addresses of the editor's desk: {sort of page: a function that yields some of them, given how many}."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from itertools import pairwise
from random import Random

from django.contrib import admin
from django.db.models import Count, Max, Model, QuerySet
from django.test import Client
from django.urls import reverse

from articles.editing.stored_duplicates import stored_duplicates
from articles.models import (
    SUBJECT_KINDS,
    Article,
    BulkEdit,
    Candidate,
    Change,
    ImportBatch,
    Occasion,
    SubjectKind,
    Upload,
)
from articles.search import NONE, count_values

Finder = Callable[[int], Iterator[str]]

SEED = 1
EDITED = (Article, *(kind.model for kind in SUBJECT_KINDS.values()))
KIND_OF = {kind.model: kind for kind in SUBJECT_KINDS.values()}
ORDERS = ("newest", "confidence", "subject")
WORDS = ("election results", "minister", "storm -flood", "zzqqxx")
# What nobody is called: the whole table has to be looked through for it, if there is no index.
NOTHING = "zzq"
# Tables that stay small whatever the archive holds.
SMALL = {"user", "group", "tokenproxy", "dbtaskresult"}
LINK = re.compile(r'href="(\?[^"]*)"')


def finders(client: Client) -> dict[str, Finder]:
    """Those of every stock page of every table that may be large, and of our own pages."""
    found: dict[str, Finder] = {"front page": front_page}
    for model in admin.site._registry:
        if model._meta.model_name not in SMALL:
            name = str(model._meta.verbose_name)
            found |= {
                f"list: {name}": partial(lists, client, model),
                f"search: {name}": partial(searches, model),
                f"form: {name}": partial(forms, model),
            }
    return found | {
        "empty forms": empty_forms,
        "histories": histories,
        "occasions, taking back": occasions,
        "deleting": deletions,
        "names while typing": names_typed,
        "review": review,
        "review, narrowed": review_narrowed,
        "candidates": candidates,
        "likely duplicates": duplicates,
        "merging": merges,
        "splitting": splits,
        "bulk edits": bulk_edits,
        "uploads, undoing imports": uploads,
    }


def front_page(number: int) -> Iterator[str]:
    yield reverse("admin:index")


def lists(client: Client, model: type[Model], number: int) -> Iterator[str]:
    """The list, all that a click in it leads to (every filter, order and page), and some second clicks."""
    start = stock(model, "changelist")
    clicks = clicks_in(client, start)
    yield from (start, *clicks)
    for click in Random(SEED).sample(clicks, min(number, len(clicks))):
        further = clicks_in(client, click)
        yield from Random(click).sample(further, min(5, len(further)))


def clicks_in(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return [address.partition("?")[0] + unescape(query) for query in dict.fromkeys(LINK.findall(html))]


def searches(model: type[Model], number: int) -> Iterator[str]:
    """Names of rows of the table or words of articles: as they are, begun, and something that is nowhere."""
    if admin.site._registry[model].search_fields:
        for row in spread(model._default_manager.all(), number):
            words = str(getattr(row, "subject", None) or row)
            for typed in (words, words.split()[-1], words[:3], f"{words[:3]}{NOTHING}"):
                yield stock(model, "changelist", query={"q": typed[:100]})
        yield from (stock(model, "changelist", query={"q": words}) for words in WORDS)


def forms(model: type[Model], number: int) -> Iterator[str]:
    for row in some_rows(model, number):
        yield stock(model, "change", row.pk)


def empty_forms(number: int) -> Iterator[str]:
    yield from (stock(model, "add") for model in EDITED)


def histories(number: int) -> Iterator[str]:
    """Of rows from everywhere, of the subjects that most changes are about, and deep into those."""
    for model in EDITED:
        yield from (stock(model, "history", row.pk) for row in some_rows(model, number))
    for kind in SUBJECT_KINDS.values():
        changes = Change.objects.filter(table=kind.link._meta.db_table).order_by()
        frequent = changes.values("subject_id").annotate(total=Count("pk"), middle=Max("pk") / 2).order_by("-total")
        for subject, middle in frequent.values_list("subject_id", "middle")[:3]:
            for parameters in ({}, {"before": middle}, {"links": "no"}):
                yield stock(kind.model, "history", subject, query=parameters)


def occasions(number: int) -> Iterator[str]:
    for row in spread(Occasion.objects.all(), number):
        yield stock(Occasion, "change", row.pk)
        yield address("articles_occasion_take_back", row.pk)
    largest = Occasion.objects.annotate(total=Count("changes"), last=Max("changes")).order_by("-total")
    for row in largest[:3]:
        yield stock(Occasion, "change", row.pk, query={"before": (row.last or 0) // 2})
        yield address("articles_occasion_take_back", row.pk)
    for row in spread(Change.objects.all(), number):
        yield address("articles_change_revert", row.pk)


def deletions(number: int) -> Iterator[str]:
    """The page that says what would go, too."""
    for model in EDITED:
        yield from (stock(model, "delete", row.pk) for row in some_rows(model, number))


def names_typed(number: int) -> Iterator[str]:
    """What the autocomplete is asked while somebody types a name."""
    for kind in SUBJECT_KINDS.values():
        relation = {"app_label": "articles", "model_name": f"{kind.name}link", "field_name": "subject"}
        for row in spread(kind.model.objects.all(), number):
            for typed in ("", row.name[:2], row.name[:5], row.name.split()[-1], row.name, f"{row.name[:3]}{NOTHING}"):
                yield address("autocomplete", **relation, term=typed)


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
            yield address("articles_candidate", pk)


def merges(number: int) -> Iterator[str]:
    """Two and three side by side, those with the most articles among them, and what may be the same."""
    for kind in SUBJECT_KINDS.values():
        ids = [row.pk for row in some_rows(kind.model, number)]
        for together in (*pairwise(ids), ids[:1], ids[:3]):
            yield address(f"articles_{kind.name}_merge", ids=together)
        yield address(f"articles_{kind.name}_merges")


def duplicates(number: int) -> Iterator[str]:
    """As `find_duplicates` left them."""
    for kind in SUBJECT_KINDS.values():
        found = stored_duplicates(kind)
        for after in {0, *Random(SEED).sample(range(len(found.pairs)), min(number, len(found.pairs)))} if found else ():
            yield address("articles_duplicates", kind=kind.name, after=after)


def splits(number: int) -> Iterator[str]:
    for kind in SUBJECT_KINDS.values():
        yield from (address(f"articles_{kind.name}_split", row.pk) for row in some_rows(kind.model, number))


def bulk_edits(number: int) -> Iterator[str]:
    """What is done to all articles that a filter finds, few or the whole archive."""
    yield address("articles_bulk_edits")
    for found in ("", "decade=2000", "status__exact=published", *(f"q={words}" for words in WORDS)):
        yield address("articles_bulk_new", filter=found)
        yield address("articles_bulk_new", filter=found, what="add")
        yield address("articles_bulk_new", filter=found, what="status", status="withdrawn")
    for edit in spread(BulkEdit.objects.all(), number):
        yield address("articles_bulk_edit", edit.pk)


def uploads(number: int) -> Iterator[str]:
    yield address("articles_uploads")
    yield address("articles_upload_new")
    yield from (address("articles_upload", upload.pk) for upload in spread(Upload.objects.all(), number))
    yield from (address("articles_import_undo", batch.pk) for batch in spread(ImportBatch.objects.all(), number))


def stock(model: type[Model], page: str, *args, query: dict | None = None) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args, query=query)


def address(page: str, /, *args, **parameters) -> str:
    given = {key: value for key, value in parameters.items() if value is not None}
    return reverse(f"admin:{page}", args=args, query=given)


def some_rows(model: type[Model], number: int) -> list[Model]:
    """From everywhere in the table; of people, places and topics also the three with the most articles."""
    famous = most_written_about(KIND_OF[model], 3) if model in KIND_OF else []
    return list(dict.fromkeys([*famous, *spread(model._default_manager.all(), number)]))


def spread(rows: QuerySet, number: int) -> list[Model]:
    """Rows from everywhere in the table, whatever its size, the first and the last one among them."""
    ordered = rows.order_by("pk")
    first, last = ordered.first(), ordered.last()
    if first is None:
        return []
    wanted = (first.pk + (last.pk - first.pk) * step // max(number - 1, 1) for step in range(number))
    return list(dict.fromkeys(ordered.filter(pk__gte=pk).first() for pk in wanted))


def most_written_about(kind: SubjectKind, number: int) -> list[Model]:
    counts = Counter(count_values(kind.plural))
    counts.pop(NONE, None)
    found = kind.model.objects.in_bulk([id for id, _count in counts.most_common(number)])
    return list(found.values())
