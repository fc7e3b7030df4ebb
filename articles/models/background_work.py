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

    `progress` is for the process that does the work, and for the one that goes on where that was killed:
    {"began_at": when it was last begun, in seconds since 1970, "began_with": what was done by then}, and what the
    kinds of work need besides. Until it is begun the task waits for its turn.
    """

    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    progress = models.JSONField(default=dict, blank=True, editable=False)
    said = models.TextField(_("messages"), blank=True)
    is_stopping = models.BooleanField(_("to be stopped"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    asked_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        abstract = True

    @property
    def has_begun(self) -> bool:
        return "began_at" in self.progress

    def start_clock(self) -> None:
        """The pace is that since the work was last begun, without what was done before; does not save."""
        self.progress |= {"began_at": timezone.now().timestamp(), "began_with": self.done}

    def stop_clock(self) -> None:
        """Does not save."""
        self.progress.pop("began_at", None)

    @property
    def pace(self) -> float:
        """What is done in a second; 0 while that is not known."""
        seconds = timezone.now().timestamp() - self.progress["began_at"] if self.has_begun else 0
        return (self.done - self.progress["began_with"]) / seconds if seconds > 0 else 0
