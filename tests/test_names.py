"""Known names in texts. What is found is shown as {the words in the text: whom they mean}."""

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.names import KnownName, NameIndex


def index_of(*names, parents=None):
    """Names as "kind:name" or "kind:name=subject"; without a subject, each name is a subject of its own."""
    ids, known = {}, []
    for text in names:
        kind, _, rest = text.partition(":")
        name, _, subject = rest.partition("=")
        known.append(KnownName(kind, ids.setdefault((kind, subject or name), len(ids) + 1), name))
    subjects = {(kind, id): subject for (kind, subject), id in ids.items()}
    parents = {
        kind: {ids[kind, inner]: ids[kind, outer] for inner, outer in tree.items()}
        for kind, tree in (parents or {}).items()
    }
    return NameIndex(known, parents), subjects


def found(text, *names, parents=None):
    """(the words in the text, whom they mean) for each mention, in order."""
    index, subjects = index_of(*names, parents=parents)
    return [
        (text[mention.start : mention.end], sorted(subjects[subject] for subject in mention.subjects))
        for mention in index.find(text)
    ]


def words(text, *names):
    return [matched for matched, _ in found(text, *names)]


class TestWholeWords:
    def test_a_name_is_found_at_the_beginning_in_the_middle_and_at_the_end(self):
        assert words("Rafah, near Rafah. From Rafah", "place:Rafah") == ["Rafah"] * 3

    def test_a_name_inside_a_longer_word_is_not_found(self):
        assert words("Israelis live in Chadwick, not in Omanville.", "place:Israel", "place:Chad", "place:Oman") == []

    @pytest.mark.parametrize("text", ["Israel's move", "Israel’s move", "Israel` move", "allies' Israel'"])
    def test_a_possessive_names_its_owner(self, text):
        assert words(text, "place:Israel") == ["Israel"]

    @pytest.mark.parametrize("text", ["O’Brien spoke", "O'Brien spoke", "OʼBrien spoke"])
    def test_kinds_of_apostrophes_are_the_same(self, text):
        assert len(words(text, "place:O'Brien")) == len(words(text, "place:O’Brien")) == 1

    def test_an_umlaut_is_a_letter(self):
        assert words("In Zürich und Zürichberg", "place:rich", "place:Zürich") == ["Zürich"]

    def test_an_accent_written_apart_is_part_of_its_word(self):
        text = unicodedata.normalize("NFD", "Café Zürich")
        assert words(text, "place:Caf", "place:rich") == []
        assert words(text, "place:Zürich") == [unicodedata.normalize("NFD", "Zürich")]

    def test_a_vowel_sign_is_part_of_its_word(self):
        assert words("दिल्ली में", "place:दिल") == []
        assert words("दिल्ली में", "place:दिल्ली") == ["दिल्ली"]

    def test_a_letter_that_folds_to_two_is_not_cut(self):
        assert words("Der Groß-Markt", "person:Gros", "place:Gross") == ["Groß"]
        assert words("ßa", "topic:sa") == []
        assert words("東㍿", "place:株式") == []

    def test_chinese_and_japanese_names_need_no_spaces(self):
        assert words("拜登在北京会见习近平", "place:北京", "person:习近平") == ["北京", "习近平"]
        assert words("安倍晋三は東京で", "place:東京") == ["東京"]

    def test_a_name_with_full_stops_is_found_in_a_compound(self):
        assert words("U.S.-Israel relations, the U.S.", "place:U.S.", "place:Israel") == ["U.S.", "Israel", "U.S."]

    def test_both_names_of_a_hyphenated_compound_are_found(self):
        assert words("the Paris‑Berlin train", "place:Paris", "place:Berlin") == ["Paris", "Berlin"]


