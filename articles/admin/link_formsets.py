"""Saving the links of an article's page."""

from articles.editing.decisions import remove_link
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
