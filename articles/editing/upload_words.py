"""What came of an import, in the words of the desk."""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

# What became of a record.
DONE = {
    "created": _("new"),
    "updated": _("changes"),
    "kept": _("edited here, stays"),
    "unchanged": _("unchanged"),
    "older": _("older version, left out"),
    "duplicate": _("text is known, left out"),
    "unsure": _("could be several, left out"),
    "rejected": _("rejected"),
}
_MORE = {
    "links": npgettext_lazy("after a number", "link", "links"),
    "copies": _("with a text that the archive has already: grouped with it"),
    "kept": _("fields that were edited here and stay"),
    "subjects": _("new people, places or topics that the file names"),
    "candidates": npgettext_lazy("after a number", "candidate", "candidates"),
    "unknown_tags": _("tags that name nobody and nothing that the archive knows"),
}
# Words that go by the number before them.
_COUNTED = ("links", "candidates")
# What the command calls its options, and what the form does. Others are not on the form.
_OPTIONS = {
    r"--field \"?([^\s\"]+=[^\s\";,]*[^\s\";,.])\"?": r"“\1”",
    r"--field\b": _("“Columns”"),
    r"--format\b": _("“Format”"),
    r"--source\b": _("“Source”"),
    r"--encoding\b": _("“Encoding”"),
    r"--on-unsure \w+": _("“What could be several”"),
    r"--match-names \w+": _("“Names to look for”"),
    r"--languages\b": _("“Languages”"),
    r"--skip-duplicates\b": _("“Leave out texts that the archive has already”"),
}


def words_of_counts(counts: dict, is_rehearsal: bool) -> list[tuple[str, str, str]]:
    """(number, words, action of the report where there is a list of them)."""
    found = [(name, label, name if is_rehearsal else "") for name, label in DONE.items() if name != "kept"]
    found += [(name, label, "kept" if name == "kept" and is_rehearsal else "") for name, label in _MORE.items()]
    always = ("created", "updated", "unchanged", "rejected")
    return [
        (
            number_format(counts.get(name, 0), force_grouping=True),
            label % counts.get(name, 0) if name in _COUNTED else label,
            action if counts.get(name) else "",
        )
        for name, label, action in found
        if counts.get(name) or name in always
    ]


def in_words_of_the_desk(text: str) -> str:
    """A sentence of the pipeline, with the names that the form has for the options of the command."""
    for option, words in _OPTIONS.items():
        text = re.sub(option, str(words), text)
    return text
