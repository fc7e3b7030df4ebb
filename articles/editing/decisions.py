"""What a person does to links is a decision: no machine may undo it."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from articles.models import SUBJECT_KINDS, Article, Link, Subject


def add_link(article: Article, subject: Subject, status: str, user) -> Link:
    """Links the two, as the user's decision; where a link is there already, decides on it."""
    links = SUBJECT_KINDS[subject._meta.model_name].link.objects
    link = links.filter(article=article, subject=subject).first()
    if link is None:
        link = links.model(article=article, subject=subject, status=status, origin=Link.Origin.EDITOR)
        link.decide(user)
        link.save()
    else:
        decide_links([link], status, user)
    return link


def remove_link(link: Link, user) -> bool:
    """Deletes an editor's link. A machine would make its own again, so that one is rejected: True."""
    if link.origin == Link.Origin.EDITOR:
        link.delete()
        return False
    decide_links([link], Link.Status.REJECTED, user)
    return True


@transaction.atomic
def decide_links(links: Iterable[Link], status: str, user) -> int:
    """Sets the status of links of one kind as the user's decision, with an entry in their history."""
    links = list(links)
    for link in links:
        link.status = status
        link.decide(user)
    if links:
        type(links[0]).objects.bulk_update(links, ["status", "decided_by", "decided_at"], batch_size=500)
        LogEntry.objects.log_actions(user.pk, links, CHANGE, [{"changed": {"fields": ["status"]}}])
    return len(links)
