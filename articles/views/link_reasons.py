"""Why an article is linked to a person, a place or a topic, in words."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Link

ORIGINS = {
    Link.Origin.EDITOR: _("An editor made this link."),
    Link.Origin.SOURCE: _("The source itself says so."),
    Link.Origin.MATCH: _("The name was recognised in the text."),
    Link.Origin.MODEL: _("A language model proposed it."),
}


def reasons_for(link: Link) -> str:
    """Who says so, how sure that is, whether a person agreed, and how often the text has the name."""
    return " ".join(_sentences(link))


def _sentences(link: Link) -> Iterator[str]:
    yield str(ORIGINS[link.origin])
    if link.origin != Link.Origin.EDITOR:
        if link.confidence < 1:
            yield gettext("This is %(percent)s%% certain.") % {"percent": _whole_percent(link.confidence)}
        if link.decided_at:
            yield gettext("An editor confirmed it on %s.") % date_format(localtime(link.decided_at), "j F Y")
    if link.mentions:
        times = ngettext("It is named once.", "It is named %(times)s times.", link.mentions)
        yield times % {"times": link.mentions}


def _whole_percent(share: float) -> int:
    """Rounded down: what is not certain is not 100% so. As the number is written: 0.29 times 100 is 28.999… to the
    machine."""
    return int(Decimal(str(share)) * 100)
