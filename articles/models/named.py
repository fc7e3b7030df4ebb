import re

from django.db import models

from articles.names.folding import fold_name


class NamedQuerySet(models.QuerySet):
    """For what has a `name`, and a `folded_name` by which it is found."""

    def with_name_containing(self, text: str):
        """Those whose name contains `text`, accents and case apart."""
        return self.filter(folded_name__contains=fold_name(text))

    def with_words_in_name(self, words: str):
        """Those in whose name `words` stand as whole words, accents and case apart.

        For the database a word ends where a to z do: after other letters the caller looks again.
        """
        apart = "[^a-z0-9_]"
        folded = re.escape(fold_name(words))
        return self.with_name_containing(words).filter(folded_name__regex=rf"(^|{apart}){folded}({apart}|$)")

    def names_with_words(self, words: str) -> list[tuple[int, str]]:
        """(id, folded name) of each in their order of coming; see `with_words_in_name`."""
        return list(self.with_words_in_name(words).order_by("pk").values_list("pk", "folded_name"))

    def names_containing(self, text: str, most: int | None = None) -> list[tuple[int, str]]:
        """(id, name) of each, or of so many; see `with_name_containing`."""
        return list(self.with_name_containing(text).values_list("pk", "name")[:most])