class TestAccents:
    @pytest.mark.parametrize(
        ("name", "text"), [("Zürich", "Zurich"), ("Lodz", "Łódź"), ("Tromsø", "Tromso"), ("Sao Paulo", "São Paulo")]
    )
    def test_accents_make_no_difference_either_way(self, name, text):
        assert words(f"From {text}.", f"place:{name}") == [text]
        assert words(f"From {name}.", f"place:{text}") == [name]

    def test_the_exact_spelling_is_preferred(self):
        names = ("person:José Díaz", "person:Jose Diaz")
        assert found("José Díaz", *names) == [("José Díaz", ["José Díaz"])]
        assert found("Jose Diaz", *names) == [("Jose Diaz", ["Jose Diaz"])]
        assert found("Josè Diaz", *names) == [("Josè Diaz", ["Jose Diaz", "José Díaz"])]

    def test_the_surname_of_a_namesake_who_is_not_meant_does_not_count(self):
        assert words("José Díaz spoke. Diaz left.", "person:José Díaz", "person:Jose Diaz") == ["José Díaz"]


class TestCase:
    @pytest.mark.parametrize(
        ("name", "text"), [("US", "they told us"), ("Nice", "a nice day"), ("IT", "it rains"), ("US", "Us")]
    )
    def test_an_everyday_word_is_not_a_name(self, name, text):
        assert words(text, f"place:{name}") == []

    def test_a_name_may_stand_in_capitals(self):
        assert words("WAR IN GAZA: NETANYAHU SPEAKS", "place:Gaza", "person:Netanyahu") == ["GAZA", "NETANYAHU"]

    def test_a_short_word_in_capitals_is_an_abbreviation_and_not_a_name(self):
        assert words("The RIO model", "place:Rio") == []

    def test_the_article_of_a_name_may_be_small(self):
        assert words("in the Hague", "place:The Hague") == ["the Hague"]
        assert words("in the hague", "place:The Hague") == []

    def test_topics_are_found_in_any_case(self):
        assert words("Weather. weather WEATHER", "topic:weather") == ["Weather", "weather", "WEATHER"]

    def test_a_topic_and_a_name_may_share_words(self):
        assert found("The Gaza conflict", "place:Gaza", "topic:Gaza conflict") == [
            ("Gaza", ["Gaza"]),
            ("Gaza conflict", ["Gaza conflict"]),
        ]


class TestLines:
    def test_a_name_may_be_broken_across_lines(self):
        assert words("in New\nYork today", "place:New York") == ["New\nYork"]

    def test_a_name_does_not_reach_into_the_next_paragraph(self):
        assert words("Everything is New\n\nYork said", "place:New York") == []


class TestChoosing:
    def test_the_longest_name_wins(self):
        names = ("place:York", "place:New York", "place:New York City")
        assert words("New York City, New York, York", *names) == ["New York City", "New York", "York"]

    def test_a_longer_name_that_is_not_a_whole_word_does_not_hide_a_shorter_one(self):
        assert words("in New Yorkshire", "place:New York", "place:New") == ["New"]

    def test_an_alias_means_its_subject(self):
        assert found("Bibi spoke", "person:Bibi=Netanyahu", "person:Benjamin Netanyahu=Netanyahu") == [
            ("Bibi", ["Netanyahu"])
        ]

    def test_a_shared_alias_is_ambiguous(self):
        assert found("in Georgia", "place:Georgia=the country", "place:Georgia=the state") == [
            ("Georgia", ["the country", "the state"])
        ]

    def test_a_place_in_a_place_of_the_same_name_means_the_larger_one(self):
        names = ("place:Luxembourg=city", "place:Luxembourg=country")
        tree = {"place": {"city": "district", "district": "country"}}
        assert found("in Luxembourg", *names, "place:District=district", parents=tree) == [("Luxembourg", ["country"])]

    def test_a_loop_in_the_tree_ends(self):
        names = ("place:Loop=a", "place:Loop=b", "place:Loop=c")
        assert found("Loop", *names, parents={"place": {"a": "b", "b": "a"}}) == [("Loop", ["a", "b", "c"])]

    def test_a_name_that_is_an_everyday_word_is_looked_up_and_not_looked_for(self):
        index = NameIndex([KnownName("topic", 1, "people", is_matched=False), KnownName("topic", 1, "the public")])
        assert [mention.start for mention in index.find("people and the public")] == [11]
        assert index.lookup("topic", "People") == (1,)

    def test_without_names_nothing_is_found(self):
        assert NameIndex([]).find("Nobody is known.") == []

    def test_a_lookup_tells_kinds_apart_and_wants_the_whole_name(self):
        index, subjects = index_of("person:Paris", "place:Paris", "place:Zürich")
        assert [subjects["place", id] for id in index.lookup("place", "PARIS")] == ["Paris"]
        assert [subjects["place", id] for id in index.lookup("place", "zurich")] == ["Zürich"]
        assert index.lookup("topic", "Paris") == index.lookup("place", "Par") == ()


