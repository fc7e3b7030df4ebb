"""The registers of people, places and topics, and the trees."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Person, Place, Topic
from articles.names.folding import fold_name
from articles.search import ArticleQuery
from articles.views.compare import PARAMETERS, NameForm
from articles.views.ordered_names import letter_of, ordered_names, sort_key
from articles.views.subject_list_form import SubjectListForm
from articles.views.subject_map import MapForm
from articles.views.subject_tree import TreeForm

from .factories import make_article, make_person, make_place, make_topic
from .figures import number_in, read_tree, text_of
from .naive_search import NaiveSearch
from .pages import count_queries, read
from .test_facet_counts import make_random_archive

pytestmark = pytest.mark.django_db

NAMES = [
    "Ähtäri",
    "ahmed",
    "Zoé",
    "’s-Hertogenbosch",
    "Łódź",
    "Lod",
    "Ольга",
    "Анна",
    "毛泽东",
    "周恩来",
    "50 Cent",
    "Álvaro",
]


def names_on(page) -> list[str]:
    return re.findall(r'<li>\s*<p><a href="/people/[^"]+" dir="auto">([^<]+)</a>', page.html)


def letters_on(page) -> list[str]:
    return re.findall(r'title="\d+">([^<]+)</a></li>', page.html)


def write_register(names=NAMES) -> None:
    make_article("Everybody", about=[make_person(name) for name in names])


def test_names_stand_in_the_order_of_a_register_without_accents_case_and_signs(client):
    write_register()
    latin = ["50 Cent", "ahmed", "Ähtäri", "Álvaro", "Lod", "Łódź", "’s-Hertogenbosch", "Zoé"]
    assert names_on(read(client, "/people/")) == [*latin, "Анна", "Ольга", "周恩来", "毛泽东"]


def test_each_letter_leads_to_the_names_under_it_and_other_scripts_have_their_own(client):
    write_register([*NAMES, *(f"Mister {number:02}" for number in range(60))])
    page = read(client, "/people/")
    assert letters_on(page) == ["#", "A", "L", "M", "S", "Z", "А", "О", "漢"]
    assert names_on(read(client, page.links["A"])) == ["ahmed", "Ähtäri", "Álvaro"]
    assert names_on(read(client, page.links["О"])) == ["Ольга"]
    assert names_on(read(client, page.links["漢"])) == ["周恩来", "毛泽东"]
    assert names_on(read(client, page.links["#"])) == ["50 Cent"]
    assert names_on(read(client, "/people/?letter=á")) == ["ahmed", "Ähtäri", "Álvaro"]
    assert "Nothing matches" in read(client, "/people/?letter=q").text


def test_a_short_register_has_no_letters(client):
    write_register()
    assert letters_on(read(client, "/people/")) == []


# Beyond these there are rare Chinese characters again, after other scripts.
letters_of_the_world = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])


@given(st.lists(st.text(letters_of_the_world, min_size=1, max_size=20), max_size=8))
def test_every_name_has_a_letter_and_stands_where_its_letter_is(names):
    keys = sorted(sort_key(name) for name in names)
    letters = [letter_of(key) for key in keys]
    runs = [letter for index, letter in enumerate(letters) if not index or letter != letters[index - 1]]
    words = [letter for letter in runs if letter != "#"]
    assert all(letters)
    assert len(words) == len(set(words))


def test_renaming_adding_and_deleting_show_at_once(client):
    write_register(["Ada", "Bo"])
    assert names_on(read(client, "/people/?all=1")) == ["Ada", "Bo"]
    Person.objects.filter(name="Ada").update(name="Zora")
    assert names_on(read(client, "/people/?all=1")) == ["Bo", "Zora"]
    make_person("Carl")
    Person.objects.get(name="Bo").delete()
    assert names_on(read(client, "/people/?all=1")) == ["Carl", "Zora"]


def test_known_names_are_not_put_in_order_again():
    write_register()
    assert ordered_names(Person) is ordered_names(Person)


def test_searching_a_register_finds_parts_of_names_and_other_names_without_accents(client):
    write_register()
    make_article("More", about=[make_person("Mao Dun", aliases=["Шэнь Яньбин"]), make_person("O'Neill")])
    for words, found in (
        ("ahta", ["Ähtäri"]),
        ("LODZ", ["Łódź"]),
        ("яньбин", ["Mao Dun"]),
        ("зое", []),
        ("zoe", ["Zoé"]),
        ("泽", ["毛泽东"]),
        ("o'n", ["O&#x27;Neill"]),
        ("%", []),
    ):
        assert names_on(read(client, "/people/?q=" + words.replace("%", "%25"))) == found, words


def test_names_are_searched_without_folding_them():
    """Folding each of 100,000 names takes 0.4 s: the database keeps what comes of it."""
    query = str(Person.objects.with_name_containing("mar").query)
    assert not re.search(r"newsroom_fold|normalize", query.split("WHERE")[1])


def test_a_folded_name_follows_its_name_whoever_changes_it():
    person = make_person("Łódź", aliases=["Zoé"])
    Person.objects.filter(pk=person.pk).update(name="Ähtäri")
    assert Person.objects.with_name_containing("ahta").exists()
    assert not Person.objects.with_name_containing("lodz").exists()
    assert person.aliases.with_name_containing("ZOE").exists()


def test_what_is_searched_for_and_its_order_survive_every_link(client):
    make_article("Story", about=[make_person(f"Maria {number:03}") for number in range(130)])
    page = read(client, "/people/?q=maria&sort=count")
    following = read(client, page.link("Next"))
    assert names_on(following)[0] == "Maria 060"
    assert "q=maria" in page.links["All"]
    assert "sort=count" in page.links["All"]


def test_what_is_part_of_nothing_can_be_listed(client):
    egypt = make_place("Egypt")
    make_article("Story", about=[make_place("Cairo", parent=egypt), make_place("Atlantis")])
    text = read(client, "/places/?part_of=none").text
    assert "Egypt 1" in text
    assert "Atlantis 1" in text
    assert "Cairo" not in text
    assert read(client, "/people/?part_of=none").status == 400


@pytest.mark.parametrize("seed", range(3))
def test_the_numbers_of_lists_and_trees_are_those_of_the_articles(client, seed):
    make_random_archive(articles=80, people=15, seed=seed)
    naive = NaiveSearch()
    for plural, model in (("people", Person), ("places", Place), ("topics", Topic)):
        counts = {
            model.objects.get(pk=id).name: count for id, count in naive.counts(ArticleQuery(), plural).items() if id
        }
        tree = read_tree(client, f"/{plural}/")
        lines = [text_of(line).rsplit(" ", 1) for line in tree.xpath("//ol[@class='subjects']/li/p[1]")]
        assert {name: number_in(count) for name, count in lines} == counts
        if model is not Person:
            check_trees(client, plural, model, counts)


def check_trees(client, plural, model, counts):
    """Going down the tree by its links meets everything with articles, with its number."""
    waiting, seen, met = [f"/tree/{plural}/"], set(), {}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        tree = read_tree(client, address)
        for line in tree.xpath("//ul[@class='tree']//*[self::p or self::li][a][span[@class='count']]"):
            met[text_of(line.find("a"))] = number_in(text_of(line.find("span")))
        waiting += [
            link for link in tree.xpath("//ul[@class='tree']//a/@href") if "part_of" in link and link not in seen
        ]
    assert met == counts


def test_a_tree_shows_two_levels_and_leads_to_the_third(client):
    africa = make_place("Africa")
    egypt = make_place("Egypt", parent=africa)
    cairo = make_place("Cairo", parent=egypt)
    make_article("Story", about=[make_place("Zamalek", parent=cairo)])
    page = read(client, "/tree/places/")
    assert "Africa 1" in page.text
    assert "Egypt 1" in page.text
    assert "Cairo" not in page.text
    inner = read(client, page.link("1 part – Egypt"))
    assert "Cairo 1" in inner.text
    assert "Zamalek 1" in inner.text
    assert inner.links["Africa"] == "/tree/places/?part_of=africa"


def test_a_wide_tree_is_cut_and_the_rest_is_in_the_list(client):
    root = make_topic("root")
    make_article("Story", about=[make_topic(f"top {number:02}") for number in range(70)])
    make_article("Story", about=[make_topic(f"inner {number:02}", parent=root) for number in range(15)])
    page = read(client, "/tree/topics/")
    assert "inner 09" in page.text
    assert "inner 10" not in page.text
    assert page.links["All 71"] == "/topics/?part_of=none&sort=count"
    assert "inner 14" in read(client, page.link("All 15")).text


@pytest.mark.parametrize("parameters", ["part_of=nowhere", "part_of=%00", "part_of=" + "x" * 200])
def test_a_bad_address_of_a_tree_shows_a_message(client, parameters):
    make_article("Story", about=[make_place("Cairo")])
    page = read(client, f"/tree/places/?{parameters}")
    assert page.status == 400
    assert "Cairo" not in page.text


def test_an_empty_tree_says_so(client):
    make_place("Unused")
    assert "Nothing here yet" in read(client, "/tree/places/").text
    assert "No parts" in read(client, "/tree/places/?part_of=unused").text


@pytest.mark.parametrize("address", ["/people/", "/people/?letter=n", "/people/?q=name", "/places/", "/tree/places/"])
def test_queries_of_lists_and_trees_do_not_grow_with_their_rows(client, address):
    def add(first: int, last: int) -> None:
        for number in range(first, last):
            country = make_place(f"Name of country {number}", parent=Place.objects.filter(name="World").first())
            city = make_place(f"Name of city {number}", parent=country)
            make_article("Story", about=[make_person(f"Name {number}", aliases=[f"Nick {number}"]), city])

    make_place("World")
    add(0, 2)
    few = count_queries(client, address)
    add(2, 20)
    assert count_queries(client, address) == few


def test_every_parameter_is_described():
    headings = re.findall(r"^### (.*)$", (Path(settings.BASE_DIR) / "docs/subjects.md").read_text(), re.MULTILINE)
    described = {name for heading in headings for name in heading.split(", ")}
    assert {*SubjectListForm().fields, "page", *MapForm().fields, *NameForm().fields, *PARAMETERS} <= described
    assert list(TreeForm().fields) == ["part_of"]


def test_the_sort_key_of_a_name_is_folded_as_everywhere():
    assert sort_key("¡Ábaco!") == fold_name("abaco!")
    assert sort_key("---") == "---"


def test_reading_a_register_takes_one_query_for_its_names(django_assert_num_queries):
    write_register()
    with django_assert_num_queries(1):
        ordered_names(Person)
