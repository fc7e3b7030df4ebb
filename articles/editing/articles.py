from collections.abc import Mapping

from articles.models import Article

from .edits import record_edits
from .name_tasks import ask_to_look_for_names
from .publication import check_step
from .rows import save_row, set_fields


def save_article(article: Article, values: Mapping[str, object], user) -> None:
    """Writes what a person changed in an article; imports leave it alone from then on. Raises ValidationError."""
    if article.pk and "status" in values:
        check_step(article.status, values["status"])
    changed = set_fields(article, values)
    record_edits(article, changed)
    if changed or article.pk is None:
        save_row(article, changed, user)
        ask_to_look_for_names(article, changed)
