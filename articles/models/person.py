from django.db import models
from django.utils.translation import gettext_lazy as _

from .slugs import FormerSlug
from .subject import Alias, Subject


class Person(Subject):
    class Meta(Subject.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")


class PersonAlias(Alias):
    subject = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("person"))

    class Meta(Alias.Meta):
        pass


class PersonFormerSlug(FormerSlug):
    target = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_slugs")
