from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Namesakes(models.Model):
    """That two people, places or topics are not the same, whatever they have in common: a person looked, and said so.

    `kind` is a word of SUBJECT_KINDS; `first_id` is the lower of the two ids.
    """

    kind = models.CharField(max_length=10)
    first_id = models.PositiveBigIntegerField()
    second_id = models.PositiveBigIntegerField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("namesakes")
        verbose_name_plural = _("namesakes")
        constraints = [
            models.UniqueConstraint(fields=["kind", "first_id", "second_id"], name="namesakes_once"),
            models.CheckConstraint(condition=Q(first_id__lt=F("second_id")), name="namesakes_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} ≠ {self.second_id}"
