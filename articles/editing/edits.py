"""What people edited in an article stays as it is when the article is imported again."""

from collections.abc import Iterable

from articles.models import Article

# Whether the headline is derived is a claim about the headline: who decides on one decides on both.
HEADLINE = {"headline", "headline_is_derived"}


def record_edits(article: Article, changed: Iterable[str]) -> None:
    """Adds the changed fields to `edited_fields`; does not save. A headline that a person wrote is not derived."""
    own_fields = {field.name for field in article._meta.concrete_fields}
    edited = set(changed) & own_fields
    if "headline" in edited:
        article.headline_is_derived = False
    if edited & HEADLINE:
        edited |= HEADLINE
    article.edited_fields = sorted(edited | set(article.edited_fields))
