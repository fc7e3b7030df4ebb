from django.db import models

from articles.names.folding import fold_name


class NamedQuerySet(models.QuerySet):
    """For what has a `name`, and a `folded_name` by which it is found."""

    def with_name_containing(self, text: str):
        """Those whose name contains `text`, accents and case apart."""
        return self.filter(folded_name__contains=fold_name(text))

    def names_containing(self, text: str) -> list[tuple[int, str]]:
        """(id, name) of each; see `with_name_containing`."""
        return list(self.with_name_containing(text).values_list("pk", "name"))
