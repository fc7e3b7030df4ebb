"""Making one person, place or topic of several: one stays, with all that the others had; the others lead to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from articles.history import occasion
from articles.models import ImportBatch, Occasion, Subject, SubjectKind

from .merged_links import move_links
from .merged_names import carry_addresses, carry_names, is_carried
from .merged_namesakes import carry_namesakes
from .merged_trees import move_parts, set_parent_outside
from .merged_values import chosen_values, lost_identifiers

MOST_AT_ONCE = 10


class MergeRefused(Exception):
    """They cannot be merged. The message is a sentence."""


@dataclass(frozen=True)
class Merged:
    """`moved` links went over to the survivor; `combined` were one too many for the same article."""

    survivor: Subject
    occasion: Occasion
    moved: int
    combined: int


def merge(
    kind: SubjectKind,
    survivor: int,
    others: Sequence[int],
    user=None,
    why: str = "",
    choices: Mapping[str, int] | None = None,
    names: Collection[str] | None = None,
) -> Merged:
    """The subjects with the ids `others` become a part of `survivor`.

    `choices` says for a field (see merged_values.py) whose value is kept, by id; `names` which of the others' names
    are carried on as other names of the survivor. Without them, the defaults of the preview hold.
    Raises MergeRefused.
    """
    with transaction.atomic():
        subjects = lock_subjects(kind, [survivor, *others])
        with occasion(_what(subjects), user, _reasons(kind, subjects, choices or {}, why)) as done:
            moved, combined = _merge(kind, subjects, choices or {}, names)
        if user is not None:
            _log(user, subjects)
    return Merged(kind.model.objects.get(pk=survivor), done, moved, combined)


def lock_subjects(kind: SubjectKind, ids: Sequence[int]) -> list[Subject]:
    """The subjects in this order, not to be changed by others before the end of the transaction."""
    if not 2 <= len(set(ids)) <= MOST_AT_ONCE or len(set(ids)) < len(ids):
        raise MergeRefused(_("Choose two to %(most)d different records to merge.") % {"most": MOST_AT_ONCE})
    if any(batch.is_running for batch in ImportBatch.objects.filter(status=ImportBatch.Status.RUNNING)):
        raise MergeRefused(_("An import is running and may link to any of these. Merge them when it has ended."))
    found = {subject.pk: subject for subject in kind.model.objects.select_for_update().filter(pk__in=ids)}
    if len(found) < len(ids):
        raise MergeRefused(_("One of these was merged or removed meanwhile. Look for it again."))
    return [found[id] for id in ids]


def _merge(
    kind: SubjectKind, subjects: list[Subject], choices: Mapping[str, int], names: Collection[str] | None
) -> tuple[int, int]:
    """The others are deleted before the survivor gets their identifiers, which may stand only once."""
    survivor, *others = subjects
    values = chosen_values(kind, subjects, choices)
    carried = [other.name for other in others if is_carried(other)] if names is None else names
    counts = move_links(kind, survivor, others)
    carry_names(kind, subjects, values["name"], carried)
    carry_addresses(kind, survivor, others)
    carry_namesakes(kind, survivor, others)
    if kind.is_tree:
        set_parent_outside(kind, subjects, values.pop("parent_id"))
        move_parts(kind, survivor, others)
    kind.model.objects.filter(pk__in=[other.pk for other in others]).delete()
    kind.model.objects.filter(pk=survivor.pk).update(**values)
    return counts


def _what(subjects: list[Subject]) -> str:
    survivor, *others = subjects
    names = ", ".join(f"“{other}”" for other in others)
    return _("Merged %(others)s into “%(survivor)s”") % {"others": names, "survivor": survivor}


def _reasons(kind: SubjectKind, subjects: list[Subject], choices: Mapping[str, int], why: str) -> str:
    """What the user gave, and the identifiers that are dropped: they stand nowhere else afterwards."""
    dropped = [
        _("%(field)s %(value)s of “%(name)s” was dropped: %(kept)s is kept.") % lost.in_words()
        for lost in lost_identifiers(kind, subjects, choices)
    ]
    return "\n".join([text for text in (why.strip(), *dropped) if text])


def _log(user, subjects: list[Subject]) -> None:
    """In the admin's own history, too: an undone import leaves alone what stands there."""
    survivor, *others = subjects
    LogEntry.objects.log_actions(user.pk, [survivor], CHANGE, _what(subjects))
    LogEntry.objects.log_actions(user.pk, others, DELETION, _what(subjects))
