import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def upload_path(upload: "Upload", name: str) -> str:
    """A name that nobody can guess or choose; what the user called the file is in `name`."""
    return f"imports/{uuid.uuid4().hex}"


class Upload(models.Model):
    """A file that was given to the admin: rehearsed first, then imported, in the background.

    `options` are those of the import; `said` holds the last lines that it said, `done` and `total` how far it is.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        REHEARSING = "rehearsing", _("Rehearsing")
        REHEARSED = "rehearsed", _("Rehearsed")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Failed")

    file = models.FileField(_("file"), upload_to=upload_path)
    name = models.CharField(_("name"), max_length=255)
    options = models.JSONField(_("options"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    report = models.FileField(_("report"), upload_to=upload_path, blank=True)
    said = models.TextField(_("messages"), blank=True)
    done = models.PositiveIntegerField(_("records"), default=0)
    batch = models.ForeignKey(
        "articles.ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("import"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
