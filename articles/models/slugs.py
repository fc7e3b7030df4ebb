"""Slugs: the last part of a page's address. They are unique, and an old one keeps leading to its page."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .free_slugs import free_slugs

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


def validate_slug_is_free(value: str) -> None:
    if value == RESERVED_SLUG:
        raise ValidationError(_("The slug “none” is reserved for the filters. Choose another one."))


class SluggedModel(models.Model):
    """Gives a missing slug on save, and remembers the old one when it changes."""

    slug = models.SlugField(_("slug"), max_length=SLUG_LENGTH, unique=True, validators=[validate_slug_is_free])

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        former = self._slug_in_database()
        if self.slug:
            super().save(*args, **kwargs)
        else:
            self._save_with_made_slug(*args, **kwargs)
        if former and former != self.slug:
            # The latest bearer keeps it, should another one have had it before.
            self.former_slugs.model.objects.update_or_create(slug=former, defaults={"target": self})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def _save_with_made_slug(self, *args, **kwargs) -> None:
        """Another row may have taken the slug since it was free: then this one gets the next."""
        self.slug = made = self._free_slug()
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
        except IntegrityError:
            self.slug = self._free_slug()
            if self.slug == made:
                raise  # it was something else
            super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        model = type(self)
        return free_slugs(model, [make_slug(str(self), fallback=model._meta.model_name)])[0]

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
    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)
