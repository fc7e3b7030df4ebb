"""Slugs: the last part of a page's address. They are unique, and an old one keeps leading to its page."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.names.folding import fold_name

from .tree import in_parts

SLUG_LENGTH = 100
# A slug made from a headline is cut at a word, and leaves room for an ending that makes it unique.
LONGEST_MADE = 70
# The filters use this word for "no person", "no place", and so on.
RESERVED_SLUG = "none"


def make_slug(text: str, fallback: str) -> str:
    """A slug for `text`; `fallback` where nothing of it can be written in a-z0-9 (Arabic, Chinese)."""
    slug = slugify(text)
    if len(slug) > LONGEST_MADE:
        slug = slug[: LONGEST_MADE + 1].rsplit("-", 1)[0][:LONGEST_MADE]
    slug = slug.strip("-")
    return slug if slug and slug != RESERVED_SLUG else fallback


def free_slug(slug: str, taken: Iterable[str]) -> str:
    """`slug`, or the first of slug-2, slug-3, … that is not among `taken`."""
    taken, candidate, number = set(taken), slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def taken_slugs(model: type[models.Model], slugs: Iterable[str]) -> set[str]:
    """Those of the slugs that rows of the model have, or had once: a former slug goes on leading to its page."""
    slugs, found = set(slugs), set()
    for each in (model, model.former_slugs.rel.related_model):
        for part in in_parts(slugs):
            found.update(each._default_manager.filter(slug__in=part).values_list("slug", flat=True))
    return found


def validate_slug_is_free(value: str) -> None:
    if value == RESERVED_SLUG:
        raise ValidationError(_("The slug “none” is reserved for the filters. Choose another one."))


class SluggedModel(models.Model):
    """Gives a missing slug on save, and remembers the old one when it changes."""

    slug = models.SlugField(_("slug"), max_length=SLUG_LENGTH, unique=True, validators=[validate_slug_is_free])

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        former = self._slug_in_database()
        super().save(*args, **kwargs)
        if former and former != self.slug:
            # The latest bearer keeps it, should another one have had it before.
            self.former_slugs.model.objects.update_or_create(slug=former, defaults={"target": self})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def _free_slug(self) -> str:
        model = type(self)
        slug = make_slug(str(self), fallback=model._meta.model_name)
        former = model.former_slugs.rel.related_model
        # A former slug goes on leading to its page.
        rows = [each._default_manager.filter(slug__startswith=slug) for each in (model, former)]
        return free_slug(slug, [taken for found in rows for taken in found.values_list("slug", flat=True)])

    def _slug_in_database(self) -> str | None:
        if not self.pk:
            return None
        return type(self)._default_manager.filter(pk=self.pk).values_list("slug", flat=True).first()


class FormerSlug(models.Model):
    """A slug that a page had once. Concrete tables add `target`."""

    slug = models.SlugField(_("former slug"), max_length=SLUG_LENGTH, unique=True)

    class Meta:
        abstract = True
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class SluggedQuerySet(models.QuerySet):
    def with_name_containing(self, text: str):
        """Those whose name contains `text`, accents and case apart."""
        return self.filter(folded_name__contains=fold_name(text))

    def names_containing(self, text: str) -> list[tuple[int, str]]:
        """(id, name) of each; see `with_name_containing`."""
        return list(self.with_name_containing(text).values_list("pk", "name"))

    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)
