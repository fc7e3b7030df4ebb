"""The language of the search box: what it understands, what it says of the rest, and what is found."""

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.search import ArticleQuery, search, update_index
from articles.search.engine import Answerer
from articles.search.files import open_latest
from articles.search.language import MAX_LENGTH, MAX_NAMES, MAX_TERMS, parse_period, parse_search
from articles.search.tree import All, Any, Days, Named, Not, Text
from tests.factories import make_article, make_person, make_place, make_source, make_topic
from tests.naive_words import matches

CASES = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
MARCH = datetime.date(2024, 3, 1), datetime.date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("rafah talks", All((Text("rafah"), Text("talks")))),
        ("rafah AND talks", All((Text("rafah"), Text("talks")))),
        ('"ground operation"', Text("ground operation")),
        ("a OR b c", Any((Text("a"), All((Text("b"), Text("c")))))),
        ("(a OR b) c", All((Any((Text("a"), Text("b"))), Text("c")))),
        ("a -b", All((Text("a"), Not(Text("b"))))),
        ("a NOT b", All((Text("a"), Not(Text("b"))))),
        ('-"b c"', Not(Text("b c"))),
        ("-(b c)", Not(All((Text("b"), Text("c"))))),
        ("NOT NOT a", Text("a")),
        ("govern*", Text("govern", is_prefix=True)),
        ("headline:titanic", Text("titanic", in_headline=True)),
        ('Person:"joe biden"', Named("people", "joe biden")),
        ("place:gaza topic:election", All((Named("places", "gaza"), Named("topics", "election")))),
        ("from:2024-03-01", Days(first=MARCH[0])),
        ("from:2024-03 to:2024-03", All((Days(first=MARCH[0]), Days(last=MARCH[1])))),
        ("and or not", All((Text("and"), Text("or"), Text("not")))),
        ("well-known U.S. foo:bar", All((Text("well-known"), Text("U.S."), Text("foo:bar")))),
        ("", All()),
        ('"" - *** ()', All()),
    ],
)
def test_the_search_box_understands(text, tree):
    assert parse_search(text)[0] == tree


@pytest.mark.parametrize(
    ("text", "tree", "position", "words"),
    [
        ('a "b c', All((Text("a"), Text("b c"))), 3, "not closed"),
        ("(a b", All((Text("a"), Text("b"))), 1, "not closed"),
        ("a) b", All((Text("a"), Text("b"))), 2, "closes nothing"),
        ("OR a", Text("a"), 1, "between two words"),
        ("a OR", Text("a"), 3, "between two words"),
        ("a AND", Text("a"), 3, "between two words"),
        ("a NOT", Text("a"), 3, "before a word"),
        ("a from:tomorrow", Text("a"), 8, "not a date"),
        ("a to:2024-13", Text("a"), 6, "not a date"),
        (
            "a author:smith",
            All((Text("a"), Text("author:smith"))),
            3,
            "“author:” is no field (those are headline, person,",
        ),
    ],
)
def test_what_is_not_understood_is_said_with_its_position(text, tree, position, words):
    found, notes = parse_search(text)
    assert found == tree
    assert [note.position for note in notes] == [position]
    assert words in notes[0].message


@pytest.mark.parametrize("text", ["12:30", "https://example.org/a", '"author:smith"', "Talks: a report", "x:y"])
def test_a_colon_alone_makes_no_field(text):
    assert parse_search(text)[1] == []


def test_a_search_has_limits_and_says_so():
    assert "60 words" in parse_search("word " * (MAX_TERMS + 1))[1][0].message
    assert "longer than" in parse_search("x" * (MAX_LENGTH + 1))[1][0].message
    assert "nested deeper" in parse_search("(" * 30 + "a")[1][0].message


