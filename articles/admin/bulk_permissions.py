"""Who may change many articles at once: whoever may publish, since the work asks nobody article by article."""

from collections.abc import Mapping

from articles.editing.publication import may_publish
from articles.models import SUBJECT_KINDS, BulkEdit, SubjectKind

What = BulkEdit.What
# What it takes for links of a kind: an editor's link is deleted, a machine's is rejected.
NEEDED = {What.ADD_SUBJECT: ("add", "change"), What.REMOVE_SUBJECT: ("change", "delete")}


def may_edit_many(user) -> bool:
    return user.is_active and user.has_perm("articles.change_article") and may_publish(user)


def kinds_for(user, what: str) -> list[SubjectKind]:
    """The kinds of subject that the user may link to many articles, or remove from them."""
    return [kind for kind in SUBJECT_KINDS.values() if _may_change_links(user, kind, what)]


def may_ask(user, what: str) -> bool:
    """Whether there is anything that the user may do of what the word says."""
    return what in What.values and may_edit_many(user) and (what not in NEEDED or bool(kinds_for(user, what)))


def may_do(user, what: str, values: Mapping) -> bool:
    if not may_edit_many(user):
        return False
    return what not in NEEDED or _may_change_links(user, SUBJECT_KINDS[values["kind"]], what)


def _may_change_links(user, kind: SubjectKind, what: str) -> bool:
    return all(user.has_perm(f"articles.{action}_{kind.link._meta.model_name}") for action in NEEDED[what])
