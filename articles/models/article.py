from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.languages import validate_language

from .slugs import FormerSlug, SluggedModel, SluggedQuerySet

# News on paper begins in 1605; a date before 1400 or after 2199 is a slip of the pen.
FIRST_DATE, LAST_DATE = "1400-01-01", "2199-12-31"


class ArticleQuerySet(SluggedQuerySet):
    def published(self):
        return self.filter(status=Article.Status.PUBLISHED)

    def newest_first(self):
        return self.order_by(models.F("published_on").desc(nulls_last=True), "-id")

    def undated(self):
        return self.filter(published_on=None)

    def with_derived_headline(self):
        return self.filter(headline_is_derived=True)

    def in_several_versions(self):
        return self.filter(text_group__isnull=False)

    def for_list(self):
        """What a line in a list needs, without the body."""
        return self.select_related("source").defer("body")

    def in_order(self, ids: Iterable[int]) -> list["Article"]:
        """The articles with these ids, in the order of the ids; missing ones are left out."""
        ids = list(ids)
        found = self.in_bulk(ids)
        return [found[id] for id in ids if id in found]


class Article(SluggedModel):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("To be reviewed")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    headline = models.CharField(_("headline"), max_length=300)
    headline_is_derived = models.BooleanField(
        _("headline was made from the text"),
        default=False,
        help_text=_("The article came without a headline: this one is its first sentence, until a person writes one."),
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("The lead: one or two sentences for lists."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown: blank lines between paragraphs, ## heading."))
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    published_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("The day printed on it, where it was published.")
    )
    published_at = models.DateTimeField(_("exact time"), null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        validators=[validate_language],
        help_text=_("A code such as en, fr or pt-BR."),
    )
    source = models.ForeignKey(
        "articles.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
    )
    url = models.URLField(_("original address"), max_length=1000, blank=True)
    external_id = models.CharField(_("id at the source"), max_length=300, blank=True)
    version = models.PositiveIntegerField(
        _("version"), null=True, blank=True, help_text=_("Counts the corrections by the source, where it says so.")
    )
    rights = models.TextField(_("rights"), blank=True, help_text=_("Who holds the rights, and on what terms."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PUBLISHED)

    batch = models.ForeignKey(
        "articles.ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        editable=False,
    )
    text_group = models.ForeignKey(
        "articles.TextGroup",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("versions of the same text"),
        editable=False,
    )
    # Indexed below: with `unique` or `db_index` PostgreSQL would keep a second index of each for LIKE.
    import_key = models.CharField(max_length=40, null=True, editable=False)  # noqa: DJ001 - NULL may stand twice
    import_digest = models.CharField(max_length=32, blank=True, editable=False)
    fingerprint = models.CharField(max_length=32, blank=True, editable=False)
    edited_fields = models.JSONField(default=list, blank=True, editable=False)
    # Defaults rather than auto_now: loaddata would leave those empty where a fixture does not give them.
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)

    people = models.ManyToManyField("articles.Person", through="articles.PersonLink", related_name="articles")
    places = models.ManyToManyField("articles.Place", through="articles.PlaceLink", related_name="articles")
    topics = models.ManyToManyField("articles.Topic", through="articles.TopicLink", related_name="articles")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("publish_article", _("Can publish and withdraw articles"))]
        indexes = [
            models.Index(fields=["published_on", "id"], name="article_by_date"),
            models.Index(fields=["status", "id"], name="article_by_status"),
            models.Index(fields=["language", "id"], name="article_by_language"),
            models.Index(fields=["fingerprint"], name="article_by_fingerprint"),
            models.Index(fields=["id"], condition=Q(headline_is_derived=True), name="article_derived_headline"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["import_key"], name="article_import_key_once"),
            models.CheckConstraint(condition=~Q(headline=""), name="article_has_headline"),
            models.CheckConstraint(condition=~Q(slug__in=["", "none"]), name="article_slug_is_free"),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(published_on__range=(FIRST_DATE, LAST_DATE)),
                name="article_date_in_range",
                violation_error_message=_("The date must lie between the years 1400 and 2199."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review", "published", "withdrawn"]), name="article_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args, **kwargs) -> None:
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    @property
    def lead(self) -> str:
        """The summary, unless it tells the headline again: one made from the text, too, is the first sentence."""
        if self.headline_is_derived and self.summary.startswith(self.headline.rstrip(".…")):
            return ""
        return self.summary if self.summary != self.headline else ""

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED


class ArticleFormerSlug(FormerSlug):
    target = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")
