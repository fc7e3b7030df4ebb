from django.db import models
from django.utils.translation import gettext_lazy as _

from .background_work import SignsOfLife


class ImportBatch(SignsOfLife):
    """One run of an import: what it was given and what came of it. It outlives its undoing."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        INTERRUPTED = "interrupted", _("Interrupted")
        UNDONE = "undone", _("Undone")

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.RUNNING)
    kind = models.CharField(
        _("what"),
        max_length=10,
        default="articles",
        choices=[
            ("articles", _("Articles")),
            ("person", _("People")),
            ("place", _("Places")),
            ("topic", _("Topics")),
        ],
    )
    paths = models.JSONField(_("files"), default=list)
    format = models.CharField(_("format"), max_length=40, blank=True)
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    duplicates = models.PositiveIntegerField(_("copies of known texts"), default=0)
    subjects = models.PositiveIntegerField(_("subjects made"), default=0)
    links = models.PositiveIntegerField(_("links made"), default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.started_at:%Y-%m-%d %H:%M} · {', '.join(self.paths)[:80]}"

    @property
    def is_running(self) -> bool:
        return self.status == self.Status.RUNNING and self.is_alive


class ImportProblem(models.Model):
    """A record that could not be read: where it is, why, and the way out."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems", verbose_name=_("import"))
    file = models.CharField(_("file"), max_length=1000)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    advice = models.TextField(_("what to do"), blank=True)

    class Meta:
        verbose_name = _("import problem")
        verbose_name_plural = _("import problems")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class ImportedChange(models.Model):
    """What an import changed of a row that was there before: the ledger from which it can be undone.

    What it created needs no entry: those rows name their batch. `kind` is "article" or a kind of subject.
    `fields` maps each changed field to [before, after]. `links`, of articles, lists
    [kind, subject, before, after], where before and after are the values of the link, or null where there is none.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes", verbose_name=_("import"))
    kind = models.CharField(_("what"), max_length=10)
    object_id = models.PositiveBigIntegerField()
    fields = models.JSONField(default=dict)
    links = models.JSONField(default=list)
    is_undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("imported change")
        verbose_name_plural = _("imported changes")
        indexes = [models.Index(fields=["kind", "object_id"], name="imported_change_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
