"""The names and addresses of merged subjects: all lead to the survivor."""

from collections.abc import Collection, Sequence

from articles.models import Subject, SubjectKind


def is_carried(subject: Subject) -> bool:
    """Whether its name is proposed as another name of the survivor. One that is not looked for in texts and is a
    single word would be found everywhere as another name."""
    return subject.name_is_matched or " " in subject.name.strip()


def carry_names(kind: SubjectKind, subjects: Sequence[Subject], name: str, carried: Collection[str]) -> None:
    """The first subject will be called `name`: its other names are all that the subjects have, each once, its own
    former name, and those of `carried`."""
    survivor, *others = subjects
    kept = {alias.name: alias for alias in survivor.aliases.all()}
    _move_aliases(kind, survivor, others, kept, name)
    names = dict.fromkeys([survivor.name, *(other.name for other in others if other.name in carried)])
    new = [each for each in names if each != name and each not in kept]
    kind.alias.objects.bulk_create([kind.alias(subject=survivor, name=each) for each in new])
    kind.alias.objects.filter(subject=survivor, name=name).delete()


def carry_addresses(kind: SubjectKind, survivor: Subject, others: Sequence[Subject]) -> None:
    """Every address that one of the others has or had leads to the survivor, without a detour."""
    former = kind.model.former_slugs.rel.related_model
    slugs = {other.slug for other in others}
    former.objects.filter(target__in=others).update(target=survivor)
    known = former.objects.filter(slug__in=slugs)
    new = slugs - set(known.values_list("slug", flat=True))
    known.update(target=survivor)
    former.objects.bulk_create([former(slug=slug, target=survivor) for slug in sorted(new)])


def _move_aliases(kind: SubjectKind, survivor: Subject, others: Sequence[Subject], kept: dict, name: str) -> None:
    """Adds what moves to `kept`. Where both know a name, the one whose language is known has more to say."""
    moved, languages = [], []
    for alias in kind.alias.objects.filter(subject__in=others).order_by("pk"):
        if alias.name not in kept:
            kept[alias.name] = alias
            moved.append(alias.pk)
        elif alias.language and not kept[alias.name].language:
            kept[alias.name].language = alias.language
            languages.append(kept[alias.name])
    kind.alias.objects.bulk_update(languages, ["language"], batch_size=500)
    kind.alias.objects.filter(pk__in=moved).update(subject=survivor)
    kind.alias.objects.filter(subject__in=others).delete()
