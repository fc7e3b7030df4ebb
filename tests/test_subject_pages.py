"""The pages of people, places and topics: what they appear with, their branch of the tree, their names."""

import datetime
import math
import random

import pytest
from django.utils.formats import number_format

from articles.models import SUBJECT_KINDS, Person, Place
from articles.search import NONE, ArticleQuery, FacetChoice
from articles.views.significance import expected_together, log_likelihood

from .factories import link, make_article, make_person, make_place, make_topic
from .figures import cells, company_tables, dots, number_in, read_tree, time_columns, time_table
from .naive_search import NaiveSearch
from .pages import count_queries, read
from .test_facet_counts import make_random_archive

pytestmark = pytest.mark.django_db

LABELS = {"people": "People", "places": "Places", "topics": "Topics"}


def scatter_places(seed: int) -> None:
    """Coordinates for most places."""
    chance = random.Random(seed)
    for place in Place.objects.all():
        if chance.random() < 0.8:
            place.latitude, place.longitude = chance.randint(-55, 80), chance.randint(-180, 180)
            place.save()


def articles_with(naive: NaiveSearch, plural: str, id: int) -> dict[str, dict[int, int]]:
    query = ArticleQuery(facets={plural: FacetChoice((id,), match_all=True)})
    return {each: naive.counts(query, each) for each in LABELS}


@pytest.mark.parametrize("seed", range(4))
def test_a_drawing_is_never_wrong_its_numbers_are_those_of_the_table_and_of_the_articles(client, seed):
    make_random_archive(articles=60 + 40 * seed, people=12, seed=seed)
    scatter_places(seed)
    naive, total = NaiveSearch(), len(NaiveSearch()._found(ArticleQuery()))
    everywhere = {plural: naive.counts(ArticleQuery(), plural) for plural in LABELS}
    for kind in SUBJECT_KINDS.values():
        for subject in kind.model.objects.order_by("pk")[:10]:
            counts = articles_with(naive, kind.plural, subject.pk)
            tree = read_tree(client, subject.get_absolute_url())
            check_company(tree, kind, subject, counts, everywhere, total)
            assert time_columns(tree) == time_table(tree)
            assert sum(time_table(tree).values()) == dated_articles(naive, kind.plural, subject.pk)
            check_map(tree, kind, subject, counts)


def check_company(tree, kind, subject, counts, everywhere, total):
    about = everywhere[kind.plural].get(subject.pk, 0)
    for label, rows in company_tables(tree).items():
        plural = next(plural for plural in LABELS if LABELS[plural] == label)
        for row in rows:
            name, together, expected, times = cells(row)
            other = SUBJECT_KINDS_BY_PLURAL[plural].model.objects.get(name=name)
            chance = about * everywhere[plural][other.pk] / total
            assert number_in(together) == counts[plural][other.pk]
            assert expected == ("< 0.1" if chance < 0.1 else number_format(chance, 1 if chance < 10 else 0))
            if number_in(together) >= 3:
                ratio = number_in(together) / chance
                assert times == f"{number_format(ratio, 1 if ratio < 10 else 0)}×"
            else:
                assert times == "–"
            (bar,) = row.xpath(".//svg")
            assert (bar.get("data-together"), bar.get("data-expected")) == (together, expected)
        assert_bars_are_to_scale(rows)


SUBJECT_KINDS_BY_PLURAL = {kind.plural: kind for kind in SUBJECT_KINDS.values()}


def assert_bars_are_to_scale(rows):
    pairs = [(int(row.xpath(".//svg/rect/@width")[0]), number_in(cells(row)[1])) for row in rows]
    longest, most = max(pairs)
    for width, together in pairs:
        assert math.isclose(width, longest * together / most, abs_tol=1)


def dated_articles(naive, plural, id) -> int:
    years = naive.counts(ArticleQuery(facets={plural: FacetChoice((id,), match_all=True)}), "year")
    return sum(count for year, count in years.items() if year != NONE)


