"""Writing a person, place or topic with its other names."""

from django.shortcuts import get_object_or_404

from articles.editing.aliases import AliasChanges, compare_aliases
from articles.editing.permissions import may, require
from articles.editing.rows import save_row, set_fields
from articles.models import Subject, SubjectKind

from .serializers.subject_writing import SUBJECT_WRITING
from .writing import checked, written_by


def make_subject(request, kind: SubjectKind) -> Subject:
    """Raises what `_write` raises."""
    with written_by(request):
        return _write(request, kind, kind.model())


def change_subject(request, kind: SubjectKind, slug: str) -> Subject:
    """Two who change it at once do so one after the other. Raises Http404, and what `_write` raises."""
    with written_by(request):
        return _write(request, kind, get_object_or_404(kind.model.objects.select_for_update(), slug=slug))


def _write(request, kind: SubjectKind, subject: Subject) -> Subject:
    """Raises ValidationError, and PermissionDenied where the user may not do all this in the admin."""
    values = checked(SUBJECT_WRITING[kind.name], request, subject if subject.pk else None)
    aliases = values.pop("aliases", None)
    changes = AliasChanges() if aliases is None else compare_aliases(subject, aliases)
    _check_permissions(request.user, kind, changes)
    changed = set_fields(subject, values)
    if changed or changes.permissions or subject.pk is None:
        save_row(subject, [*changed, *(["aliases"] if changes.permissions else [])], request.user)
    changes.save()
    return subject


def _check_permissions(user, kind: SubjectKind, changes: AliasChanges) -> None:
    require(all(may(user, action, kind.alias) for action in changes.permissions))
