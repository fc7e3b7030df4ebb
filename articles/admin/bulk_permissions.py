"""Who may change many articles at once: whoever may publish, since the work asks nobody article by article."""

from collections.abc import Mapping

from articles.editing.permissions import may
from articles.editing.publication import may_publish
from articles.models import SUBJECT_KINDS, Article, BulkEdit, SubjectKind

What = BulkEdit.What
# What it takes for links of a kind: an editor's link is deleted, a machine's is rejected.
NEEDED = {What.ADD_SUBJECT: ("add", "change"), What.REMOVE_SUBJECT: ("change", "delete")}


def may_edit_many(user) -> bool:
    return user.is_active and may(user, "change", Article) and may_publish(user)


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
    return all(may(user, action, kind.link) for action in NEEDED[what])
