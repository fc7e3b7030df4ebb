"""The pages speak the reader's language; Arabic proves it: another direction, other numbers of the plural."""

import datetime
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from .factories import make_article, make_person

PO_FILE = Path(settings.BASE_DIR) / "newsroom/locale/ar/LC_MESSAGES/django.po"
SOURCES = ("articles", "newsroom")
GETTEXT_TOOLS = ("xgettext", "msguniq", "msgattrib", "msgmerge")
VALUE = re.compile(r"%\(\w+\)[sdif]|%[sdif%]|\{\w*\}")
# Of six forms of the plural, those for none, one and two say it without the number.
FORMS_WITHOUT_NUMBER = 3


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
        english = client.get("/articles/").headers["ETag"]
        assert english != client.get("/articles/", headers={"Accept-Language": "ar"}).headers["ETag"]

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

    def test_every_text_is_translated(self, catalogue):
        missing = [message.id for message in catalogue if message.id and not all(_strings(message))]
        assert missing == []

    def test_no_translation_is_a_guess_of_gettext(self, catalogue):
        assert [message.id for message in catalogue if message.id and message.fuzzy] == []

    def test_every_plural_has_all_its_forms(self, catalogue):
        plurals = [message for message in catalogue if message.pluralizable]
        assert [message.id for message in plurals if len(message.string) != catalogue.num_plurals] == []

    def test_no_translation_loses_or_adds_a_value(self, catalogue):
        faults = [(message.id, str(error)) for message in catalogue for error in message.check(catalogue)]
        faults += [(message.id, text) for message in catalogue if message.id for text in _with_other_values(message)]
        assert faults == []

    @pytest.mark.skipif(not all(map(shutil.which, GETTEXT_TOOLS)), reason="the tools of gettext are not installed")
    def test_every_text_of_the_code_is_in_the_catalogue(self, catalogue, tmp_path, monkeypatch, settings):
        for source in SOURCES:
            shutil.copytree(
                Path(settings.BASE_DIR) / source,
                tmp_path / source,
                ignore=shutil.ignore_patterns("static", "locale", "migrations", "__pycache__", "*.json", "*.csv"),
            )
        settings.LOCALE_PATHS = [tmp_path / "locale"]
        (tmp_path / "locale").mkdir()
        monkeypatch.chdir(tmp_path)
        call_command("makemessages", locale=["ar"], verbosity=0, no_location=True)
        with (tmp_path / "locale/ar/LC_MESSAGES/django.po").open("rb") as file:
            in_code = {(message.id, message.context) for message in read_po(file, locale="ar")}
        assert ("Publish", None) in in_code
        assert in_code - {(message.id, message.context) for message in catalogue} == set()

    def test_the_compiled_texts_are_those_of_the_source(self, catalogue):
        with translation.override("ar"):
            for message in catalogue:
                if message.id and not message.pluralizable and message.string and not message.context:
                    assert translation.gettext(message.id) == message.string


def _strings(message) -> tuple:
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def _with_other_values(message) -> list[str]:
    """The translations whose values are not those of the original."""
    if not message.pluralizable:
        return [message.string] if Counter(VALUE.findall(message.string)) != Counter(VALUE.findall(message.id)) else []
    expected = set(VALUE.findall(message.id[1]))
    faults = []
    for form, text in enumerate(message.string):
        values = set(VALUE.findall(text))
        left_out = len(expected - values)
        if values - expected or left_out > (1 if form < FORMS_WITHOUT_NUMBER else 0):
            faults.append(text)
    return faults
