from articles.editing.upload_words import words_of_counts


def test_words_go_by_the_number_before_them():
    for number, expected in ((1, {"1 candidate", "1 link"}), (2, {"2 candidates", "2 links"})):
        counts = words_of_counts({"candidates": number, "links": number}, is_rehearsal=False)
        assert {f"{written} {words}" for written, words, _action in counts} >= expected
