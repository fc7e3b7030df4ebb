"""The import of topics: the Media Topics with their tree, and how they meet the topics that are there."""

import json

import pytest

from articles.models import ImportBatch, ImportedChange, Topic, TopicAlias
from articles.pipeline.subjects import run as subject_run

from .corpora import CORPORA, needs_corpora
from .factories import make_article, make_topic
from .importing import failing_command, run_command
from .test_subject_vocabularies import concept, scheme

pytestmark = pytest.mark.django_db

ADDRESS = "http://cv.iptc.org/newscodes/mediatopic/"
FLOODS = [
    concept("90000001", {"en-GB": "water", "de": "Wasser und Eis"}),
    concept(
        "90000003", "river floods", broader=[f"{ADDRESS}90000002"], exactMatch=["http://wikidata.org/entity/Q77777703"]
    ),
    concept("90000002", "floods and tides", broader=[f"{ADDRESS}90000001"]),
]


def import_topics(*paths, **options):
    return run_command("import_topics", *paths, **options)


@pytest.fixture
def write(tmp_path):
    def write_file(name, content):
        path = tmp_path / name
        path.write_text(content)
        return path

    return write_file


def line_of(code):
    return [topic.name for topic in Topic.objects.get(iptc_code=f"medtop:{code}").ancestors()]


class TestMediaTopics:
    def test_they_come_with_their_tree_codes_and_languages(self, write):
        output = import_topics(write("topics.json", scheme(*FLOODS)))
        assert line_of("90000003") == ["water", "floods and tides"]
        assert Topic.objects.get(iptc_code="medtop:90000003").wikidata_id == "Q77777703"
        assert list(TopicAlias.objects.values_list("subject__name", "name", "language")) == [
            ("water", "Wasser und Eis", "de")
        ]
        assert "Data: IPTC Media Topics (https://iptc.org/standards/media-topics/), CC BY 4.0." in output
        assert ImportBatch.objects.get().source_name.startswith("IPTC Media Topics")

    @pytest.mark.parametrize("part", [1, 2, 1_000])
    def test_importing_them_again_changes_nothing(self, write, monkeypatch, part):
        monkeypatch.setattr(subject_run, "PART", part)
        path = write("topics.json", scheme(*FLOODS))
        import_topics(path)
        assert line_of("90000003") == ["water", "floods and tides"]
        before = list(Topic.objects.values()), list(TopicAlias.objects.values())
        assert import_topics(path).count("0 created, 0 updated, 3 unchanged, 0 rejected.") == 1
        assert (list(Topic.objects.values()), list(TopicAlias.objects.values())) == before

    def test_a_kill_before_the_parents_are_set_is_made_good_by_the_same_command(self, write, monkeypatch):
        monkeypatch.setattr(subject_run, "PART", 1)
        path = write("topics.json", scheme(*FLOODS))

        def killed(*args):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(subject_run, "store_parents", killed)
            import_topics(path)
        assert line_of("90000003") == []
        import_topics(path)
        assert line_of("90000003") == ["water", "floods and tides"]

    def test_a_topic_is_found_by_its_code_and_keeps_its_own_words(self, write):
        topic = make_topic("inundations", iptc_code="medtop:90000003", description="Our own words.")
        concepts = [{**FLOODS[1], "definition": {"en-GB": "Theirs"}}, FLOODS[0], FLOODS[2]]
        output = import_topics(write("topics.json", scheme(*concepts)))
        topic.refresh_from_db()
        assert (topic.name, topic.description, topic.wikidata_id) == ("inundations", "Our own words.", "Q77777703")
        assert topic.parent.name == "floods and tides"
        assert [alias.name for alias in topic.aliases.all()] == ["river floods"]
        assert "1 values differ" in output
        assert ImportedChange.objects.get().fields["parent"] == [None, topic.parent_id]

    def test_a_topic_is_found_by_its_name_whatever_its_case(self, write):
        topic = make_topic("River Floods")
        import_topics(write("topics.json", scheme(*FLOODS)))
        topic.refresh_from_db()
        assert topic.iptc_code == "medtop:90000003"
        assert not topic.aliases.exists()

    def test_the_import_can_be_taken_back(self, write):
        topic = make_topic("river floods")
        before = list(Topic.objects.values())
        import_topics(write("topics.json", scheme(*FLOODS)))
        run_command("undo_import", ImportBatch.objects.get().pk)
        assert list(Topic.objects.values()) == before
        assert Topic.objects.get() == topic

    def test_everyday_words_are_not_found_in_articles_and_others_are(self, write):
        article = make_article(body="Much water, water: the river floods. WASSER UND EIS.")
        import_topics(write("topics.json", scheme(*FLOODS)))
        run_command("link_articles")
        mentions = dict(article.topic_links.values_list("subject__name", "mentions"))
        assert mentions == {"river floods": 1, "water": 1}

    def test_a_name_that_is_not_looked_for_does_not_come_back_as_another_name(self, write):
        make_topic("water", iptc_code="medtop:90000001", name_is_matched=False)
        import_topics(
            write("topics.json", scheme(concept("90000001", {"en-GB": "water", "en-US": "Water"}))), languages="en"
        )
        assert not TopicAlias.objects.exists()

    def test_languages_can_be_chosen(self, write):
        labels = {"en-GB": "river floods", "de": "Flut", "fr": "Crue", "es": "Crecida del río"}
        import_topics(write("topics.json", scheme(concept("90000003", labels))), languages="en,fr")
        assert list(TopicAlias.objects.values_list("name", "language")) == [("Crue", "fr")]

    def test_of_two_concepts_with_one_identifier_the_first_has_it(self, write):
        match = {"exactMatch": ["https://www.wikidata.org/entity/Q77777703"]}
        path = write(
            "topics.json", scheme(concept("90000001", "high tides", **match), concept("90000002", "low tides", **match))
        )
        for _ in range(2):
            output = import_topics(path)
            assert "Q77777703 is the identifier of “high tides” already: “low tides” goes without." in output
        assert list(Topic.objects.order_by("iptc_code").values_list("wikidata_id", flat=True)) == ["Q77777703", ""]


