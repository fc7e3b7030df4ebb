"""Names that sources use and the archive does not know: made into new people, places and topics, taken for another
name of one that is known, or rejected for good.

Later imports do the rest by themselves: they find the subject by its name, its other name or its code, and leave a
rejected candidate rejected.
"""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.history import occasion
from articles.models import SUBJECT_KINDS, Candidate, Link, Occasion, Subject, SubjectKind
from articles.models.tree import in_parts
from articles.names.folding import fold_name
from articles.pipeline.storing.known_subjects import code_column

from .candidate_matches import known_subjects
from .decisions import AlreadyDecided

Status = Candidate.Status
# Names of people and places are matched in their own case; a topic's may be an everyday word.
MATCHED_BY_NAME = {"person": True, "place": True, "topic": False}


def kind_of(candidate: Candidate) -> SubjectKind:
    return SUBJECT_KINDS[candidate.kind]


def new_subject(candidate: Candidate) -> Subject:
    """What a candidate would become; not saved."""
    is_matched = MATCHED_BY_NAME[candidate.kind]
    return kind_of(candidate).model(name=candidate.name, name_is_matched=is_matched, **_identifiers(candidate))


def accept(candidate: Candidate, subject: Subject, user) -> Occasion:
    """Saves the new subject and links the candidate's articles to it. Raises AlreadyDecided, ValidationError."""
    subject.full_clean(exclude=["slug"])  # the code may be another one's
    with occasion(_("Accepted: %(name)s, new in the archive") % {"name": subject.name}, user) as done:
        _decide(candidate, Status.ACCEPTED)
        subject.save()
        _keep_name(candidate, subject)
        _link_articles(candidate, subject, user)
    return done


def accept_many(candidates: Collection[Candidate], user) -> list[Candidate]:
    """Makes each a new subject, on one occasion, except for those whose name or code the archive has already: these
    are returned, to be looked at one by one."""
    left = []
    with occasion(_what(Status.ACCEPTED, candidates), user):
        for candidate in candidates:
            # One by one: two of the candidates may bear the same name.
            if known_subjects([candidate])[candidate]:
                left.append(candidate)
            else:
                accept(candidate, new_subject(candidate), user)
    return left


def merge(candidate: Candidate, subject: Subject, user) -> Occasion:
    """Makes the candidate another name of a known subject, and links its articles to it. Raises AlreadyDecided."""
    names = {"name": candidate.name, "subject": subject.name}
    with occasion(_("Accepted: %(name)s is %(subject)s") % names, user) as done:
        _decide(candidate, Status.ACCEPTED)
        _complete(subject, candidate)
        _keep_name(candidate, subject)
        _link_articles(candidate, subject, user)
    return done


def reject(candidates: Collection[Candidate], user) -> Occasion:
    return _set_status(candidates, Status.REJECTED, user)


def reopen(candidates: Collection[Candidate], user) -> Occasion:
    """Rejected ones wait again."""
    return _set_status(candidates, Status.OPEN, user)


def _set_status(candidates: Collection[Candidate], status: str, user) -> Occasion:
    with occasion(_what(status, candidates), user) as done:
        for candidate in candidates:
            _decide(candidate, status)
    return done


def _what(status: str, candidates: Collection[Candidate]) -> str:
    """What is done, as it stands in the history."""
    count = len(candidates)
    many = ngettext("%(count)d candidate", "%(count)d candidates", count) % {"count": count}
    what = next(iter(candidates)).name if count == 1 else many
    return _("%(status)s: %(what)s") % {"status": Status(status).label, "what": what}


def _decide(candidate: Candidate, status: str) -> None:
    current = Candidate.objects.select_for_update().filter(pk=candidate.pk).first()
    expected = Status.REJECTED if status == Status.OPEN else Status.OPEN
    if current is None or current.status != expected:
        label = current.get_status_display() if current else _("Removed")
        raise AlreadyDecided(_("%(status)s meanwhile: %(name)s.") % {"status": label, "name": candidate.name})
    candidate.status = status
    candidate.save(update_fields=["status"])


def _identifiers(candidate: Candidate) -> dict[str, object]:
    column = code_column(kind_of(candidate), candidate.code)
    scheme, _colon, value = candidate.code.partition(":")
    if candidate.kind == "place" and scheme == "iso3166":
        return {"country_code": value, "kind": "country"}
    return dict([column]) if column else {}


def _complete(subject: Subject, candidate: Candidate) -> None:
    """The code tells later imports for sure who is meant, where the subject has none and nobody else has this one."""
    column = code_column(kind_of(candidate), candidate.code)
    if column is None or getattr(subject, column[0]):
        return
    name, value = column
    if not type(subject).objects.filter(**{name: value}).exists():
        setattr(subject, name, value)
        subject.save(update_fields=[name])


def _keep_name(candidate: Candidate, subject: Subject) -> None:
    """Later imports find the subject by the name that the source uses."""
    names = [subject.name, *subject.aliases.values_list("name", flat=True)]
    if fold_name(candidate.name) not in map(fold_name, names):
        subject.aliases.create(name=candidate.name)


def _link_articles(candidate: Candidate, subject: Subject, user) -> None:
    """As the user's decision. What somebody rejected stays rejected."""
    links, now = kind_of(candidate).link.objects, timezone.now()
    decision = {"status": Link.Status.ACCEPTED, "decided_by": user, "decided_at": now}
    pairs = candidate.articles.through.objects.filter(candidate=candidate)
    for ids in in_parts(pairs.values_list("article", flat=True)):
        there = dict(links.filter(subject=subject, article__in=ids).values_list("article", "status"))
        links.suggested().filter(subject=subject, article__in=ids).update(**decision)
        made = [
            links.model(article_id=id, subject=subject, origin=Link.Origin.SOURCE, **decision)
            for id in ids
            if id not in there
        ]
        links.bulk_create(made, batch_size=1_000)
