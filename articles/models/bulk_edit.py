from django.db import models
from django.utils.translation import gettext_lazy as _

from .background_work import BackgroundWork


class BulkEdit(BackgroundWork):
    """One change to many articles: those that were chosen, or everything that a filter matched.

    `articles` is {"ids": [...]} or {"filter": "parameters of the list", "last": the newest id when it was asked for}.
    `values` says what is set: {"kind": "person", "subject": id}, {"status": "published"} or {"source": id or null}.
    `progress` has, besides, the id of the last article that was looked at, "after"; of an undo the id of the change
    that was taken back last, "undone_to", and the number of things that stay, "left".
    All its portions are one occasion of the history, which `occasion` names and which takes them back.
    """

    class What(models.TextChoices):
        ADD_SUBJECT = "add", _("Link a subject")
        REMOVE_SUBJECT = "remove", _("Remove a subject")
        STATUS = "status", _("Set the status")
        SOURCE = "source", _("Set the source")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    what = models.CharField(_("what"), max_length=10, choices=What)
    values = models.JSONField(_("values"), default=dict)
    articles = models.JSONField(_("articles"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    why = models.TextField(_("why"), blank=True)
    occasion = models.ForeignKey(
        "articles.Occasion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bulk_edits",
        verbose_name=_("occasion"),
    )

    class Meta:
        verbose_name = _("bulk edit")
        verbose_name_plural = _("bulk edits")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_what_display()