class TestSurnames:
    def test_a_surname_counts_after_the_full_name(self):
        text = "Joe Biden spoke. Biden's plan — Biden."
        assert found(text, "person:Joe Biden") == [("Joe Biden", ["Joe Biden"])] + [("Biden", ["Joe Biden"])] * 2

    def test_a_surname_does_not_count_before_the_full_name(self):
        assert words("Biden left before Joe Biden spoke.", "person:Joe Biden") == ["Joe Biden"]

    def test_a_surname_alone_names_nobody(self):
        assert words("Biden spoke.", "person:Joe Biden") == []

    def test_a_surname_counts_after_another_name_of_the_person(self):
        names = ("person:Joseph R. Biden Jr.=Biden", "person:Bibi=Netanyahu")
        assert words("Joseph R. Biden Jr. spoke. Biden left.", *names) == ["Joseph R. Biden Jr.", "Biden"]

    def test_a_surname_inside_a_longer_word_does_not_count(self):
        assert words("Kate Bush spoke. Bushels, Bushmen, Bush.", "person:Kate Bush") == ["Kate Bush", "Bush"]

    def test_a_surname_that_is_also_a_place_is_ambiguous(self):
        text = "Denzel Washington spoke in Washington."
        assert found(text, "person:Denzel Washington", "place:Washington") == [
            ("Denzel Washington", ["Denzel Washington"]),
            ("Washington", ["Denzel Washington", "Washington"]),
        ]

    def test_a_place_stays_itself_where_the_person_is_not_named(self):
        assert found("in Washington", "person:Denzel Washington", "place:Washington") == [
            ("Washington", ["Washington"])
        ]

    def test_a_surname_that_two_people_of_the_text_share_is_ambiguous(self):
        text = "Joe Biden and Jill Biden came. Biden spoke."
        assert found(text, "person:Joe Biden", "person:Jill Biden")[-1] == ("Biden", ["Jill Biden", "Joe Biden"])

    def test_before_the_second_bearer_is_named_the_surname_is_the_first_one_s(self):
        text = "Joe Biden came. Biden spoke. Jill Biden left."
        assert found(text, "person:Joe Biden", "person:Jill Biden")[1] == ("Biden", ["Joe Biden"])

    def test_a_surname_within_another_name_is_part_of_that_name(self):
        names = ("person:Joe Biden", "place:Biden Street")
        assert words("Joe Biden walked along Biden Street.", *names) == ["Joe Biden", "Biden Street"]

    def test_a_short_last_word_is_no_surname(self):
        assert words("Kim Jong Un spoke. Un ami.", "person:Kim Jong Un") == ["Kim Jong Un"]


# The same rules once more, slowly: every stretch of the text is compared with every name.

APOSTROPHES, HYPHENS = "’‘`", "‑"


def model_fold(text):
    out = ""
    for character in unicodedata.normalize("NFD", text).casefold():
        if character in APOSTROPHES:
            character = "'"
        elif character in HYPHENS:
            character = "-"
        out += "" if unicodedata.category(character) == "Mn" else " " if character.isspace() else character
    return out


def model_is_whole(text, start, end):
    def joined(position):
        if position in (0, len(text)):
            return False
        return all(unicodedata.category(character)[0] in "LNM" for character in text[position - 1 : position + 1])

    return not joined(start) and not joined(end)


def model_case_fits(name, matched):
    if name == matched:
        return True
    if matched.isupper() and not name.isupper():
        return len(matched) > 3
    if len(name) != len(matched):
        return matched[0].isupper() or not name[0].isupper()
    return all(found.isupper() or not wanted.isupper() for wanted, found in zip(name, matched, strict=True))


