"""Drafts, articles to be reviewed and withdrawn ones are nowhere public.

Every public address is read before and after such articles come into the archive: the answers are the same, to the
letter, so no count, suggestion or neighbour knows of them.
"""

import datetime
import json
import re
from itertools import product

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from articles.models import SUBJECT_KINDS, Article

from .factories import make_article, make_person, make_place, make_source, make_topic

pytestmark = pytest.mark.django_db
HIDDEN = ["draft", "review", "withdrawn"]
TODAY = datetime.date.today()
# Numbers and times that differ between any two answers.
VOLATILE = re.compile(r'csrfmiddlewaretoken" value="\w+"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|[+-]\d\d:\d\d)')
WORDS = "zeppelin"


def test_no_public_answer_knows_of_them(client):
    subjects = [make_person("Ada Moreau"), make_place("Riverton"), make_topic("airships")]
    source = make_source("The Herald")
    fields = {"about": subjects, "source": source, "language": "en"}
    for number, day in enumerate((TODAY, TODAY.replace(year=TODAY.year - 4), datetime.date(2024, 3, 21))):
        make_article(f"Public story {number}", body="A zeppelin came down.", published_on=day, **fields)
    # What is rare makes articles alike, and rarity is a share of the archive: it must not be a tiny one.
    for number in range(40):
        make_article(f"Something else {number}", body=f"Entirely different matter{number}.", source=source)
    addresses = public_addresses(subjects, source)
    before = read_all(client, addresses)
    days = (TODAY.replace(year=TODAY.year - 4), datetime.date(2024, 3, 22))
    for status, day in product(HIDDEN, days):
        body = "A zeppelin and a secretquux came down."
        make_article(f"Secretquux {day}", body=body, published_on=day, status=status, byline="Secretquux", **fields)
    after = read_all(client, addresses)
    assert [address for address in addresses if after[address] != before[address]] == []
    assert not [address for address in addresses if "Secretquux" in after[address]]


@pytest.mark.parametrize("status", HIDDEN)
def test_its_own_addresses_lead_nowhere(client, status):
    article = make_article("Secret", status=status)
    article.slug = "renamed"
    article.save()
    for slug in ("secret", "renamed"):
        for name in ("articles:article", "api:article"):
            answer = client.get(reverse(name, args=[slug]), follow=True)
            assert answer.status_code == 404
            assert "Secret" not in answer.content.decode()


@pytest.mark.parametrize("status", HIDDEN)
def test_a_misspelt_word_is_not_corrected_to_one_of_its_words(client, status):
    make_article("Public")
    make_article("Secretquux", body="secretquux " * 20, status=status)
    assert "secretquux" not in client.get("/articles/", {"q": "secretqux"}).content.decode().replace("secretqux", "")


@pytest.mark.parametrize("status", HIDDEN)
def test_a_person_known_from_it_alone_has_no_articles(client, status):
    person = make_person("Ada Moreau")
    make_article("Secretquux", about=[person], status=status)
    for address in (person.get_absolute_url(), reverse("articles:people"), reverse("api:person", args=[person.slug])):
        assert "Secretquux" not in client.get(address).content.decode()
    query = json.dumps({"q0": {"query": "Ada Moreau"}})
    for name in reconciliation():
        assert "Secretquux" not in client.post(reverse(name), {"queries": query}).content.decode()


def test_what_is_withdrawn_leaves_every_answer(client):
    subjects = [make_person("Ada Moreau"), make_place("Riverton"), make_topic("airships")]
    source = make_source("The Herald")
    make_article("Public story", about=subjects, source=source)
    secret = make_article("Secretquux", about=subjects, source=source)
    addresses = public_addresses(subjects, source)
    shown = [address for address, text in read_all(client, addresses).items() if "Secretquux" in text]
    assert len(shown) > 10
    Article.objects.filter(pk=secret.pk).update(status="withdrawn")
    after = read_all(client, addresses)
    assert not [address for address in addresses if "Secretquux" in after[address]]


def read_all(client, addresses: list[str]) -> dict[str, str]:
    return {address: VOLATILE.sub("", read_once(client, address)) for address in addresses}


def read_once(client, address: str) -> str:
    answer = client.get(address)
    return f"{answer.status_code} {answer.getvalue().decode(errors='replace')}"


def public_addresses(subjects, source) -> list[str]:
    """Of every page, feed, export and answer that visitors can ask for, with and without words and filters."""
    article, found = Article.objects.published().order_by("pk").first(), []
    for namespace in ("articles", "api"):
        for name in names_of(namespace):
            found += [address for arguments in arguments_for(article, subjects, source) for address in address_of(
                f"{namespace}:{name}", arguments)]  # fmt: skip
    found = sorted(set(found))
    lists = [address for address in found if re.search(r"/articles/(export|feed|$)", address)]
    queries = (f"q={WORDS}", "q=zepelin", f"person={subjects[0].slug}", f"source={source.slug}", "person=none")
    return found + [f"{address}?{query}" for address in lists for query in queries]


def names_of(namespace: str) -> list[str]:
    resolver = get_resolver().namespace_dict[namespace][1]
    return sorted(name for name in resolver.reverse_dict if isinstance(name, str))


def arguments_for(article, subjects, source) -> list[list | dict]:
    slugs = [article.slug, source.slug, *(subject.slug for subject in subjects)]
    facets = ["person", "place", "topic", "source", "year", "language", "people", "places", "topics"]
    sections = [{"section": kind.plural, "number": 0} for kind in SUBJECT_KINDS.values()]
    sections += [{"section": "articles", "number": number} for number in (0, 1)]
    pairs = [[article.slug, subject.slug] for subject in subjects]
    return [[], *([slug] for slug in slugs + facets), *pairs, *sections]


def address_of(name: str, arguments: list | dict) -> list[str]:
    by_name = {"kwargs": arguments} if isinstance(arguments, dict) else {"args": arguments}
    try:
        return [reverse(name, **by_name)]
    except NoReverseMatch:
        return []


def reconciliation() -> list[str]:
    return [f"api:{name}" for name in names_of("api") if name.startswith("reconcile")]
