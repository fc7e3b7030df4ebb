"""What becomes of the people, places and topics that a source names."""

import pytest
from django.db import connection

from articles.models import Article, Candidate, Person, Place, Topic
from articles.pipeline.options import ImportOptions
from articles.pipeline.records import ArticleRecord, Position, Tag
from articles.pipeline.run import import_articles

from .factories import make_article, make_person, make_place, make_topic
from .importing import run_command, write_json_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def import_tags(monkeypatch, tmp_path):
    """import_tags(tag, …, policy): import an article with these tags, as any format may read them."""

    def import_record(*tags, policy="create", headline="One"):
        record = ArticleRecord(Position("a.xml"), headline=headline, external_id=headline, tags=tags)
        monkeypatch.setattr("articles.pipeline.run._read", lambda paths, options: [record])
        return import_articles([], ImportOptions(unknown_subjects=policy))

    return import_record


def names_of(article, plural):
    return sorted(getattr(article, plural).values_list("name", flat=True))


def test_unknown_names_become_people_places_and_topics(tmp_path):
    record = {"headline": "One", "people": ["Bo Li"], "places": ["Riverton"], "topics": ["rail", "Rail"]}
    said = run_command("import_articles", write_json_lines(tmp_path / "a.jsonl", record))
    assert "3 people, places or topics that the source names are new." in said
    article = Article.objects.get()
    assert [names_of(article, plural) for plural in ("people", "places", "topics")] == [
        ["Bo Li"],
        ["Riverton"],
        ["rail"],
    ]
    assert article.person_links.get().origin == "source"


def test_new_names_are_not_looked_for_in_texts_until_an_editor_says_so(tmp_path):
    make_article("Rail and rail by Bo Li")
    records = [{"headline": "One", "people": ["Bo Li"]}, {"headline": "Bo Li again"}]
    run_command("import_articles", write_json_lines(tmp_path / "a.jsonl", *records))
    assert Person.objects.get().links.count() == 1
    run_command("link_articles")
    assert Person.objects.get().links.count() == 1
    Person.objects.update(name_is_matched=True)
    run_command("link_articles")
    assert Person.objects.get().links.count() == 3


def test_the_name_of_a_person_whom_the_source_names_is_a_link_in_the_text(tmp_path, client):
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: One\npeople: [Ada Moreau]\nplaces: [Gold]\n---\nAda Moreau came. Gold is dear, said Moreau.\n"
    )
    for _ in range(2):
        run_command("import_articles", path)
        article = Article.objects.get()
        assert article.person_links.get().mentions == 2
        assert article.place_links.get().mentions == 0
        Article.objects.update(import_digest="")  # so that the second import finds the person known
    page = client.get(article.get_absolute_url()).content.decode()
    assert ">Ada Moreau</a> came. Gold is dear" in page


def test_a_rehearsal_counts_the_links_to_new_subjects(tmp_path):
    make_place("Riverton")
    records = [
        {"headline": "Riverton", "people": ["Bo Li", "BO LI"], "topics": ["rail"]},
        {"headline": "Two", "people": ["Bo Li"], "places": ["Riverton", "Lowland"]},
    ]
    path = write_json_lines(tmp_path / "a.jsonl", *records)
    rehearsed, done = run_command("import_articles", path, dry_run=True), run_command("import_articles", path)
    for said in (rehearsed, done):
        assert "6 links made" in said
        assert "3 people, places or topics that the source names are new." in said


def test_the_log_counts_what_the_command_says(tmp_path):
    records = [
        {"headline": "One", "external_id": "1", "version": 2},
        {"headline": "One", "external_id": "1", "version": 1},
        {"headline": "Two", "external_id": "2"},
    ]
    path = write_json_lines(tmp_path / "a.jsonl", *records)
    run_command("import_articles", path)
    said = run_command("import_articles", path)
    assert "2 unchanged" in said
    assert "1 were older versions" in said
    assert "2 unchanged" in run_command("import_log").splitlines()[0]


def test_the_same_name_in_later_imports_is_the_same_subject(tmp_path):
    run_command("import_articles", write_json_lines(tmp_path / "a.jsonl", {"headline": "One", "people": ["Bo Li"]}))
    run_command("import_articles", write_json_lines(tmp_path / "b.jsonl", {"headline": "Two", "people": ["BO LI"]}))
    assert Person.objects.get().articles.count() == 2


