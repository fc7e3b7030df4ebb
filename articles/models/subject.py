from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.database.folding import folded_column

from .named import NamedQuerySet
from .slugs import SluggedModel, SluggedQuerySet


class SubjectQuerySet(NamedQuerySet, SluggedQuerySet):
    def alphabetical(self):
        return self.order_by("name", "id")

    def in_use(self):
        """Those that a published article is about, directly."""
        links = self.model.links.rel.related_model
        return self.filter(Exists(links.objects.public().filter(subject=OuterRef("pk"))))

    def called(self, text: str):
        """Those whose name or one of whose other names contains `text`, accents and case apart."""
        aliases = self.model.aliases.rel.related_model
        by_alias = aliases.objects.with_name_containing(text).values("subject")
        return self.filter(Q(pk__in=self.model.objects.with_name_containing(text).values("pk")) | Q(pk__in=by_alias))

    def names_containing(self, text: str, most: int | None = None) -> list[tuple[int, str]]:
        """(id, name) for each name and other name that contains `text`, or for so many."""
        aliases = self.model.aliases.rel.related_model
        found = aliases.objects.with_name_containing(text).values_list("subject_id", "name")
        return (super().names_containing(text, most) + list(found[:most]))[:most]

    def names_with_words(self, words: str) -> list[tuple[int, str]]:
        """(id, folded name) for each name and other name with these words."""
        aliases = self.model.aliases.rel.related_model
        found = aliases.objects.with_words_in_name(words).order_by("pk").values_list("subject_id", "folded_name")
        return super().names_with_words(words) + list(found)

    def with_link_counts(self):
        """Adds `link_count`: accepted links, of articles in any status."""
        links = self.model.links.rel.related_model
        counts = (
            links.objects.accepted()
            .filter(subject=OuterRef("pk"))
            .order_by()
            .values("subject")
            .annotate(total=models.Count("pk"))
            .values("total")
        )
        return self.annotate(link_count=models.functions.Coalesce(models.Subquery(counts), 0))


class Subject(SluggedModel):
    """What an article can be about. Concrete: Person, Place, Topic (see kinds.py)."""

    name = models.CharField(_("name"), max_length=200, db_index=True)
    folded_name = folded_column("name")
    name_is_matched = models.BooleanField(
        _("look for the name in texts"),
        default=True,
        help_text=_("Off where the name is an everyday word: then only its other names are looked for."),
    )
    description = models.TextField(_("description"), blank=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, blank=True, help_text=_("For example Q1490."))

    batch = models.ForeignKey(
        "articles.ImportBatch", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = SubjectQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="%(class)s_has_name"),
            models.CheckConstraint(condition=~Q(slug__in=["", "none"]), name="%(class)s_slug_is_free"),
            models.UniqueConstraint(
                fields=["wikidata_id"], condition=~Q(wikidata_id=""), name="%(class)s_wikidata_id_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"articles:{self._meta.model_name}", args=[self.slug])

    @property
    def admin_label(self) -> str:
        """The name, and what tells namesakes apart."""
        return f"{self.name} — {self.description[:80]}" if self.description else self.name


class AliasQuerySet(NamedQuerySet):
    def get_by_natural_key(self, subject_slug: str, name: str):
        return self.get(subject__slug=subject_slug, name=name)


class Alias(models.Model):
    """Another name of a subject. Two subjects may share one (Georgia), so a name alone identifies nobody."""

    name = models.CharField(_("other name"), max_length=200, db_index=True)
    folded_name = folded_column("name")
    language = models.CharField(_("language"), max_length=35, blank=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="%(class)s_has_name"),
            models.UniqueConstraint(fields=["subject", "name"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.subject.slug, self.name)