def check_map(tree, kind, subject, counts):
    found = dots(tree)
    if kind.model is not Place:
        assert not found
        return
    parts = [part for part in subject.children.exclude(latitude=None) if part.pk in counts["places"]]
    wanted = {part.get_absolute_url(): counts["places"][part.pk] for part in parts}
    if subject.latitude is not None:
        wanted[subject.get_absolute_url()] = None
    assert found == wanted


def test_the_closest_ties_come_first_not_the_most_frequent(client):
    ada, friend, celebrity = make_person("Ada"), make_person("Friend"), make_person("Celebrity")
    for number in range(4):
        make_article(f"Both {number}", about=[ada, friend, celebrity])
    make_article("Ada and celebrity", about=[ada, celebrity])
    for number in range(20):
        make_article(f"Celebrity {number}", about=[celebrity])
    rows = [cells(row) for row in company_tables(read_tree(client, "/people/ada/"))["People"]]
    assert rows == [["Friend", "4", "0.8", "5.0×"], ["Celebrity", "5", "5.0", "1.0×"]]


def test_the_number_together_leads_to_exactly_these_articles(client):
    ada, bo = make_person("Ada"), make_person("Bo")
    harbour = make_place("Harbour")
    make_article("All three", about=[ada, bo, harbour])
    make_article("Ada alone", about=[ada])
    make_article("Bo alone", about=[bo, harbour])
    tree = read_tree(client, "/people/ada/")
    for label in ("People", "Places"):
        (row,) = company_tables(tree)[label]
        address = row.xpath("./td/a/@href")[0]
        assert read(client, address).headlines() == ["All three"]


def test_all_companions_are_a_link_away_and_counted_within_the_subject(client):
    ada = make_person("Ada")
    make_article("One", about=[ada, make_person("Bo")])
    make_article("Two", about=[make_person("Carl")])
    page = read(client, "/people/ada/")
    text = read(client, page.link("All of them")).text
    assert "Bo 1" in text
    assert "Carl" not in text


def test_a_subject_does_not_appear_with_its_own_parts(client):
    gaza = make_place("Gaza Strip")
    rafah = make_place("Rafah", parent=gaza)
    make_article("From Rafah", about=[make_place("A camp", parent=rafah), make_place("Cairo")])
    rows = company_tables(read_tree(client, gaza.get_absolute_url()))["Places"]
    assert [cells(row)[0] for row in rows] == ["Cairo"]


def test_only_accepted_links_of_published_articles_count_as_company(client):
    ada, bo = make_person("Ada"), make_person("Bo")
    make_article("Draft", status="draft", about=[ada, bo])
    link(make_article("Suggested", about=[ada]), bo, status="suggested")
    assert company_tables(read_tree(client, "/people/ada/")) == {}


def test_log_likelihood_is_zero_for_independent_things_and_negative_for_those_that_avoid_each_other():
    assert log_likelihood(10, 100, 100, 1_000) == pytest.approx(0)
    assert log_likelihood(50, 100, 100, 1_000) > log_likelihood(20, 100, 100, 1_000) > 0
    assert log_likelihood(1, 100, 100, 1_000) < 0
    assert log_likelihood(100, 100, 100, 100) == pytest.approx(0)
    assert expected_together(100, 100, 1_000) == 10
    assert expected_together(1, 1, 0) == 0


def test_log_likelihood_agrees_with_a_published_example():
    # Dunning 1993, table 3: "the swiss", 110 times together among 31,777 pairs of words.
    assert log_likelihood(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114) == pytest.approx(270.72, abs=0.01)


def test_a_topic_shows_its_path_and_its_parts_with_their_numbers(client):
    root = make_topic("society")
    law = make_topic("law", parent=root)
    courts, police = make_topic("courts", parent=law), make_topic("police", parent=law)
    make_topic("unused", parent=law)
    for subjects in ([courts], [courts], [police], [root]):
        make_article("Story", about=subjects)
    tree = read_tree(client, law.get_absolute_url())
    branch = [" ".join(item.text_content().split()) for item in tree.xpath("//aside//li")]
    assert branch == ["society 4", "law 3", "courts 2", "police 1"]