def test_a_search_names_only_so_many_and_says_so_once():
    """Each is looked for among all names of an archive: thirty of them took seconds."""
    names = [f"person:name{number}" for number in range(MAX_NAMES + 3)]
    names.insert(MAX_NAMES, names[0])
    found, notes = parse_search(" OR ".join([*names, "topic:floods"]))
    kept = [Named("people", f"name{number}") for number in range(MAX_NAMES)]
    assert found == Any((*kept, kept[0]))
    assert [note.message for note in notes] == ["The search has more than 8 names: the rest was left out."]


def test_a_period_is_a_year_a_month_or_a_day():
    assert parse_period("2024-02") == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert parse_period("1912") == (datetime.date(1912, 1, 1), datetime.date(1912, 12, 31))
    assert parse_period("2023-02-29") is None
    assert parse_period("0000") is None


@CASES
@given(st.text(max_size=200) | st.text(alphabet='ab ()"-*:ANDORT', max_size=60))
def test_no_text_is_too_strange_to_be_read(text):
    _, notes = parse_search(text)
    assert all(1 <= note.position <= len(text) + 1 and note.message for note in notes)


def render(node) -> str:
    """A tree as somebody would type it, with every bracket."""
    match node:
        case Text(text, in_headline, is_prefix):
            value = f"{text}*" if is_prefix else f'"{text}"' if " " in text else text
            return f"headline:{value}" if in_headline else value
        case Named(facet, text):
            field = {"people": "person", "places": "place", "topics": "topic", "source": "source"}[facet]
            return f'{field}:"{text}"'
        case Days(first, last):
            return " ".join(f"{word}:{day}" for word, day in (("from", first), ("to", last)) if day)
        case Not(part):
            return f"NOT ({render(part)})"
        case All(parts):
            return " ".join(f"({render(part)})" for part in parts)
        case Any(parts):
            return " OR ".join(f"({render(part)})" for part in parts)


WORDS = [
    "talks",
    "talk",
    "Zürich",
    "zurich",
    "élections",
    "election",
    "running",
    "run",
    "Häuser",
    "haus",
    "peace",
    "U.S.",
    "Lund",
]
texts = st.builds(
    Text,
    text=st.sampled_from([*WORDS, "peace talks", "talks peace", "the election", "run run"]),
    in_headline=st.booleans(),
)
prefixes = st.builds(Text, text=st.sampled_from(["ta", "zur", "ele", "élec", "run", "xx"]), is_prefix=st.just(True))
names = st.builds(
    Named,
    facet=st.sampled_from(["people", "places", "topics", "source"]),
    text=st.sampled_from(["Ada", "moreau", "Sao Paulo", "south", "riverland", "sport", "test", "nobody", "oman"]),
)
some_days = st.dates(datetime.date(2023, 12, 1), datetime.date(2024, 6, 1))
periods = st.builds(Days, first=some_days) | st.builds(Days, last=some_days)
trees = st.recursive(
    texts | prefixes | names | periods,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=2, max_size=3))
        | st.builds(lambda parts: Any(tuple(parts)), st.lists(inner, min_size=2, max_size=3))
    ),
    max_leaves=6,
)


def make_archive() -> list[Article]:
    """60 articles in several languages, about namesakes, accents and trees."""
    land = make_place("Riverland", aliases=["Land of Rivers"])
    places = [make_place("São Paulo", parent=land), make_place("Romania"), make_place("South Oman", parent=land)]
    people = [make_person("Ada Moreau"), make_person("Ada Müller", aliases=["A. Moreau-South"])]
    sport = make_topic("sport")
    topics = [sport, make_topic("football", parent=sport)]
    sources = [make_source("The Daily Test"), make_source("Süd Wire"), None]
    languages = itertools.cycle(["en", "", "fr", "de", "ja", "pt-BR"])
    articles = []
    for number, language in zip(range(60), languages, strict=False):
        words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 5, 7)]
        about = [people[number % 2]] if number % 3 else []
        about += [places[number % 3]] if number % 4 else []
        about += [topics[number % 2]] if number % 5 else []
        articles.append(
            make_article(
                f"{words[0]} {words[1]} {number}",
                body=f"{words[2]} the **{words[3]}**, {words[0]}.",
                byline=("By Bo Lund", "Zürich Talks", "")[number % 3],
                summary="Peace talks." if number % 7 == 0 else "",
                about=about,
                language=language,
                source=sources[number % 3],
                published_on=datetime.date(2024, 1 + number % 6, 1 + number % 28) if number % 9 else None,
            )
        )
    return articles


