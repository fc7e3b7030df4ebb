"""What the tables hold, what they refuse, and the words in which they are asked."""

import datetime
import itertools

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import (
    SUBJECT_KINDS,
    Article,
    Person,
    PersonAlias,
    PersonFormerSlug,
    PersonLink,
    Place,
    PlaceLink,
    Source,
    Topic,
    TopicLink,
    slugs,
)
from articles.models.free_slugs import free_slugs
from articles.models.slugs import LONGEST_MADE, SLUG_LENGTH, SluggedQuerySet, make_slug
from articles.models.subject import AliasQuerySet
from articles.models.tree import ancestors_of, descendants_of
from tests.factories import link, make_article, make_person, make_place, make_source, make_topic

pytestmark = pytest.mark.django_db
SUBJECTS = [kind.model for kind in SUBJECT_KINDS.values()]
TREES = [make_place, make_topic]


# The database itself refuses what `clean()` was not asked about.

REFUSED = {
    "an article without a headline": Article(slug="a", headline=""),
    "an article before 1400": Article(slug="a", headline="A", published_on=datetime.date(1399, 12, 31)),
    "an article after 2199": Article(slug="a", headline="A", published_on=datetime.date(2200, 1, 1)),
    "an article of an unknown status": Article(slug="a", headline="A", status="burnt"),
    "a place too far north": Place(slug="a", name="A", latitude="90.00001", longitude=0),
    "a place too far south": Place(slug="a", name="A", latitude="-90.00001", longitude=0),
    "a place too far east": Place(slug="a", name="A", latitude=0, longitude="180.00001"),
    "a place too far west": Place(slug="a", name="A", latitude=0, longitude="-180.00001"),
    "a place with a latitude only": Place(slug="a", name="A", latitude=1),
    "a place with a longitude only": Place(slug="a", name="A", longitude=1),
    "a place in itself": Place(id=77, slug="a", name="A", parent_id=77),
    "a topic in itself": Topic(id=77, slug="a", name="A", parent_id=77),
    "a source without a name": Source(slug="a", name=""),
    **{f"a {model._meta.model_name} without a name": model(slug="a", name="") for model in SUBJECTS},
    **{
        f"a {model._meta.model_name} with the reserved slug": model(slug="none", name="A")
        for model in [*SUBJECTS, Source]
    },
    **{f"a {model._meta.model_name} without a slug": model(slug="", name="A") for model in [*SUBJECTS, Source]},
    "an article without a slug": Article(slug="", headline="A"),
    "an article with the reserved slug": Article(slug="none", headline="A"),
}


@pytest.mark.parametrize("row", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.bulk_create([row])


@pytest.mark.parametrize(
    "row",
    [
        Article(slug="a", headline="A", published_on=datetime.date(1400, 1, 1)),
        Article(slug="a", headline="A", published_on=datetime.date(2199, 12, 31)),
        Place(slug="a", name="A", latitude=90, longitude=180),
        Place(slug="a", name="A", latitude="-90.00000", longitude="-180.00000"),
        Place(slug="a", name="A", latitude=0, longitude=0),
        Person(slug="nonesuch", name="A"),
    ],
    ids=str,
)
def test_the_database_accepts_what_lies_just_within_the_limits(row):
    type(row).objects.bulk_create([row])
    assert type(row).objects.filter(slug=row.slug).exists()


@pytest.mark.parametrize(
    "change",
    [{"headline": ""}, {"status": "burnt"}, {"published_on": datetime.date(1, 1, 1)}, {"slug": "another"}],
    ids=str,
)
def test_an_update_past_the_models_is_refused(change):
    make_article(slug="another")
    article = make_article(slug="this")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**change)