def test_unknown_names_can_wait_as_candidates(tmp_path):
    path = write_json_lines(
        tmp_path / "a.jsonl", {"headline": "One", "people": ["Bo Li"]}, {"headline": "Two", "people": ["Bo Li"]}
    )
    said = run_command("import_articles", path, unknown_subjects="suggest")
    assert "1 people, places or topics wait as candidates." in said
    candidate = Candidate.objects.get()
    assert (candidate.kind, candidate.name, candidate.status, candidate.articles.count()) == (
        "person",
        "Bo Li",
        "open",
        2,
    )
    assert not Person.objects.exists()


def test_candidates_of_many_articles_are_noted_in_few_statements(tmp_path):
    def count_queries(day: str, articles: int) -> int:
        records = [
            {"headline": f"{day} {number}", "people": [f"Bo Li {number}", "Ada Moreau"], "topics": [f"{day}-{number}"]}
            for number in range(articles)
        ]
        path = write_json_lines(tmp_path / "a.jsonl", *records)
        asked = []
        with connection.execute_wrapper(lambda execute, sql, *others: asked.append(sql) or execute(sql, *others)):
            run_command("import_articles", path, unknown_subjects="suggest")
        return len(asked)

    assert count_queries("Monday", 40) <= count_queries("Tuesday", 5) + 5
    assert Candidate.objects.get(name="Ada Moreau").articles.count() == 45
    assert Candidate.objects.get(name="Bo Li 3").articles.count() == 2
    assert Candidate.objects.count() == 1 + 40 + 45


def test_unknown_names_can_be_left_out(tmp_path):
    path = write_json_lines(tmp_path / "a.jsonl", {"headline": "One", "people": ["Bo Li"]})
    run_command("import_articles", path, unknown_subjects="ignore")
    assert not Person.objects.exists()
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: make_topic("economy", iptc_code="medtop:20000344"), "medtop:20000344"),
        (lambda: make_topic("economy", wikidata_id="Q8134"), "wikidata:Q8134"),
    ],
)
def test_a_code_counts_more_than_a_name(import_tags, make, code):
    known, namesake = make(), make_topic("Wirtschaft")
    import_tags(Tag("topic", "Wirtschaft", code))
    article = Article.objects.get()
    assert article.topics.get() == known != namesake


def test_countries_are_known_by_their_code(import_tags):
    egypt = make_place("Egypt", kind="country", country_code="EG")
    make_place("Cairo", kind="city", country_code="EG")
    make_place("Rafah", geonames_id=281102)
    import_tags(Tag("place", "Ägypten", "iso3166:EG"), Tag("place", "Rafaḩ", "geonames:281102"))
    assert names_of(Article.objects.get(), "places") == ["Egypt", "Rafah"]
    assert egypt.articles.count() == 1


def test_a_new_subject_keeps_its_code_and_is_found_by_it(import_tags):
    import_tags(Tag("person", "Ada Moreau", "wikidata:Q42"), headline="One")
    import_tags(Tag("person", "A. Moreau", "wikidata:Q42"), Tag("topic", "", "medtop:1"), headline="Two")
    person = Person.objects.get()
    assert (person.name, person.wikidata_id, person.articles.count()) == ("Ada Moreau", "Q42", 2)
    assert not Topic.objects.exists()


def test_a_code_of_another_kind_of_subject_does_no_harm(import_tags):
    import_tags(Tag("person", "Ada Moreau", "medtop:20000344"), Tag("place", "Riverton", "medtop:20000344"))
    assert (Person.objects.get().name, Place.objects.get().name) == ("Ada Moreau", "Riverton")


def test_a_name_shared_by_two_is_suggested_for_both(import_tags):
    make_person("Ada Moreau", description="minister")
    make_person("Ada Moreau", description="runner")
    report = import_tags(Tag("person", "Ada Moreau"))
    assert (report.links, Person.objects.count()) == (2, 2)
    assert set(Article.objects.get().person_links.values_list("status", flat=True)) == {"suggested"}
