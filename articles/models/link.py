from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .person import Person
from .place import Place
from .topic import Topic


class LinkQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(status=Link.Status.ACCEPTED)

    def suggested(self):
        return self.filter(status=Link.Status.SUGGESTED)

    def public(self):
        """What the public pages may show: accepted links of published articles."""
        return self.accepted().filter(article__status=Article.Status.PUBLISHED)

    def open_to_machines(self):
        """Links that no person has decided on. An import or the name matcher may change only these."""
        return self.filter(decided_at=None).exclude(origin=Link.Origin.EDITOR).exclude(status=Link.Status.REJECTED)

    def get_by_natural_key(self, article_slug: str, subject_slug: str):
        return self.get(article__slug=article_slug, subject__slug=subject_slug)


class Link(models.Model):
    """That an article is about a subject: who says so, and whether it holds."""

    class Origin(models.TextChoices):
        EDITOR = "editor", _("Editor")
        SOURCE = "source", _("Source file")
        MATCH = "match", _("Name match")
        MODEL = "model", _("Language model")

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        SUGGESTED = "suggested", _("Suggested")
        REJECTED = "rejected", _("Rejected")

    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.EDITOR)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACCEPTED)
    confidence = models.FloatField(_("confidence"), default=1.0, help_text=_("From 0 to 1."))
    mentions = models.PositiveIntegerField(_("mentions"), default=0, help_text=_("How often the text names it."))
    # There are millions of links: each index that nothing needs slows an import down, and so does asking for each of
    # them whether its import exists, which is half of what PostgreSQL's checks take.
    batch = models.ForeignKey(
        "articles.ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
        db_constraint=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["article", "subject"],
                name="%(class)s_once",
                violation_error_message=_("The article is linked to this already."),
            ),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="%(class)s_confidence_in_range"),
            models.CheckConstraint(
                condition=Q(status__in=["accepted", "suggested", "rejected"]), name="%(class)s_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["editor", "source", "match", "model"]), name="%(class)s_origin_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "status"], name="%(class)s_by_subject"),
            models.Index(fields=["id"], condition=Q(status="suggested"), name="%(class)s_suggested"),
            models.Index(fields=["decided_by"], condition=~Q(decided_by=None), name="%(class)s_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.article} → {self.subject}"

    def natural_key(self) -> tuple[str, str]:
        return (self.article.slug, self.subject.slug)

    @property
    def is_decided(self) -> bool:
        """Whether a person has had the last word: no machine changes this link any more."""
        return bool(self.decided_at) or self.origin == self.Origin.EDITOR or self.status == self.Status.REJECTED

    def decide(self, user) -> None:
        """Mark the link as a person's decision; does not save."""
        self.decided_by, self.decided_at = user, timezone.now()


class PersonLink(Link):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="person_links", db_index=False)
    subject = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="links", verbose_name=_("person"), db_index=False
    )

    class Meta(Link.Meta):
        verbose_name = _("link to a person")
        verbose_name_plural = _("links to people")


class PlaceLink(Link):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="place_links", db_index=False)
    subject = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="links", verbose_name=_("place"), db_index=False
    )

    class Meta(Link.Meta):
        verbose_name = _("link to a place")
        verbose_name_plural = _("links to places")


class TopicLink(Link):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="topic_links", db_index=False)
    subject = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="links", verbose_name=_("topic"), db_index=False
    )

    class Meta(Link.Meta):
        verbose_name = _("link to a topic")
        verbose_name_plural = _("links to topics")
