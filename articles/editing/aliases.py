"""The other names of a subject, given as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.models import Alias, Subject


@dataclass
class AliasChanges:
    """What it takes to come from the aliases that are there to those that are wanted."""

    added: list[Alias] = field(default_factory=list)
    changed: list[Alias] = field(default_factory=list)
    removed: list[Alias] = field(default_factory=list)

    @property
    def permissions(self) -> set[str]:
        """What a user must be allowed to do to an alias: "add", "change", "delete"."""
        needed = {"add": self.added, "change": self.changed, "delete": self.removed}
        return {action for action, aliases in needed.items() if aliases}

    def save(self) -> None:
        for alias in (*self.added, *self.changed):
            alias.save()
        for alias in self.removed:
            alias.delete()


def compare_aliases(subject: Subject, wanted: Mapping[str, str]) -> AliasChanges:
    """`wanted` maps each name to its language."""
    there = {alias.name: alias for alias in subject.aliases.all()} if subject.pk else {}
    changes = AliasChanges(removed=[alias for name, alias in there.items() if name not in wanted])
    for name, language in wanted.items():
        if name not in there:
            changes.added.append(subject.aliases.model(subject=subject, name=name, language=language))
        elif there[name].language != language:
            there[name].language = language
            changes.changed.append(there[name])
    return changes
