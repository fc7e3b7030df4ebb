"""Linking many articles to a person, a place or a topic, or taking that link from them. Both are a person's decisions,
as on the page of an article."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.database.bulk import insert_instances
from articles.models import SUBJECT_KINDS, Link
from articles.models.tree import in_parts

from .subject_facts import details_of
from .verdicts import BulkEditRefused, Verdict

Status = Link.Status
NEW = Verdict(_("will be linked"), changes=True)
ACCEPTED = Verdict(_("suggested: will be accepted"), changes=True)
OVERRULED = Verdict(_("rejected: will be linked all the same"), changes=True)
LINKED = Verdict(_("linked already"), changes=False)
KEPT_REJECTED = Verdict(_("somebody has rejected this link"), changes=False)

DELETED = Verdict(_("the link will be removed"), changes=True)
REJECTED = Verdict(_("a machine linked it: the link will be rejected, else it would come again"), changes=True)
NOT_LINKED = Verdict(_("not linked"), changes=False)


class _ChangeOfLinks:
    """`values` are {"kind": "person", "subject": id}."""

    def __init__(self, values: Mapping) -> None:
        self.kind = SUBJECT_KINDS[values["kind"]]
        self.subject = self.kind.model.objects.filter(pk=values["subject"]).first()
        if self.subject is None:
            raise BulkEditRefused(gettext("What was to be linked or removed is not in the archive any more."))

    @property
    def about(self) -> str:
        """Namesakes look alike, and whoever wrote another name does not see whose it is."""
        return ", ".join(filter(None, [str(self.kind.model._meta.verbose_name), details_of(self.subject)]))

    def _links_of(self, ids: Collection[int]) -> QuerySet[Link]:
        return self.kind.link.objects.filter(subject=self.subject, article__in=ids)

    def _found(self, ids: Collection[int], *columns: str) -> dict[int, tuple]:
        """The columns of the links that are there, by article."""
        rows = (row for part in in_parts(ids) for row in self._links_of(part).values_list("article_id", *columns))
        return {article: tuple(values) for article, *values in rows}


class LinkSubject(_ChangeOfLinks):
    """Where a person has rejected the link it stays rejected, unless `values` has "overrule"."""

    def __init__(self, values: Mapping) -> None:
        super().__init__(values)
        self._verdicts = {
            None: NEW,
            Status.SUGGESTED: ACCEPTED,
            Status.ACCEPTED: LINKED,
            Status.REJECTED: OVERRULED if values.get("overrule") else KEPT_REJECTED,
        }

    @property
    def aim(self) -> str:
        return gettext("Link to “%(subject)s”") % {"subject": self.subject}

    def __str__(self) -> str:
        return gettext("Linked to “%(subject)s”") % {"subject": self.subject}

    def judge(self, ids: Collection[int]) -> dict[int, Verdict]:
        found = self._found(ids, "status")
        return {id: self._verdicts[found[id][0] if id in found else None] for id in ids}

    def apply(self, judged: Mapping[int, Verdict], user) -> None:
        decision = {"status": Status.ACCEPTED, "decided_by": user, "decided_at": timezone.now()}
        known = [id for id, verdict in judged.items() if verdict in (ACCEPTED, OVERRULED)]
        self._links_of(known).update(**decision)
        new = [id for id, verdict in judged.items() if verdict == NEW]
        model = self.kind.link
        links = [model(article_id=id, subject=self.subject, origin=Link.Origin.EDITOR, **decision) for id in new]
        if links:
            insert_instances(links, [field.name for field in model._meta.concrete_fields if not field.primary_key])


class UnlinkSubject(_ChangeOfLinks):
    """An editor's link is deleted. A machine would make its own again, so that one is rejected."""

    @property
    def aim(self) -> str:
        return gettext("Remove “%(subject)s”") % {"subject": self.subject}

    def __str__(self) -> str:
        return gettext("Removed “%(subject)s”") % {"subject": self.subject}

    def judge(self, ids: Collection[int]) -> dict[int, Verdict]:
        found = self._found(ids, "status", "origin")
        return {id: self._verdict(*found.get(id, (Status.REJECTED, ""))) for id in ids}

    def apply(self, judged: Mapping[int, Verdict], user) -> None:
        self._links_of([id for id, verdict in judged.items() if verdict == DELETED]).delete()
        decision = {"status": Status.REJECTED, "decided_by": user, "decided_at": timezone.now()}
        self._links_of([id for id, verdict in judged.items() if verdict == REJECTED]).update(**decision)

    def _verdict(self, status: str, origin: str) -> Verdict:
        if status == Status.REJECTED:
            return NOT_LINKED
        return DELETED if origin == Link.Origin.EDITOR else REJECTED
