"""What a person does to links is a decision: no machine may undo it."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from articles.models import Link


def save_links(formset, user) -> list[Link]:
    """Saves the links of an article's form; returns those that were to be deleted and were rejected instead."""
    for link in formset.save(commit=False):
        link.decide(user)
        link.save()
    removed = formset.deleted_objects
    rejected = [link for link in removed if remove_link(link, user)]
    # The article's history shall say what was done, not what was asked for.
    formset.deleted_objects = [link for link in removed if link not in rejected]
    formset.changed_objects += [(link, ["status"]) for link in rejected]
    return rejected


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