def fetch_archive() -> list[Article]:
    links = [f"{kind}_links__subject__aliases" for kind in ("person", "place", "topic")]
    parents = ["place_links__subject__parent__aliases", "topic_links__subject__parent__aliases"]
    return list(Article.objects.select_related("source").prefetch_related(*links, *parents))


@pytest.mark.django_db
def test_every_search_finds_what_the_plain_model_finds():
    make_archive()
    articles = fetch_archive()

    @CASES
    @given(trees)
    def check(tree):
        text = render(tree)
        expected = {article.pk for article in articles if matches(tree, article)}
        page = search(ArticleQuery(words=text), limit=100)
        assert set(page.ids) == expected, text
        assert page.total == len(expected)
        assert page.notes == []

    check()


@pytest.mark.django_db
def test_every_typed_text_gets_an_answer():
    make_archive()

    @CASES
    @given(st.text(max_size=80) | st.text(alphabet='taelk ()"-*:ANDORT', max_size=60))
    def check(text):
        tree, _ = parse_search(text)
        assert search(ArticleQuery(words=text), limit=100).total == sum(matches(tree, each) for each in articles)

    articles = fetch_archive()
    check()


@pytest.mark.django_db
def test_words_are_found_by_the_rules_of_the_articles_language():
    french = make_article("Les élections", body="On vote.", language="fr")
    english = make_article("Running dogs", body="They ran.", language="")
    assert search(ArticleQuery(words="election")).ids == [french.pk]
    assert search(ArticleQuery(words="dog run")).ids == [english.pk]


@pytest.mark.django_db
def test_an_article_is_found_by_who_wrote_it_and_at_once_by_who_did_it_really():
    article = make_article("Flood", byline="By Ada Müller and Bo Lund")
    assert search(ArticleQuery(words='"ada muller" lund')).ids == [article.pk]
    assert search(ArticleQuery(words="headline:lund")).ids == []
    Article.objects.filter(pk=article.pk).update(byline="By Cy Moss")
    assert search(ArticleQuery(words="lund")).ids == []
    assert search(ArticleQuery(words="moss")).ids == [article.pk]


@pytest.mark.django_db
def test_another_spelling_is_proposed_where_it_finds_more():
    for number in range(6):
        make_article(f"Earthquake {number}")
    assert search(ArticleQuery(words="earthqauke"), with_suggestion=True).suggestion == "earthquake"
    assert search(ArticleQuery(words="earthquake"), with_suggestion=True).suggestion is None
    assert search(ArticleQuery(words="xqzzyw"), with_suggestion=True).suggestion is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("storn brainstorning storn", "storm brainstorning storm"),
        ('"storn damage" OR headline:storn', '"storm damage" OR headline:storm'),
        ("person:storn storn from:2024", "person:storn storm from:2024"),
        ("“storn” -storn storn*", "“storm” -storn storn*"),
        ("headlin headline:headlin", "headline headline:headline"),
    ],
)
def test_another_spelling_changes_the_words_and_nothing_around_them(typed, suggested):
    """Neither the same letters in a longer word, nor the name of a field."""
    for number in range(6):
        make_article(f"Storm {number}: headline and damage")
    update_index()
    answerer = Answerer(open_latest(), ArticleQuery(words=typed))
    assert answerer.suggestion() == suggested


@pytest.mark.django_db
def test_another_spelling_is_looked_for_only_where_it_is_wanted(monkeypatch):
    for number in range(6):
        make_article(f"Storm {number}")
    monkeypatch.setattr(Answerer, "suggestion", lambda answerer: pytest.fail("looked for"))
    assert search(ArticleQuery(words="storn"), limit=0, facets={"people": 5}).suggestion is None
