import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIGN_OF_LIFE = datetime.timedelta(minutes=2)


class SignsOfLife(models.Model):
    """Work in portions, which a process does that may be killed."""

    # Written with every portion, so that work whose process was killed can be told from work that goes on.
    active_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_alive(self) -> bool:
        return timezone.now() - self.active_at < SIGN_OF_LIFE


class BackgroundWork(SignsOfLife):
    """Work that goes on after the page that asked for it was answered, by another process, in portions.

    Each portion writes how far it is (`done` of `total`; 0 where the total is not known) and gives a sign of life;
    `is_stopping` asks for no more portions. `said` holds the last lines that the work said.
    """

    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    said = models.TextField(_("messages"), blank=True)
    is_stopping = models.BooleanField(_("to be stopped"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    asked_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        abstract = True