def test_many_parts_are_cut_and_the_rest_is_in_the_list(client):
    egypt = make_place("Egypt")
    make_article("Story", about=[make_place(f"Part {number:02}", parent=egypt) for number in range(55)])
    page = read(client, egypt.get_absolute_url())
    assert "Part 49" in page.text
    assert "Part 50" not in page.text
    assert page.links["All 55"] == "/places/?part_of=egypt"


def test_other_names_stand_together_by_language(client):
    ada = make_person("Ada", aliases=["Lady Ada"])
    ada.aliases.create(name="Adèle", language="fr")
    ada.aliases.create(name="Adeline", language="fr")
    page = read(client, "/people/ada/")
    assert "Other names Lady Ada In French Adeline, Adèle" in page.text
    assert '<dd dir="auto" lang="fr">Adeline, Adèle</dd>' in page.html


def test_many_other_names_are_folded_away_after_the_first(client):
    make_place("Cairo", aliases=[f"Name {number:02}" for number in range(80)])
    page = read(client, "/places/cairo/")
    assert "Other names Name 00, Name 01, Name 02, Name 03, Name 04, Name 05, Name 06, Name 07 and 72 more" in page.text
    assert "<summary>and 72 more</summary>Name 08, " in page.html


def test_a_merged_subject_leads_to_the_one_that_took_its_place(client):
    kept, merged = make_person("Ada Moreau"), make_person("A. Moreau")
    merged.delete()
    kept.former_slugs.create(slug="a-moreau")
    response = client.get("/people/a-moreau/")
    assert (response.status_code, response.url) == (301, "/people/ada-moreau/")


def test_a_subject_without_articles_says_so_and_shows_no_drawings(client):
    tree = read_tree(client, make_person("Nobody").get_absolute_url())
    assert "Nothing here yet" in tree.text_content()
    assert not tree.xpath("//main//svg")


@pytest.mark.parametrize("address", ["/people/everybody/", "/places/world/", "/topics/everything/"])
def test_queries_of_a_subject_grow_with_nothing(client, address):
    everybody, world, root = (
        make_person("Everybody"),
        make_place("World", latitude=0, longitude=0),
        make_topic("everything"),
    )

    def add(number: int) -> None:
        friend, spot = (
            make_person(f"Friend {number}"),
            make_place(f"Spot {number}", parent=world, latitude=1, longitude=number),
        )
        about = [
            everybody,
            friend,
            spot,
            make_place(f"Elsewhere {number}"),
            make_topic(f"matter {number}", parent=root),
        ]
        everybody.aliases.create(name=f"Nickname {number}")
        make_article(f"Story {number}", about=about, published_on=datetime.date(1990 + number, 1, 1))

    add(0)
    few = count_queries(client, address)
    for number in range(1, 15):
        add(number)
    assert count_queries(client, address) == few
    assert few < 30


def test_a_page_stays_small_however_famous_the_place(client):
    world = make_place("World", latitude=0, longitude=0)
    parts = [
        make_place(f"A place with a rather long name {number}", parent=world, latitude=number % 70, longitude=number)
        for number in range(60)
    ]
    people = [make_person(f"A person with a rather long name {number}") for number in range(30)]
    for number in range(12):
        make_article(
            f"A headline of usual length, number {number}", about=[*parts, *people], summary="A summary. " * 20
        )
    assert len(read(client, world.get_absolute_url()).html.encode()) < 120_000


def test_html_in_the_names_of_companions_and_places_stays_text(client):
    evil = "<script>alert('x')</script>"
    world = make_place("World" + evil, latitude=1, longitude=1)
    part = make_place(evil, parent=world, latitude=2, longitude=2)
    make_article("Story", about=[part, make_person(evil, aliases=[evil])])
    for subject in (world, part, Person.objects.get()):
        assert evil not in read(client, subject.get_absolute_url()).html
