from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Occasion(models.Model):
    """One thing that somebody did: a form that was saved, a merge, a command. Its changes belong together, and can be
    taken back together."""

    what = models.CharField(_("what"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    # What this one took back, if it is an undo.
    undoes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("history")
        ordering = ["-id"]
        indexes = [models.Index(fields=["made_at"], name="occasion_by_time")]

    def __str__(self) -> str:
        return self.what


class Change(models.Model):
    """What happened to one row. Written by database triggers only (see database/history_triggers.py).

    `fields` maps each column that changed to [before, after]; before is null in a row that was made, after in one
    that was removed.
    """

    class Action(models.TextChoices):
        INSERT = "insert", _("made")
        UPDATE = "update", _("changed")
        DELETE = "delete", _("removed")

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, null=True, blank=True, related_name="changes", verbose_name=_("occasion")
    )
    table = models.CharField(max_length=63)
    object_id = models.BigIntegerField()
    action = models.CharField(_("what"), max_length=6, choices=Action)
    fields = models.JSONField(_("changes"), default=dict)
    # To what a link, another name or a former address belongs, or belonged before it was removed. Without foreign
    # keys: it may be gone. `subject_id` is of a person, place, topic or source, as the table says.
    article_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    # Where a change gave the row to another one: to which it had belonged.
    former_subject_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["table", "object_id"], name="change_by_object"),
            # SQLite sees that a row is in such an index only where the condition says IS NOT NULL.
            *(
                models.Index(fields=[*columns, "id"], condition=Q(**{f"{columns[-1]}__isnull": False}), name=name)
                for name, columns in {
                    "change_by_article": ["article_id"],
                    "change_by_subject": ["table", "subject_id"],
                    "change_by_former_subject": ["table", "former_subject_id"],
                }.items()
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.object_id}"


class CurrentOccasion(models.Model):
    """The occasion of the transaction that is going on: read by the triggers, gone before the commit."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="+")
    # What an import makes needs no record: its rows name it, and it can be taken back as a whole.
    is_import = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.occasion)
