"""Languages of articles: which codes are taken, and what they are called."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from articles.filters import ArticleFilterSet
from articles.languages import is_language, language_name, validate_language
from articles.models import Article

from .factories import make_article
from .importing import run_command, write_json_lines
from .pages import read


@pytest.mark.parametrize("tag", ["en", "EN", "zh", "pt-BR", "zh-Hant-TW", "ckb", "es-419", "iw", "de-1996"])
def test_a_language_with_or_without_a_region_is_taken(tag):
    assert is_language(tag)
    validate_language(tag)


@pytest.mark.parametrize(
    "tag", ["", "xx", "english", "e", "en_US", "en-", "-en", "e\x01n", "<b>", "en US", "en\n", "ёж"]
)
def test_what_is_no_language_is_not(tag):
    assert not is_language(tag)
    with pytest.raises(ValidationError, match=r"is no language\. Give a code such as en, fr or pt-BR\."):
        validate_language(tag)


@pytest.mark.parametrize(
    ("tag", "english", "arabic"),
    [
        ("en", "English", "الإنجليزية"),
        ("en-US", "English (United States)", "الإنجليزية (الولايات المتحدة)"),
        ("zh", "Chinese", "الصينية"),
        ("zh-Hant-TW", "Chinese (Traditional, Taiwan)", "الصينية (التقليدية, تايوان)"),
        ("de-1996", "German (1996)", "الألمانية (1996)"),
        ("<b>", "<b>", "<b>"),
    ],
)
def test_each_has_a_name_of_its_own(tag, english, arabic):
    assert language_name(tag) == english
    with override("ar"):
        assert language_name(tag) == arabic


@pytest.mark.django_db
def test_variants_of_a_language_are_told_apart_beside_the_list(client):
    for tag in ("en", "en-US", "en-GB", "zh"):
        make_article(f"In {tag}", language=tag)
    page = read(client, "/articles/")
    assert read(client, page.link("English (United States)")).headlines() == ["In en-US"]
    assert read(client, page.link("Chinese")).headlines() == ["In zh"]


@pytest.mark.django_db
def test_asking_for_what_is_no_language_is_answered_by_a_sentence(client):
    make_article("Known", language="en")
    page = read(client, "/articles/?language=xx")
    assert (page.status, page.headlines()) == (400, [])
    assert "Nothing under “Language” is called “xx”." in page.text
    assert read(client, "/articles/?language=fr").status == 200


@pytest.mark.django_db
def test_what_is_no_language_is_found_where_an_article_has_it():
    make_article("Strange", language="xx")
    assert ArticleFilterSet({"language": ["xx"]}).article_query().facets["language"].values == ("xx",)


@pytest.mark.django_db
def test_an_import_leaves_out_what_is_no_language_and_says_so(tmp_path):
    records = [
        {"headline": "One", "language": "klingon"},
        {"headline": "Two", "language": "pt_BR"},
        {"headline": "Three"},
    ]
    output = run_command("import_articles", write_json_lines(tmp_path / "articles.jsonl", *records))
    languages = dict(Article.objects.values_list("headline", "language"))
    assert languages == {"One": "", "Two": "pt-BR", "Three": ""}
    assert "articles.jsonl:1: “klingon” is no language, such as en, fr or pt-BR" in output
    assert output.count("is no language") == 1
