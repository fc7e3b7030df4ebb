"""What a person does to links is a decision: no machine may undo it."""

from collections.abc import Collection, Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.history import occasion
from articles.models import SUBJECT_KINDS, Article, Link, Occasion, Subject
from articles.models.tree import in_parts

# The kind of subject and the id of a link.
LinkKey = tuple[str, int]


class AlreadyDecided(Exception):
    """Somebody else was faster. The message is a sentence."""


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


def decide_suggestions(accepted: Collection[LinkKey], rejected: Collection[LinkKey], user) -> Occasion:
    """Accepts and rejects suggestions on one occasion.

    Raises AlreadyDecided, and changes nothing, if one of them is not a suggestion any more.
    """
    with transaction.atomic():
        to_accept, to_reject = _suggested(accepted), _suggested(rejected)
        what = _what([*to_accept, *to_reject][:1], Link.Status.ACCEPTED if to_accept else Link.Status.REJECTED)
        with occasion(what, user) as done:
            for links, status in ((to_accept, Link.Status.ACCEPTED), (to_reject, Link.Status.REJECTED)):
                for kind in SUBJECT_KINDS.values():
                    decide_links([link for link in links if isinstance(link, kind.link)], status, user)
    return done


@transaction.atomic
def decide_many(suggestions: Iterable[QuerySet[Link]], status: str, user) -> int:
    """The same decision on many, on one occasion. Give suggestions, not those that somebody decided on before."""
    found = [list(_locked(links)) for links in suggestions]
    everything = [link for links in found for link in links]
    if everything:
        with occasion(_what(everything, status), user):
            for links in found:
                decide_links(links, status, user)
    return len(everything)


def decide_links(links: Iterable[Link], status: str, user) -> int:
    """Sets the status of links of one kind as the user's decision, with an entry in their history."""
    links = list(links)
    if not links:
        return 0
    with occasion(_what(links, status), user):
        for link in links:
            link.status = status
            link.decide(user)
        decision = {"status": status, "decided_by": user, "decided_at": links[0].decided_at}
        for ids in in_parts(link.pk for link in links):
            type(links[0]).objects.filter(pk__in=ids).update(**decision)
        LogEntry.objects.log_actions(user.pk, links, CHANGE, [{"changed": {"fields": ["status"]}}])
    return len(links)


def _what(links: list[Link], status: str) -> str:
    """What is done, as it stands in the history."""
    many = ngettext("%(count)d link", "%(count)d links", len(links)) % {"count": len(links)}
    what = str(links[0]) if len(links) == 1 else many
    return _("%(status)s: %(what)s") % {"status": Link.Status(status).label, "what": what}


def _suggested(keys: Collection[LinkKey]) -> list[Link]:
    found = {}
    for kind in SUBJECT_KINDS.values():
        links = _locked(kind.link.objects.filter(pk__in=[id for name, id in keys if name == kind.name]))
        found.update({(kind.name, link.pk): link for link in links})
    for key in keys:
        _check(found.get(key))
    return [found[key] for key in keys]


def _locked(links: QuerySet[Link]) -> QuerySet[Link]:
    """Nobody else decides on them before this transaction ends."""
    links = links.select_related("article", "subject", "decided_by").defer("article__body")
    return links.select_for_update(of=["self"])


def _check(link: Link | None) -> None:
    if link is None:
        raise AlreadyDecided(_("This suggestion is not there any more."))
    if link.status != Link.Status.SUGGESTED:
        decision = {"status": link.get_status_display(), "user": link.decided_by or _("the importer"), "link": link}
        raise AlreadyDecided(_("%(status)s by %(user)s meanwhile: %(link)s.") % decision)
