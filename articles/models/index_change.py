from django.db import models


class IndexChange(models.Model):
    """The change queue: what the search index has yet to follow. Written by database triggers only.

    `kind` says what `object_id` is: an article, a place or topic whose parent changed, or everything.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        PLACE = "place"
        TOPIC = "topic"
        EVERYTHING = "everything"

    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
