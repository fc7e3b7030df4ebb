from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.database.folding import folded_column

from .named import NamedQuerySet
from .slugs import FormerSlug, SluggedModel, SluggedQuerySet


class SourceQuerySet(NamedQuerySet, SluggedQuerySet):
    pass


class Source(SluggedModel):
    """Who published an article first: a newspaper, an agency, a website."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    folded_name = folded_column("name")
    url = models.URLField(_("website"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)

    batch = models.ForeignKey(
        "articles.ImportBatch", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_has_name"),
            models.CheckConstraint(condition=~Q(slug__in=["", "none"]), name="source_slug_is_free"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceFormerSlug(FormerSlug):
    target = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="former_slugs")
