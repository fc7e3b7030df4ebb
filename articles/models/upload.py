import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .background_work import BackgroundWork


def upload_path(upload: "Upload", name: str) -> str:
    """A name that nobody can guess or choose; what the user called the file is in `name`."""
    return f"imports/{uuid.uuid4().hex}"


class Upload(BackgroundWork):
    """A file that was given to the admin: rehearsed first, then imported, in the background.

    `options` are those of the import, `report` is the rehearsal record by record. `counts` says what came of it all:
    {"columns", "rehearsal"} of the rehearsal, {"result", "batches": ids of the imports} of the import, {"undo"}.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        REHEARSING = "rehearsing", _("Rehearsing")
        REHEARSED = "rehearsed", _("Rehearsed")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    file = models.FileField(_("file"), upload_to=upload_path)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    options = models.JSONField(_("options"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    report = models.FileField(_("report"), upload_to=upload_path, blank=True)
    counts = models.JSONField(_("rehearsal"), default=dict, blank=True)
    batch = models.ForeignKey(
        "articles.ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("import"),
    )

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
