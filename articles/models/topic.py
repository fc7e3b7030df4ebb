from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .slugs import FormerSlug
from .subject import Alias, Subject
from .tree import TreeModel, tree_constraints


class Topic(TreeModel, Subject):
    iptc_code = models.CharField(
        _("IPTC Media Topic"), max_length=40, blank=True, help_text=_("For example medtop:20000056.")
    )

    class Meta(Subject.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            *Subject.Meta.constraints,
            *tree_constraints("topic"),
            models.UniqueConstraint(fields=["iptc_code"], condition=~Q(iptc_code=""), name="topic_iptc_code_once"),
        ]


class TopicAlias(Alias):
    subject = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("topic"))

    class Meta(Alias.Meta):
        pass


class TopicFormerSlug(FormerSlug):
    target = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_slugs")
