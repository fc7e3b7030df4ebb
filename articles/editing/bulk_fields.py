"""Setting the status or the source of many articles. The next import leaves alone what was set, as after any edit."""

from collections.abc import Collection, Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Source
from articles.models.tree import in_parts

from .publication import STEPS
from .verdicts import BulkEditRefused, Verdict

HAS_IT = Verdict(_("is so already"), changes=False)


class SetStatus:
    """`values` are {"status": "published"}. For users who may publish: others work on their own articles only."""

    about = ""

    def __init__(self, values: Mapping) -> None:
        self._after = Article.Status(values["status"])
        self._verdicts = {before.value: self._verdict(before) for before in Article.Status}

    @property
    def aim(self) -> str:
        return gettext("Set to “%(status)s”") % {"status": self._after.label}

    def __str__(self) -> str:
        return self.aim

    def judge(self, ids: Collection[int]) -> dict[int, Verdict]:
        return {id: self._verdicts[status] for id, status in _column("status", ids)}

    def apply(self, judged: Mapping[int, Verdict], user) -> None:
        _set([id for id, verdict in judged.items() if verdict.changes], "status", self._after.value)

    def _verdict(self, before: Article.Status) -> Verdict:
        if before == self._after:
            return HAS_IT
        if self._after in STEPS[before]:
            return _from_to(before.label, self._after.label)
        no_step = gettext("“%(before)s”: no step leads from there to “%(after)s”")
        return Verdict(no_step % {"before": before.label, "after": self._after.label}, changes=False)


class SetSource:
    """`values` are {"source": id}, or None for no source."""

    about = ""

    def __init__(self, values: Mapping) -> None:
        self._id = values["source"]
        self._sources = dict(Source.objects.values_list("pk", "name"))
        if self._id is not None and self._id not in self._sources:
            raise BulkEditRefused(gettext("The source is not in the archive any more."))

    @property
    def aim(self) -> str:
        return gettext("Set the source to “%(source)s”") % {"source": self._name(self._id)}

    def __str__(self) -> str:
        return gettext("Source set to “%(source)s”") % {"source": self._name(self._id)}

    def judge(self, ids: Collection[int]) -> dict[int, Verdict]:
        return {id: self._verdict(source) for id, source in _column("source_id", ids)}

    def apply(self, judged: Mapping[int, Verdict], user) -> None:
        _set([id for id, verdict in judged.items() if verdict.changes], "source", self._id)

    def _verdict(self, before: int | None) -> Verdict:
        return HAS_IT if before == self._id else _from_to(self._name(before), self._name(self._id))

    def _name(self, id: int | None) -> str:
        return self._sources.get(id) or gettext("none")


def _from_to(before: str, after: str) -> Verdict:
    return Verdict(gettext("%(before)s → %(after)s") % {"before": before, "after": after}, changes=True)


def _column(name: str, ids: Collection[int]) -> Iterator[tuple[int, object]]:
    for part in in_parts(ids):
        yield from Article.objects.filter(pk__in=part).values_list("pk", name)


def _set(ids: Collection[int], name: str, value: object) -> None:
    """One statement for all articles in which people have edited the same fields before."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for id, edited in _column("edited_fields", ids):
        alike.setdefault(tuple(edited), []).append(id)
    for edited, group in alike.items():
        fields = {"edited_fields": sorted({*edited, name}), "updated_at": timezone.now()}
        Article.objects.filter(pk__in=group).update(**{name: value}, **fields)
