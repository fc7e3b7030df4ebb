from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .slugs import FormerSlug
from .subject import Alias, Subject
from .tree import TreeModel, tree_constraints


class Place(TreeModel, Subject):
    class Kind(models.TextChoices):
        CONTINENT = "continent", _("Continent")
        COUNTRY = "country", _("Country")
        FORMER_COUNTRY = "former_country", _("Former country")
        TERRITORY = "territory", _("Territory")
        REGION = "region", _("Region")
        CITY = "city", _("City")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    country_code = models.CharField(
        _("country code"), max_length=2, blank=True, help_text=_("Two letters (ISO 3166-1), for example EG.")
    )
    geonames_id = models.PositiveBigIntegerField(_("GeoNames id"), null=True, blank=True, unique=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)

    class Meta(Subject.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            *Subject.Meta.constraints,
            *tree_constraints("place"),
            models.CheckConstraint(
                condition=Q(latitude=None) | Q(latitude__range=(-90, 90)),
                name="place_latitude_in_range",
                violation_error_message=_("The latitude must lie between −90 and 90 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(longitude=None) | Q(longitude__range=(-180, 180)),
                name="place_longitude_in_range",
                violation_error_message=_("The longitude must lie between −180 and 180 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_has_both_coordinates_or_none",
                violation_error_message=_("Give both the latitude and the longitude, or neither."),
            ),
        ]

    @property
    def admin_label(self) -> str:
        details = [str(self.get_kind_display()), self.country_code]
        return f"{self.name} — {', '.join(detail for detail in details if detail)}"


class PlaceAlias(Alias):
    subject = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("place"))

    class Meta(Alias.Meta):
        pass


class PlaceFormerSlug(FormerSlug):
    target = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="former_slugs")