def model_choose(matches):
    """Leftmost, then longest: {(start, end): names}."""
    chosen, free = {}, 0
    for start, end in sorted(matches, key=lambda span: (span[0], -span[1])):
        if start >= free:
            chosen[start, end], free = matches[start, end], end
    return chosen


def model_meant(matched, known):
    subjects = {name.subject for name in known}
    return {name.subject for name in known if name.name == " ".join(matched.split())} or subjects


def model_find(text, known_names):
    spans = [
        (start, end)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        if model_is_whole(text, start, end)
    ]
    usable = [name for name in known_names if len(model_fold(name.name).strip()) > 1]
    names, topics = {}, {}
    for start, end in spans:
        matched = text[start:end]
        for name in usable:
            if model_fold(matched) == " ".join(model_fold(name.name).split()) and (
                name.kind == "topic" or model_case_fits(name.name, matched)
            ):
                (topics if name.kind == "topic" else names).setdefault((start, end), []).append(name)
    names, topics = model_choose(names), model_choose(topics)
    bearers = {}
    for start, end in spans:
        for (first, last), known in names.items():
            for name in known:
                parts = name.name.split()
                fits = name.kind == "person" and len(parts) > 1 and len(parts[-1]) > 2 and parts[-1] == text[start:end]
                if fits and last <= start and name.subject in model_meant(text[first:last], known):
                    bearers.setdefault((start, end), []).append(KnownName(*name.subject, parts[-1]))
    alone = {
        (start, end): known
        for (start, end), known in bearers.items()
        if not any(first < end and start < last for first, last in names)
    }
    meanings = {span: known + bearers.get(span, []) for span, known in names.items()} | model_choose(alone)
    everything = [*meanings.items(), *topics.items()]
    return sorted((start, end, sorted(model_meant(text[start:end], known))) for (start, end), known in everything)


PIECES = ["a", "b", "A", "B", "s", "é", "É", "ß", "e\u0301", "'", "’", "-", "‑", ".", "ab", "Ab", "abb", "Abb", "Bab"]
SPACES = st.sampled_from(["", " ", " ", " ", "\n", "\n\n"])
name_words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join)
names_of_things = st.lists(name_words, min_size=1, max_size=3).map(" ".join)
known_names = st.lists(
    st.builds(KnownName, st.sampled_from(["person", "place", "topic"]), st.integers(1, 4), names_of_things),
    max_size=6,
    unique=True,
)


@st.composite
def texts_and_names(draw):
    """Texts in which the names and their last words do stand, often right beside each other."""
    names = draw(known_names)
    likely = [name.name for name in names] + [name.name.split()[-1] for name in names]
    piece = st.one_of(st.sampled_from(PIECES), st.sampled_from(likely)) if likely else st.sampled_from(PIECES)
    text = draw(st.lists(st.tuples(piece, SPACES).map("".join), max_size=9).map("".join))
    return text, names


@settings(max_examples=400, deadline=None)
@given(texts_and_names())
@example(("Groß", [KnownName("place", 1, "Gros")]))
@example(("A Abb. Abb A Abb", [KnownName("person", 1, "A Abb"), KnownName("place", 2, "Abb")]))
def test_what_is_found_is_what_a_slow_and_simple_model_finds(case):
    text, names = case
    mentions = [(mention.start, mention.end, sorted(mention.subjects)) for mention in NameIndex(names).find(text)]
    assert mentions == model_find(text, names)


@settings(max_examples=200, deadline=None)
@given(texts_and_names())
def test_names_never_overlap_each_other_nor_do_topics(case):
    text, names = case
    mentions = NameIndex(names).find(text)
    for kinds in ({"topic"}, {"person", "place"}):
        spans = [(mention.start, mention.end) for mention in mentions if mention.subjects[0][0] in kinds]
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


@settings(max_examples=200, deadline=None)
@given(texts_and_names())
def test_what_is_found_is_a_known_name_or_a_surname(case):
    text, names = case
    known = {" ".join(model_fold(name.name).split()) for name in names}
    surnames = {model_fold(name.name.split()[-1]) for name in names if name.kind == "person"}
    for mention in NameIndex(names).find(text):
        assert model_fold(text[mention.start : mention.end]) in known | surnames