class TestTables:
    def test_a_list_of_one_s_own_is_looked_for_as_it_is(self, write):
        import_topics(write("topics.csv", "id,name,aliases,parent_id\n1,water,wet; damp,2\n2,nature,,\n"))
        water = Topic.objects.get(name="water")
        assert water.name_is_matched
        assert water.parent.name == "nature"
        assert {alias.name for alias in water.aliases.all()} == {"wet", "damp"}

    def test_a_bad_row_is_named_and_the_rest_is_in(self, write):
        output, error = failing_command(
            "import_topics", write("t.csv", "name,iptc_code\nwater,x\nfire,medtop:90000009\n")
        )
        assert (
            "t.csv:2: The field 'iptc_code' is “x” and is no IPTC Media Topic. Write it like medtop:20000056." in output
        )
        assert error.startswith("1 could not be taken in whole")
        assert Topic.objects.get().iptc_code == "medtop:90000009"


@needs_corpora
class TestTheWholeVocabulary:
    PATH = CORPORA / "iptc_mediatopics" / "cptall-x-all.json"

    def test_every_concept_comes_in_below_its_parent_and_only_once(self):
        concepts = {each["qcode"]: each for each in json.loads(self.PATH.read_text())["conceptSet"]}
        assert f"{len(concepts)} created, 0 updated, 0 unchanged, 0 rejected." in import_topics(self.PATH)
        parents = dict(Topic.objects.values_list("iptc_code", "parent__iptc_code"))
        assert parents == {
            code: each["broader"][0].replace(ADDRESS, "medtop:") if "broader" in each else None
            for code, each in concepts.items()
        }
        retired = {code for code, each in concepts.items() if "retired" in each}
        marked = Topic.objects.filter(description__startswith="Retired", name_is_matched=False)
        assert set(marked.values_list("iptc_code", flat=True)) == retired
        ids = {
            next(match.rsplit("/", 1)[1] for match in each["exactMatch"] if "wikidata" in match)
            for each in concepts.values()
            if "wikidata" in str(each.get("exactMatch"))
        }
        assert set(Topic.objects.exclude(wikidata_id="").values_list("wikidata_id", flat=True)) == ids
        assert f"0 created, 0 updated, {len(concepts)} unchanged, 0 rejected." in import_topics(self.PATH)
