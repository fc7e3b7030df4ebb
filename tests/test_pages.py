"""The home page, articles, people, places and topics as a reader sees them."""

import datetime

import pytest
from django.urls import reverse

from articles.models import SUBJECT_KINDS

from .factories import link, make_article, make_person, make_place, make_source, make_topic
from .pages import read

pytestmark = pytest.mark.django_db

MAKERS = {"person": make_person, "place": make_place, "topic": make_topic}
EVIL = "<script>alert('x')</script>"


def test_an_empty_archive_says_how_to_begin(client):
    page = read(client, "/")
    assert "Nothing here yet" in page.text
    assert "manage.py import_articles" in page.text


def test_the_home_page_shows_totals_newest_and_most_written_about(client):
    ada = make_person("Ada Moreau")
    make_article("Old story", about=[ada], published_on=datetime.date(1912, 4, 16))
    make_article("New story", about=[ada])
    page = read(client, "/")
    assert page.headlines() == ["New story", "Old story"]
    assert "1912–2024" in page.text
    assert "Ada Moreau 2" in page.text
    assert page.links["Ada Moreau"] == "/people/ada-moreau/"


def test_the_columns_of_the_home_page_lead_to_their_years(client):
    make_article("This year")
    assert "/articles/?year=2024" in read(client, "/").addresses


def test_many_years_are_drawn_as_decades(client):
    make_article("Then", published_on=datetime.date(1912, 4, 16))
    make_article("Now")
    page = read(client, "/")
    address = "/articles/?from=1910-01-01&to=1919-12-31"
    assert address in page.addresses
    assert read(client, address).headlines() == ["Then"]


def test_an_article_shows_its_text_and_what_it_is_about(client):
    ada, rafah = make_person("Ada Moreau"), make_place("Rafah")
    article = make_article(
        "A day in Rafah",
        about=[ada, rafah],
        body="Ada Moreau came.\n\n## A heading\n\nShe left.",
        summary="What happened.",
        byline="By Bo Lund",
        source=make_source(),
        url="https://example.org/story",
        language="en",
    )
    page = read(client, article.get_absolute_url())
    for text in ("A day in Rafah", "21 March 2024", "What happened.", "By Bo Lund", "A heading", "English"):
        assert text in page.text
    assert page.links["Ada Moreau"] == "/people/ada-moreau/"
    assert page.links["Rafah"] == "/places/rafah/"
    assert page.links["The Daily Test"] == "/articles/?source=the-daily-test"
    assert 'href="https://example.org/story" rel="noopener nofollow"' in page.html


def test_names_in_the_text_are_links_but_topics_are_not(client):
    article = make_article(
        "Story", about=[make_person("Ada Moreau", aliases=["Lady Ada"]), make_topic("rain")], body="Lady Ada in rain."
    )
    html = read(client, article.get_absolute_url()).html
    assert '<a href="/people/ada-moreau/" class="name name-person" rel="nofollow">Lady Ada</a> in rain.' in html


def test_a_name_that_is_an_everyday_word_is_no_link_in_the_text(client):
    article = make_article("Story", about=[make_place("Reading", name_is_matched=False)], body="Reading a book.")
    assert "Reading a book." in read(client, article.get_absolute_url()).html


def test_a_summary_that_begins_the_text_is_shown_once(client):
    article = make_article("Story", summary="It rained.", body="It *rained*. Then it stopped.")
    assert "standfirst" not in read(client, article.get_absolute_url()).html


def test_a_summary_that_tells_a_derived_headline_again_is_not_shown(client):
    sentence = "It rained for a week, and the river rose to the windows of the harbour."
    make_article(sentence.rstrip("."), headline_is_derived=True, summary=sentence)
    make_article("It rained for a week…", headline_is_derived=True, summary=sentence)
    make_article("It rained for a week", summary="It rained for a week")
    make_article("It rained", summary="It rained in all of the country.")
    make_article("Something else", headline_is_derived=True, summary="It rained, too.")
    told = {"It rained in all of the country.", "It rained, too."}
    for address in ("/articles/", "/"):
        html = read(client, address).html
        assert {part.split("</p>")[0] for part in html.split('entry-summary" dir="auto">')[1:]} == told
    feed = client.get("/articles/feed.atom").content.decode()
    assert {part.split("</summary>")[0] for part in feed.split('<summary type="html">')[1:]} - {""} == told


def test_a_derived_headline_is_marked(client):
    article = make_article("It rained", headline_is_derived=True)
    assert "came without a headline" in read(client, article.get_absolute_url()).text


