"""The people, places and topics that sources name and the archive does not know."""

from collections.abc import Iterable, Mapping

from articles.models import SUBJECT_KINDS, ImportBatch
from articles.names.folding import fold_name
from articles.pipeline.annotate import count_mentions, matched_text
from articles.pipeline.records import AnnotatedRecord, LinkRecord, Tag

from .candidates import suggest_candidates
from .known_subjects import code_column


class NewSubjects:
    """Makes each unknown subject once in an import. `policy` is one of UNKNOWN_SUBJECTS.

    New names are not looked for in texts until an editor says so: a source's “Lead” or “Gold” would be found
    everywhere, and what an import finds must not depend on where an earlier one was interrupted.
    """

    def __init__(self, policy: str, batch: ImportBatch) -> None:
        self._policy, self._batch = policy, batch
        self._made: dict[tuple[str, str], int] = {}
        self.made = self.suggested = self.ignored = 0

    def links_for(self, annotated: AnnotatedRecord) -> list[LinkRecord]:
        """The record's links with those to new subjects, each subject once."""
        if not annotated.unknown_tags:
            return list(annotated.links)
        links = {(link.kind, link.subject_id): link for link in annotated.links}
        record = annotated.record
        text = matched_text(record.headline, record.headline_is_derived, record.body)
        counted = count_mentions(text, annotated.unknown_tags)
        for tag in annotated.unknown_tags:
            if self._policy == "create" and tag.name:
                subject = self._subject(tag)
                mentions = links[tag.kind, subject].mentions if (tag.kind, subject) in links else counted[tag]
                links[tag.kind, subject] = LinkRecord(tag.kind, subject, "source", "accepted", 1.0, mentions)
            elif self._policy != "suggest" or not tag.name:
                self.ignored += 1
        return list(links.values())

    def suggest(self, unknown_tags: Mapping[int, Iterable[Tag]]) -> None:
        """Note the unknown tags of each article as candidates, for editors."""
        if self._policy == "suggest":
            self.suggested += suggest_candidates(unknown_tags, self._batch)

    def _subject(self, tag: Tag) -> int:
        keys = [(tag.kind, tag.code)] if tag.code else [(tag.kind, fold_name(tag.name))]
        if keys[0] not in self._made:
            kind = SUBJECT_KINDS[tag.kind]
            column = code_column(kind, tag.code)
            identifier = {column[0]: column[1]} if column else {}
            subject = kind.model.objects.create(name=tag.name, name_is_matched=False, batch=self._batch, **identifier)
            self.made += 1
            self._made[keys[0]] = subject.pk
            self._made.setdefault((tag.kind, fold_name(tag.name)), subject.pk)
        return self._made[keys[0]]
