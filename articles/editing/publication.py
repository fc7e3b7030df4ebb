"""The steps of an article: draft → to be reviewed → published → withdrawn, and who may make which.

They hold for everybody who edits by hand, wherever that is. Imports are free, and so is what is taken back.

Who may publish may make every step and work on every article. Who may not works on drafts of their own, which go to
review.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import Article, Change

from .edits import record_edits
from .permissions import may

Status = Article.Status
# What may follow on each status, the most likely first.
STEPS = {
    Status.DRAFT: (Status.REVIEW, Status.PUBLISHED),
    Status.REVIEW: (Status.PUBLISHED, Status.DRAFT),
    Status.PUBLISHED: (Status.WITHDRAWN, Status.DRAFT),
    Status.WITHDRAWN: (Status.PUBLISHED, Status.DRAFT),
}
LABELS = {
    Status.REVIEW: _("Send to review"),
    Status.PUBLISHED: _("Publish"),
    Status.WITHDRAWN: _("Withdraw"),
    Status.DRAFT: _("Back to draft"),
}
# What the history says of the steps that were made.
DONE = {
    Status.REVIEW: _("Sent to review: %(names)s"),
    Status.PUBLISHED: _("Published: %(names)s"),
    Status.WITHDRAWN: _("Withdrawn: %(names)s"),
    Status.DRAFT: _("Back to draft: %(names)s"),
}
UNPUBLISHED = {Status.DRAFT, Status.REVIEW}


def may_publish(user) -> bool:
    return may(user, "publish", Article)


def is_contributor(user) -> bool:
    """Whoever writes articles and may not publish them."""
    writes = may(user, "change", Article) or may(user, "add", Article)
    return writes and not may_publish(user)


def made_by(user) -> QuerySet[Article]:
    """The articles that this user made, by the history."""
    made = Change.objects.filter(
        occasion__user=user, table=Article._meta.db_table, action=Change.Action.INSERT
    )  # fmt: skip
    return Article.objects.filter(pk__in=made.values("object_id"))


def visible_articles(user) -> QuerySet[Article]:
    """What a user may see at the desk; whether they may look at all is for the model permissions."""
    return made_by(user) if is_contributor(user) else Article.objects.all()


def may_see(user, article: Article) -> bool:
    return not is_contributor(user) or made_by(user).filter(pk=article.pk).exists()


def may_work_on(user, article: Article) -> bool:
    """Whether this user's permissions to change and delete articles hold for this one."""
    if not is_contributor(user):
        return True
    stored = Article.objects.filter(pk=article.pk).values_list("status", flat=True).first()
    return stored == Status.DRAFT and may_see(user, article)


def may_step(user, article: Article, status: str) -> bool:
    """Whether the user may give a stored article this status."""
    if not may(user, "change", Article) or status not in STEPS[Status(article.status)]:
        return False
    return may_publish(user) or ({article.status, status} <= UNPUBLISHED and may_see(user, article))


def steps_for(user, article: Article) -> list[tuple[str, str]]:
    """(status, what the step is called) of each step that the user may make."""
    return [
        (status.value, LABELS[status]) for status in STEPS[Status(article.status)] if may_step(user, article, status)
    ]


def statuses_from(status: str) -> list[Status]:
    """What an article of this status may be given: the same, or what a step leads to."""
    return [Status(status), *STEPS[Status(status)]]


def check_step(before: str, after: str) -> None:
    """Raises ValidationError where no step leads from one to the other."""
    if after in statuses_from(before):
        return
    labels = {"before": Status(before).label, "after": Status(after).label}
    possible = ", ".join(str(status.label) for status in STEPS[Status(before)])
    message = _("No step leads from “%(before)s” to “%(after)s”, only to: %(possible)s.")
    raise ValidationError({"status": message % {**labels, "possible": possible}})


def take_step(articles: Iterable[Article], status: str, user) -> list[Article]:
    """Gives the articles this status where the user may; returns those."""
    changed = [article for article in articles if may_step(user, article, status)]
    for article in changed:
        article.status, article.updated_at = status, timezone.now()
        record_edits(article, ["status"])
    Article.objects.bulk_update(changed, ["status", "updated_at", "edited_fields"], batch_size=500)
    return changed


def what_was_done(articles: Sequence[Article], status: str) -> str:
    """The name of an occasion on which they took this step."""
    names, others = (f"“{articles[0]}”" if articles else ""), len(articles) - 1
    if others > 0:
        and_others = ngettext("%(first)s and %(count)d other", "%(first)s and %(count)d others", others)
        names = and_others % {"first": names, "count": others}
    return DONE[Status(status)] % {"names": names}


@dataclass(frozen=True)
class Step:
    """That an article got a status: when, and from whom, where that is known."""

    status: Status
    when: datetime
    who: str


MOST_STEPS = 100


def steps_of(article: Article) -> Iterator[Step]:
    """What the history knows, newest first."""
    changes = Change.objects.filter(table=Article._meta.db_table, object_id=article.pk, fields__has_key="status")
    for change in changes.select_related("occasion__user").order_by("-pk")[:MOST_STEPS]:
        status = change.fields["status"][1]
        if status in Status.values:
            occasion = change.occasion
            who = occasion and (occasion.user or occasion.what)
            yield Step(Status(status), change.made_at, str(who or ""))
