"""Versions of one text find each other, whatever was changed in them; other texts stay apart."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, TextGroup
from articles.pipeline.storing.group_versions import Clusters
from articles.pipeline.storing.similarity import BANDS, bands, shingles, similarity

from .factories import make_article
from .importing import failing_command, run_command

WORDS = [f"word{number}" for number in range(120)]
TEXT = " ".join(WORDS)


def changed(*places, text=TEXT) -> str:
    """The text with other words in these places."""
    words = text.split()
    for place in places:
        words[place] = f"other{place}"
    return " ".join(words)


def groups() -> list[list[str]]:
    """The headlines in each group."""
    return sorted(
        sorted(group.articles.values_list("headline", flat=True))
        for group in TextGroup.objects.prefetch_related("articles")
    )


class TestSimilarity:
    def test_it_is_the_share_of_common_triples(self):
        assert similarity(shingles(TEXT), shingles(TEXT)) == 1
        assert similarity(shingles(TEXT), shingles(changed(50))) == 115 / 121
        assert similarity(shingles(TEXT), shingles("quite another text " * 20)) == 0

    def test_case_and_marks_do_not_count(self):
        assert shingles(TEXT.upper().replace(" ", ", ")) == shingles(TEXT)

    def test_signs_without_spaces_are_words(self):
        assert len(shingles("東京都は水曜日に新しい計画を発表した。来年から始まる。")) > 10

    def test_a_short_text_is_like_nothing(self):
        assert shingles("Full text for subscribers only.") == set()

    @given(st.lists(st.sampled_from(WORDS), min_size=20, max_size=60), st.lists(st.sampled_from(WORDS), min_size=20))
    def test_it_lies_between_0_and_1_and_is_the_same_both_ways(self, first, second):
        first, second = shingles(" ".join(first)), shingles(" ".join(second))
        assert 0 <= similarity(first, second) == similarity(second, first) <= 1

    def test_texts_that_are_much_alike_share_a_band(self):
        for place in range(0, 120, 3):
            assert set(bands(shingles(TEXT))) & set(bands(shingles(changed(place))))

    def test_bands_are_the_same_in_every_process(self):
        code = "import sys; from articles.pipeline.storing.similarity import *; print(bands(shingles(sys.argv[1])))"
        command = [sys.executable, "-c", code, TEXT]
        environment = {**os.environ, "PYTHONHASHSEED": "7"}
        said = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True
        )
        assert said.stdout.strip() == str(bands(shingles(TEXT)))
        assert len(bands(shingles(TEXT))) == BANDS


def test_clusters_are_joined_by_their_members():
    clusters = Clusters()
    assert clusters.join(5, 3)
    assert clusters.join(9, 5)
    assert not clusters.join(9, 3)
    clusters.join(7, 8)
    assert clusters.members() == {3: [3, 5, 9], 7: [7, 8]}


@pytest.mark.django_db
class TestGrouping:
    def test_versions_are_grouped_and_other_texts_are_not(self):
        make_article("First", body=TEXT)
        make_article("Corrected", body=changed(3, 70))
        make_article("Shortened", body=" ".join(WORDS[:90]))
        make_article("Another", body=TEXT.replace("word", "sign"))
        said = run_command("group_versions")
        assert groups() == [["Corrected", "First", "Shortened"]]
        assert "4 articles read; 3 of them are versions of 1 texts; 3 changed their group." in said

    def test_a_version_of_a_version_belongs_to_the_group(self):
        places = range(0, 120, 15)
        texts = [changed(*(place + step for step in range(number))) for number, place in enumerate(places)]
        for number in range(1, len(texts)):
            texts[number] = changed(places[number], places[number] + 1, text=texts[number - 1] if number > 1 else TEXT)
        for number, text in enumerate([TEXT, *texts[1:]]):
            make_article(f"No. {number}", body=text)
        run_command("group_versions")
        assert len(groups()) == 1

    def test_doing_it_again_changes_nothing(self):
        for number in range(3):
            make_article(f"No. {number}", body=changed(number))
        run_command("group_versions")
        before = list(Article.objects.values_list("pk", "text_group"))
        assert "0 changed their group." in run_command("group_versions")
        assert list(Article.objects.values_list("pk", "text_group")) == before

    def test_groups_that_are_right_already_cost_nothing(self):
        def count_queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                run_command("group_versions")
            return len(asked)

        def make_pairs(first: int, last: int) -> None:
            for number in range(first, last):
                for copy in range(2):
                    make_article(f"No. {number} {copy}", body="Short.", fingerprint=f"{number:032}")

        make_pairs(0, 2)
        run_command("group_versions")
        few = count_queries()
        make_pairs(2, 20)
        run_command("group_versions")
        assert len(groups()) == 20
        assert count_queries() == few

    def test_a_text_that_was_rewritten_leaves_its_group(self):
        make_article("One", body=TEXT)
        make_article("Two", body=changed(1))
        run_command("group_versions")
        Article.objects.filter(headline="Two").update(body=TEXT.replace("word", "sign"))
        run_command("group_versions")
        assert groups() == []

    def test_equal_texts_stay_together_however_short(self):
        for number in range(2):
            make_article(f"No. {number}", body="Short.", fingerprint="f" * 32)
        run_command("group_versions")
        assert groups() == [["No. 0", "No. 1"]]

    def test_how_alike_is_for_the_user_to_say(self):
        make_article("One", body=TEXT)
        make_article("Two", body=changed(10, 30, 50, 70))
        run_command("group_versions", similarity=0.95)
        assert groups() == []
        run_command("group_versions", similarity=0.5)
        assert groups() == [["One", "Two"]]

    @pytest.mark.parametrize("similarity", [0.0, 1.1])
    def test_a_similarity_out_of_range_is_refused(self, similarity):
        _, error = failing_command("group_versions", similarity=similarity)
        assert error == "The similarity must lie between 0 and 1, for example 0.6."