@pytest.mark.parametrize("model", [*SUBJECTS, Source])
def test_slugs_are_unique(model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([model(name="A", slug="same"), model(name="B", slug="same")])


def test_outside_identifiers_are_unique_but_may_be_missing():
    for model in SUBJECTS:
        model.objects.bulk_create([model(name="A", slug="a"), model(name="B", slug="b")])
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(wikidata_id="Q1490")
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.update(iptc_code="medtop:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.update(geonames_id=1)


def test_a_name_may_be_shared_but_an_alias_stands_once_with_each():
    country, state = make_place("Georgia", aliases=["Sakartvelo"]), make_place("Georgia", aliases=["Sakartvelo"])
    assert country.slug != state.slug
    with pytest.raises(IntegrityError), transaction.atomic():
        country.aliases.create(name="Sakartvelo")
    with pytest.raises(IntegrityError), transaction.atomic():
        country.aliases.create(name="")


@pytest.mark.parametrize("make", [make_person, make_place, make_topic])
@pytest.mark.parametrize(
    "change", [{"status": "perhaps"}, {"origin": "rumour"}, {"confidence": 1.01}, {"confidence": -0.01}], ids=str
)
def test_a_link_of_an_unknown_kind_is_refused(make, change):
    made = link(make_article(), make("Rivers"))
    with pytest.raises(IntegrityError), transaction.atomic():
        type(made).objects.update(**change)


@pytest.mark.parametrize("make", [make_person, make_place, make_topic])
def test_an_article_is_linked_to_a_subject_once(make):
    article, subject = make_article(), make("Rivers")
    link(article, subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        link(article, subject, status="rejected")


def test_a_source_with_articles_cannot_be_deleted():
    source = make_source()
    make_article(source=source)
    with pytest.raises(IntegrityError), transaction.atomic():
        source.delete()


# Slugs.


def test_a_slug_is_made_of_the_headline_and_made_unique():
    assert [make_article("Flood in the harbour!").slug for _ in range(3)] == [
        "flood-in-the-harbour",
        "flood-in-the-harbour-2",
        "flood-in-the-harbour-3",
    ]
    assert make_article("Flood").slug == "flood"


@pytest.mark.parametrize(
    ("name", "slug"), [("محمود", "person"), ("習近平", "person"), ("—!", "person"), ("None", "person")]
)
def test_a_name_that_gives_no_slug_gets_a_plain_one(name, slug):
    assert make_person(name).slug == slug
    assert make_person(name).slug == f"{slug}-2"


def test_a_long_headline_is_cut_at_a_word():
    slug = make_slug("word " * 60, fallback="article")
    assert len(slug) <= LONGEST_MADE
    assert slug.endswith("-word")
    assert len(make_slug("x" * 300, fallback="article")) == LONGEST_MADE
    assert len(make_article("x" * 300).slug) <= SLUG_LENGTH


def test_of_two_who_get_the_same_slug_at_once_the_second_gets_the_next(monkeypatch):
    def find_and_lose(model, wished):
        found = free_slugs(model, wished)
        if not Article.objects.exists():
            Article.objects.bulk_create([Article(headline="Flood", slug=found[0])])
        return found

    monkeypatch.setattr(slugs, "free_slugs", find_and_lose)
    assert make_article("Flood").slug == "flood-2"


def test_what_else_is_wrong_with_a_row_without_a_slug_is_said():
    make_person("Ada", wikidata_id="Q7259")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person("Another Ada", wikidata_id="Q7259")


def test_a_slug_is_found_by_an_index_and_few_questions_however_many_have_the_same_name():
    def count_questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            make_person("محمود")
        assert not any("LIKE" in query["sql"] for query in asked.captured_queries)
        return len(asked)

    make_person("محمود")
    few = count_questions()
    numbers = range(3, 1_000)
    Person.objects.bulk_create(Person(name="محمود", slug=f"person-{number}") for number in numbers)
    assert count_questions() <= few + 8
    assert Person.objects.filter(slug="person-1000").exists()


def test_only_what_has_a_name_is_found_by_it_and_only_what_has_a_slug_by_that():
    assert not hasattr(Article.objects.all(), "with_name_containing")
    assert not issubclass(AliasQuerySet, SluggedQuerySet)


def test_a_slug_that_is_given_is_kept():
    article = make_article("Flood", slug="the-great-flood")
    article.headline = "Flood over"
    article.save()
    assert article.slug == "the-great-flood"
    assert not article.former_slugs.exists()


@pytest.mark.parametrize("make", [make_article, make_person, make_place, make_topic, make_source])
def test_a_renamed_slug_is_remembered(make):
    row = make("Flood")
    for slug in ("second", "third"):
        row.slug = slug
        row.save()
    assert sorted(former.slug for former in row.former_slugs.all()) == ["flood", "second"]


def test_an_old_slug_leads_to_the_latest_that_had_it():
    first = make_person("Ada", slug="ada")
    first.slug = "ada-the-first"
    first.save()
    second = make_person("Ada", slug="ada")
    second.slug = "ada-the-second"
    second.save()
    assert PersonFormerSlug.objects.get(slug="ada").target == second


def test_a_new_row_does_not_take_the_old_address_of_another():
    first = make_article("Flood")
    first.slug = "flood-of-1912"
    first.save()
    assert make_article("Flood").slug == "flood-2"


def test_the_reserved_slug_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match="reserved"):
        Person(name="A", slug="none").full_clean()


# Trees.


@pytest.mark.parametrize("make", TREES)
def test_a_loop_in_a_tree_is_refused(make):
    top = make("Top")
    middle = make("Middle", parent=top)
    lowest = make("Lowest", parent=middle)
    for parent in (top, middle, lowest):
        top.parent = parent
        with pytest.raises(ValidationError) as refused:
            top.clean()
        assert "parent" in refused.value.message_dict
    lowest.parent = top
    lowest.clean()
    lowest.parent = None
    lowest.clean()
    type(top)(name="New", parent=lowest).clean()


@pytest.mark.parametrize("make", TREES)
def test_ancestors_come_nearest_first(make):
    top = make("Top")
    middle = make("Middle", parent=top)
    lowest = make("Lowest", parent=middle)
    other = make("Other")
    ids = [top.pk, lowest.pk, other.pk]
    assert ancestors_of(type(top), ids) == {top.pk: [], lowest.pk: [middle.pk, top.pk], other.pk: []}
    assert lowest.ancestors() == [top, middle]
    assert descendants_of(type(top), [top.pk]) == {top.pk, middle.pk, lowest.pk}
    assert descendants_of(type(top), [other.pk, middle.pk]) == {other.pk, middle.pk, lowest.pk}


def test_a_loop_made_behind_the_models_back_does_not_hang():
    one, two, three = make_place("One"), make_place("Two"), make_place("Three")
    for place, parent in ((one, two), (two, three), (three, one)):
        Place.objects.filter(pk=place.pk).update(parent=parent)
    below = make_place("Below", parent=one)
    assert ancestors_of(Place, [one.pk]) == {one.pk: [two.pk, three.pk]}
    assert ancestors_of(Place, [below.pk]) == {below.pk: [one.pk, two.pk, three.pk]}
    assert descendants_of(Place, [two.pk]) == {one.pk, two.pk, three.pk, below.pk}
    one.refresh_from_db()
    with pytest.raises(ValidationError):
        one.clean()


def test_a_tree_is_read_with_one_query_a_level(django_assert_num_queries):
    top = make_place("Top")
    for number in range(20):
        make_place(f"Lower {number}", parent=make_place(f"Middle {number}", parent=top))
    lower = [place.pk for place in Place.objects.filter(name__startswith="Lower")]
    with django_assert_num_queries(3):
        ancestors_of(Place, lower)
    with django_assert_num_queries(3):
        descendants_of(Place, [top.pk])


def test_a_tree_larger_than_one_question_is_read_whole(monkeypatch):
    monkeypatch.setattr("articles.models.tree.PART", 3)
    top = make_place("Top")
    lower = [make_place(f"Lower {number}", parent=top) for number in range(10)]
    lowest = [make_place(f"Lowest {number}", parent=lower[number]) for number in range(10)]
    assert len(descendants_of(Place, [top.pk])) == 21
    ids = [place.pk for place in lowest]
    assert ancestors_of(Place, ids) == {place.pk: [place.parent_id, top.pk] for place in lowest}


# The words of the QuerySets.


def names(rows) -> list[str]:
    return [row.name for row in rows]


def test_published_leaves_out_drafts_and_withdrawn_articles():
    for status in ("draft", "published", "withdrawn"):
        make_article(status, status=status)
    assert [(article.headline, article.is_public) for article in Article.objects.published()] == [("published", True)]
    assert [article.is_public for article in Article.objects.order_by("id")] == [False, True, False]


def test_newest_first_puts_the_undated_last():
    make_article("Undated", published_on=None)
    make_article("Old", published_on=datetime.date(1912, 4, 16))
    make_article("New", published_on=datetime.date(2024, 3, 21))
    make_article("New, too", published_on=datetime.date(2024, 3, 21))
    assert [str(article) for article in Article.objects.newest_first()] == ["New, too", "New", "Old", "Undated"]
    assert [str(article) for article in Article.objects.undated()] == ["Undated"]


def test_in_order_keeps_the_order_of_the_ids(django_assert_num_queries):
    articles = [make_article(f"Article {number}", source=make_source(str(number))) for number in range(4)]
    wanted = [articles[2].pk, 987654, articles[0].pk, articles[3].pk]
    with django_assert_num_queries(1):
        found = Article.objects.for_list().in_order(iter(wanted))
        assert [article.source.name for article in found] == ["2", "0", "3"]


def test_in_use_means_in_a_published_article_for_sure():
    for name, article, link_status in [
        ("Used", "published", "accepted"),
        ("Suggested", "published", "suggested"),
        ("Rejected", "published", "rejected"),
        ("Draft", "draft", "accepted"),
        ("Withdrawn", "withdrawn", "accepted"),
    ]:
        link(make_article(status=article), make_person(name), status=link_status)
    make_person("Unknown")
    link(make_article(), Person.objects.get(name="Used"))
    assert names(Person.objects.in_use()) == ["Used"]
    assert [str(made.subject) for made in PersonLink.objects.public()] == ["Used", "Used"]


@pytest.mark.parametrize("text", ["Jinping", "习近平", "jinping", "XI JIN"])
def test_called_looks_at_other_names_too_and_finds_each_once(text):
    make_person("Xi Jinping", aliases=["习近平", "Chairman Xi Jinping", "Xi Jin-ping"])
    make_person("Ada Moreau", aliases=["A. Moreau"])
    assert names(Person.objects.called(text)) == ["Xi Jinping"]


@pytest.mark.parametrize("text", ["emile", "ÉMILE", "émile zola", "E\u0301mile"])
def test_called_passes_over_accents_and_case(text):
    make_person("Émile Zola")
    assert names(Person.objects.called(text)) == ["Émile Zola"]


@pytest.mark.parametrize("text", ["100%", "_", "\\"])
def test_called_takes_every_character_literally(text):
    make_person("Ada Moreau")
    assert names(Person.objects.called(text)) == []
    make_person(f"Mister {text}")
    assert names(Person.objects.called(text)) == [f"Mister {text}"]


def test_link_counts_count_accepted_links_in_any_status_of_article():
    busy, idle = make_person("Busy"), make_person("Idle")
    link(make_article(), busy)
    link(make_article(status="draft"), busy)
    link(make_article(), busy, status="suggested")
    link(make_article(), idle, status="rejected")
    counts = {person.name: person.link_count for person in Person.objects.with_link_counts()}
    assert counts == {"Busy": 2, "Idle": 0}


def test_machines_may_change_only_what_no_person_has_decided(admin_user):
    article = make_article()
    for number, (origin, status, decided) in enumerate(
        itertools.product(["editor", "source", "match", "model"], ["accepted", "suggested", "rejected"], [False, True])
    ):
        made = link(article, make_person(f"Person {number}"), origin=origin, status=status)
        if decided:
            made.decide(admin_user)
            made.save()
    is_open = {made.pk for made in PersonLink.objects.open_to_machines()}
    assert is_open == {made.pk for made in PersonLink.objects.all() if not made.is_decided}
    assert len(is_open) == 6
    assert {made.origin for made in PersonLink.objects.filter(pk__in=is_open)} == {"source", "match", "model"}
    assert {made.status for made in PersonLink.objects.filter(pk__in=is_open)} == {"accepted", "suggested"}


# Carrying an archive elsewhere.


def test_a_dumped_archive_is_the_same_where_it_is_loaded(tmp_path):
    _fill_archive()
    before = _contents()
    dump = tmp_path / "archive.yaml"  # JSON would round the times to thousandths of a second
    options = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True, "format": "yaml"}
    call_command("dumpdata", "articles", exclude=["articles.indexchange"], output=str(dump), verbosity=0, **options)
    assert not any("pk" in row for row in yaml.safe_load(dump.read_text()) if row["model"] in NATURAL)
    for model in (Article, Place, Topic, Person, Source):
        model.objects.all().delete()
    assert _contents() == {name: [] for name in before}
    make_person("Somebody, so that ids differ")
    Person.objects.all().delete()
    call_command("loaddata", dump, verbosity=0)
    assert _contents() == before


NATURAL = {
    f"articles.{name}"
    for name in ("article", "person", "place", "topic", "source", "personlink", "placelink", "topiclink", "personalias")
}


def _fill_archive():
    top = make_place("Norland")
    town = make_place("Riverton", parent=top, latitude="1.5", longitude="-2.25", aliases=["The Town"])
    late = make_topic("weather")
    early = make_topic("flood", parent=late)
    Topic.objects.filter(pk=late.pk).update(parent=make_topic("nature"))  # a parent that comes later
    ada = make_person("Ada Moreau", aliases=["A. Moreau", "Moreau"], wikidata_id="Q1")
    article = make_article("Flood", about=[ada, town], source=make_source())
    link(article, early, status="rejected", origin="model", confidence=0.25, mentions=3)
    article.slug = "flood-of-1912"
    article.save()
    make_article("Undated", status="draft", published_on=None, edited_fields=["headline"])


def _contents() -> dict[str, list]:
    """Everything that matters, without ids."""
    links = ("article__slug", "subject__slug", "status", "origin", "confidence", "mentions")
    return {
        "articles": list(
            Article.objects.order_by("slug").values_list(
                "slug",
                "headline",
                "body",
                "status",
                "published_on",
                "source__slug",
                "edited_fields",
                "created_at",
                "updated_at",
            )
        ),
        "former": list(Article.former_slugs.rel.related_model.objects.values_list("slug", "target__slug")),
        "people": list(Person.objects.order_by("slug").values_list("slug", "name", "wikidata_id")),
        "aliases": list(PersonAlias.objects.order_by("name").values_list("name", "subject__slug")),
        "places": list(Place.objects.order_by("slug").values_list("slug", "parent__slug", "latitude", "longitude")),
        "topics": list(Topic.objects.order_by("slug").values_list("slug", "parent__slug")),
        **{
            model._meta.model_name: list(model.objects.order_by("article__slug", "subject__slug").values_list(*links))
            for model in (PersonLink, PlaceLink, TopicLink)
        },
    }
