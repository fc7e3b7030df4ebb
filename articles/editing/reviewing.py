"""The queue of links that machines have suggested: which come next, and how many there are."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Link, SubjectKind
from articles.models.link import LinkQuerySet

from .counting import CAP, CappedCount, count_up_to_cap
from .finding import subjects_called

# More subjects with such a name are not looked at.
MOST_CALLED = 500
ORDERS = {
    "newest": _("Newest suggestions first"),
    "confidence": _("Most confident first"),
    "subject": _("By what they are about"),
}
_COLUMNS = {"newest": ["-pk"], "confidence": ["-confidence", "-pk"], "subject": ["subject_id", "-pk"]}


@dataclass(frozen=True)
class ReviewQueue:
    """Suggestions of one kind of subject, narrowed and in an order.

    What no index answers is looked for among the newest CAP suggestions only, or among as many that are older than
    the link `older_than`: see `is_window`.
    """

    kind: SubjectKind
    subject: int | None = None
    name: str = ""
    article: int | None = None
    source: int | None = None
    confidence: float = 0.0
    order: str = "newest"
    older_than: int | None = None

    @property
    def is_window(self) -> bool:
        is_short = self.subject or self.article or self.name
        return not is_short and bool(self.source or self.confidence or self.order != "newest")

    def next_links(self, limit: int, after: int | None = None) -> list[Link]:
        """The first suggestions, or those that follow the link `after`, which may be decided by now."""
        links = self._links().order_by(*_COLUMNS[self.order])
        if after:
            last = self.kind.link.objects.filter(pk=after).first()
            links = links.filter(self._behind(last)) if last else links.none()
        return list(links[:limit])

    def count(self) -> CappedCount:
        return count_up_to_cap(self._links())

    def window_end(self) -> int | None:
        """The id of the oldest suggestion that is looked at; None if all are."""
        if not self.is_window:
            return None
        return self._waiting().order_by("-pk").values_list("pk", flat=True)[CAP - 1 : CAP].first()

    def links_to_decide(self) -> LinkQuerySet:
        """At most CAP of them: what is decided at once."""
        return self._links().order_by("-pk")[:CAP]

    def for_kind(self, kind: SubjectKind) -> "ReviewQueue":
        """The same of another kind, whoever it is about."""
        return replace(self, kind=kind, subject=None, name="", older_than=None)

    @cached_property
    def _called(self) -> list[int]:
        return subjects_called(self.kind.model, self.name, MOST_CALLED)

    def _waiting(self) -> LinkQuerySet:
        links = self.kind.link.objects.suggested()
        return links.filter(pk__lt=self.older_than) if self.older_than else links

    def _links(self) -> LinkQuerySet:
        links = self._waiting()
        if end := self.window_end():
            links = links.filter(pk__gte=end)
        if self.subject:
            links = links.filter(subject=self.subject)
        if self.name:
            links = links.filter(subject__in=self._called)
        if self.article:
            links = links.filter(article=self.article)
        if self.source:
            # Not a join: the planner would begin with all articles of the source.
            links = links.filter(Exists(Article.objects.filter(pk=OuterRef("article"), source=self.source)))
        return links.filter(confidence__gte=self.confidence) if self.confidence else links

    def _behind(self, last: Link) -> Q:
        older = Q(pk__lt=last.pk)
        if self.order == "confidence":
            return Q(confidence__lt=last.confidence) | Q(confidence=last.confidence) & older
        if self.order == "subject":
            return Q(subject__gt=last.subject_id) | Q(subject=last.subject_id) & older
        return older
