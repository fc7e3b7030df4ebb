from django.db import models
from django.utils.translation import gettext_lazy as _


class TextGroup(models.Model):
    """Articles that are versions of one text: copies under other ids, corrections, syndicated copies."""

    class Meta:
        verbose_name = _("versions of a text")
        verbose_name_plural = _("versions of texts")

    def __str__(self) -> str:
        return f"{self.pk}"
