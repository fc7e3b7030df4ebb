"""The pages speak the reader's language; Arabic proves it: another direction, other numbers of the plural."""

import datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from .factories import make_article, make_person

PO_FILE = Path(settings.BASE_DIR) / "newsroom/locale/ar/LC_MESSAGES/django.po"
PUBLIC = (
    "articles/views/",
    "articles/templates/articles/",
    "articles/search/",
    "articles/models/",
    "articles/filters.py",
)


@pytest.fixture
def arabic(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ar"
    return client


def html(client, address) -> str:
    return client.get(address).content.decode()


@pytest.mark.django_db
class TestPages:
    def test_a_page_is_in_the_language_that_the_browser_asks_for(self, arabic):
        make_article("Flood in the harbour")
        page = html(arabic, "/articles/")
        assert '<html lang="ar" dir="rtl">' in page
        assert "الموضوعات" in page
        assert "Flood in the harbour" in page
        assert arabic.get("/articles/").headers["Content-Language"] == "ar"

    def test_it_says_so_to_those_who_keep_pages(self, client):
        assert "Accept-Language" in client.get("/articles/").headers["Vary"]
        english = client.get("/articles/").headers.get("ETag")
        assert english != client.get("/articles/", headers={"Accept-Language": "ar"}).headers.get("ETag") or not english

    @pytest.mark.parametrize(("number", "words"), [(1, "مقالة"), (2, "مقالتان"), (3, "3 مقالات"), (11, "11 مقالة")])
    def test_each_number_has_its_plural(self, arabic, number, words):
        for count in range(number):
            make_article(f"No. {count}")
        assert words in html(arabic, "/articles/")

    def test_dates_are_written_in_the_language(self, arabic):
        make_article("Flood", published_on=datetime.date(2024, 3, 21))
        assert "21 مارس 2024" in html(arabic, "/articles/")

    def test_names_keep_their_own_direction(self, arabic):
        make_person("Ada Moreau")
        make_article("Flood", about=[make_person("Bo Li")])
        assert 'dir="auto"' in html(arabic, "/people/bo-li/")

    def test_the_language_can_be_chosen_and_is_kept(self, client):
        assert '<button class="link-button" type="submit" name="language" value="ar"' in html(
            client, "/articles/?q=flood"
        )
        response = client.post("/language/", {"language": "ar", "next": "/articles/?q=flood"})
        assert response.headers["Location"] == "/articles/?q=flood"
        assert 'lang="ar"' in html(client, "/articles/?q=flood")

    def test_choosing_a_language_leads_to_no_other_site(self, client):
        response = client.post("/language/", {"language": "ar", "next": "https://elsewhere.example/"})
        assert response.headers["Location"] == "/"


class TestTranslation:
    @pytest.fixture(scope="class")
    def catalogue(self):
        with PO_FILE.open("rb") as file:
            return read_po(file, locale="ar")

    def test_every_text_of_the_public_pages_is_translated(self, catalogue):
        missing = [
            message.id for message in catalogue if message.id and _is_public(message) and not all(_strings(message))
        ]
        assert missing == []

    def test_no_translation_loses_or_adds_a_value(self, catalogue):
        faults = [(message.id, str(error)) for message in catalogue for error in message.check(catalogue)]
        assert faults == []

    def test_the_compiled_texts_are_those_of_the_source(self, catalogue):
        with translation.override("ar"):
            for message in catalogue:
                if message.id and not message.pluralizable and message.string and not message.context:
                    assert translation.gettext(message.id) == message.string


def _is_public(message) -> bool:
    return any(place.startswith(PUBLIC) for place, _line in message.locations)


def _strings(message) -> tuple:
    return message.string if isinstance(message.string, tuple | list) else (message.string,)