def test_only_web_addresses_become_links_to_the_original(client):
    article = make_article("Story", url="javascript:alert(1)")
    assert "javascript:" not in read(client, article.get_absolute_url()).html


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_an_unpublished_article_is_not_found(client, status):
    article = make_article("Secret", status=status)
    assert client.get(article.get_absolute_url()).status_code == 404
    article.slug = "renamed"
    article.save()
    assert client.get("/articles/secret/").status_code == 404


def test_suggested_and_rejected_links_are_nowhere_on_an_article(client):
    article = make_article("Story", body="Ada Moreau met Bo Lund.")
    link(article, make_person("Ada Moreau"), status="suggested")
    link(article, make_person("Bo Lund"), status="rejected")
    page = read(client, article.get_absolute_url())
    assert not [address for address in page.addresses if address.startswith("/people/") and address != "/people/"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("hour", [None, 0, 12, 23])
def test_a_date_never_shifts(client, settings, zone, hour):
    settings.TIME_ZONE = zone
    time = None if hour is None else datetime.datetime(2024, 3, 21, hour, 30, tzinfo=datetime.UTC)
    article = make_article("Story", published_at=time)
    for address in ("/", "/articles/", article.get_absolute_url()):
        text = read(client, address).text
        assert "21 March 2024" in text
        assert "20 March" not in text
        assert "22 March" not in text


def test_a_former_address_of_an_article_leads_to_the_present_one(client):
    article = make_article("First headline")
    article.slug = "second"
    article.save()
    response = client.get("/articles/first-headline/")
    assert (response.status_code, response.url) == (301, "/articles/second/")


@pytest.mark.parametrize("kind", SUBJECT_KINDS.values(), ids=SUBJECT_KINDS.keys())
def test_a_former_address_of_a_subject_leads_to_the_present_one(client, kind):
    subject = MAKERS[kind.name]("Old name")
    subject.slug = "new-name"
    subject.save()
    response = client.get(f"/{kind.plural}/old-name/")
    assert (response.status_code, response.url) == (301, f"/{kind.plural}/new-name/")


def test_a_subject_shows_who_it_is_and_its_articles(client):
    ada = make_person("Ada Moreau", description="Engineer.", aliases=["Lady Ada"], wikidata_id="Q7259")
    make_article("Story of Ada", about=[ada, make_topic("rain")])
    make_article("Another story")
    page = read(client, "/people/ada-moreau/")
    assert page.headlines() == ["Story of Ada"]
    for text in ("Engineer.", "Lady Ada", "1 article", "rain 1"):
        assert text in page.text
    assert page.links["Q7259"] == "https://www.wikidata.org/wiki/Q7259"
    assert page.links["All articles about Ada Moreau, with filters"] == "/articles/?people=ada-moreau"
    assert "/articles/?people=ada-moreau&year=2024" in page.addresses


def test_a_place_shows_what_it_is_part_of_and_its_parts(client):
    gaza = make_place("Gaza Strip", kind="territory", geonames_id=281132, latitude=31, longitude=34)
    rafah = make_place("Rafah", kind="city", parent=gaza)
    make_place("Empty village", parent=gaza)
    make_article("From Rafah", about=[rafah, make_person("Ada Moreau")])
    page = read(client, gaza.get_absolute_url())
    assert page.headlines() == ["From Rafah"]
    assert "Rafah 1" in page.text
    assert "Empty village" not in page.text
    assert "Territory" in page.text
    assert page.links["281132"] == "https://www.geonames.org/281132"
    assert read(client, rafah.get_absolute_url()).links["Gaza Strip"] == "/places/gaza-strip/"


def test_a_subject_does_not_appear_with_itself_or_what_it_is_part_of(client):
    gaza = make_place("Gaza Strip")
    rafah = make_place("Rafah", parent=gaza)
    make_article("From Rafah", about=[rafah, make_place("Cairo")])
    side = read(client, rafah.get_absolute_url()).text.split("Appears with")[-1]
    assert "Cairo 1" in side
    assert "Rafah" not in side
    assert "Gaza Strip" not in side


def test_a_topic_links_to_its_iptc_code(client):
    topic = make_topic("unrest", iptc_code="medtop:20000056")
    address = "http://cv.iptc.org/newscodes/mediatopic/20000056"
    assert read(client, topic.get_absolute_url()).links["medtop:20000056"] == address


def test_a_subject_counts_published_articles_and_accepted_links_only(client):
    ada = make_person("Ada Moreau")
    make_article("Draft", status="draft", about=[ada])
    link(make_article("Suggested"), ada, status="suggested")
    link(make_article("Rejected"), ada, status="rejected")
    page = read(client, ada.get_absolute_url())
    assert page.headlines() == []
    assert "0 articles" in page.text


@pytest.mark.parametrize("kind", SUBJECT_KINDS.values(), ids=SUBJECT_KINDS.keys())
def test_a_list_of_subjects_has_those_in_use_in_order(client, kind):
    subjects = [MAKERS[kind.name](name) for name in ("bravo", "Émile", "Alpha")]
    make_article("Story", about=subjects)
    MAKERS[kind.name]("Unused")
    text = read(client, f"/{kind.plural}/").text
    assert text.index("Alpha 1") < text.index("bravo 1") < text.index("Émile 1")
    assert "Unused" not in text
    assert "Unused 0" in read(client, f"/{kind.plural}/?all=1").text


def test_a_whole_is_in_use_if_a_part_of_it_is(client):
    make_article("From Rafah", about=[make_place("Rafah", parent=make_place("Gaza Strip"))])
    assert "Gaza Strip 1" in read(client, "/places/").text


def test_subjects_are_found_by_name_or_other_name_and_sorted_by_count(client):
    ada, bo = make_person("Ada Moreau", aliases=["Lady Ada"]), make_person("Bo Lund")
    make_article("One", about=[ada, bo])
    make_article("Two", about=[bo])
    text = read(client, "/people/?sort=count").text
    assert text.index("Bo Lund 2") < text.index("Ada Moreau 1")
    found = read(client, "/people/?q=lady").text
    assert "Ada Moreau" in found
    assert "Bo Lund" not in found


def test_a_list_of_subjects_has_pages(client):
    make_article("Story", about=[make_person(f"Person {number:03}") for number in range(70)])
    page = read(client, "/people/")
    assert "Person 059" in page.text
    assert "Person 060" not in page.text
    assert "Person 069" in read(client, page.link("Next")).text


def test_the_parts_of_a_place_can_be_listed(client):
    egypt = make_place("Egypt", kind="country", country_code="EG")
    cairo = make_place("Cairo", kind="city", country_code="EG", parent=egypt)
    make_article("Story", about=[cairo, make_place("Paris")])
    text = read(client, "/places/?part_of=egypt").text
    assert "City, Egypt" in text
    assert "Paris" not in text


@pytest.mark.parametrize(
    ("parameters", "status"),
    [("sort=size", 400), ("page=x", 400), ("page=9", 404), ("q=%00", 400), ("part_of=nowhere", 400)],
)
def test_a_bad_address_of_a_list_shows_a_message_and_nobody(client, parameters, status):
    make_article("Story", about=[make_place("Cairo")])
    page = read(client, f"/places/?{parameters}")
    assert page.status == status
    assert "Cairo" not in page.text
    assert "/places/" in page.addresses


def test_nothing_matching_and_nobody_here_are_told_apart(client):
    assert "Nothing here yet" in read(client, "/people/").text
    assert "Nothing matches" in read(client, "/people/?q=zebra").text


def test_a_missing_page_offers_a_way_back(client):
    page = read(client, "/articles/no-such-article/")
    assert page.status == 404
    assert "There is nothing at this address" in page.text
    assert "/articles/" in page.addresses


def test_a_fault_of_ours_is_shown_without_the_database(rf, django_db_blocker):
    from django.views.defaults import server_error

    with django_db_blocker.block():
        response = server_error(rf.get("/"))
    assert b"Something went wrong" in response.content


def test_html_in_names_and_texts_is_shown_as_text(client):
    subjects = [make("x" + EVIL, aliases=[EVIL], description=EVIL) for make in MAKERS.values()]
    article = make_article(
        EVIL, about=subjects, body=EVIL, summary=EVIL, byline=EVIL, source=make_source(EVIL), language="<b>"
    )
    lists = [reverse(f"articles:{kind.plural}") for kind in SUBJECT_KINDS.values()]
    own = [item.get_absolute_url() for item in (article, *subjects)]
    chosen = f"/articles/?people={subjects[0].slug}&not_topics={subjects[2].slug}"
    wrong = f"/articles/?people={EVIL}&name={EVIL}"
    for address in ("/", "/articles/", f"/articles/?q={EVIL}", chosen, wrong, "/articles/values/people/", *lists, *own):
        html = client.get(address).content.decode()
        assert "<script>" not in html, address
        assert "<b>" not in html, address


def test_only_reading_is_allowed(client):
    assert client.post("/articles/").status_code == 405
    assert client.head("/articles/").status_code == 200
