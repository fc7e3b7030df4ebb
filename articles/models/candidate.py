from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article


class Candidate(models.Model):
    """A person, place or topic that sources name and the archive does not know, waiting for an editor."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[("person", _("Person")), ("place", _("Place")), ("topic", _("Topic"))],
    )
    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(_("code"), max_length=60, blank=True, help_text=_("For example medtop:20000056."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    articles = models.ManyToManyField(Article, related_name="candidates", verbose_name=_("articles"))
    batch = models.ForeignKey(
        "articles.ImportBatch", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "name", "code"], name="candidate_once")]

    def __str__(self) -> str:
        return self.name
