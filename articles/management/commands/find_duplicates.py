from django.core.management.base import BaseCommand

from articles.editing.likely_duplicates import Pair
from articles.editing.stored_duplicates import look_for_duplicates
from articles.models import SUBJECT_KINDS, SubjectKind

from ._parsing import count
from ._progress import progress_bar


class Command(BaseCommand):
    help = "Look for people, places and topics that are likely in the archive twice, and keep them for the desk."

    def add_arguments(self, parser):
        parser.add_argument("--kind", choices=list(SUBJECT_KINDS), help="look among these only")
        parser.add_argument("--show", type=count, default=20, help="how many pairs to print of each kind; default: 20")

    def handle(self, *args, kind, show, **options):
        for each in [SUBJECT_KINDS[kind]] if kind else SUBJECT_KINDS.values():
            with progress_bar("steps") as bar:
                pairs = look_for_duplicates(each, lambda step, bar=bar: bar.set_description(step)).pairs
            self.stdout.write(f"{each.plural}: {len(pairs)} pairs are likely the same.")
            self._print(each, pairs[:show])

    def _print(self, kind: SubjectKind, pairs: list[Pair]) -> None:
        names = kind.model.objects.in_bulk({id for pair in pairs for id in (pair.first, pair.second)})
        for pair in pairs:
            first, second = names[pair.first], names[pair.second]
            line = f"{pair.score:4} {first} ({first.slug}) = {second} ({second.slug}): {pair.reason.in_words}"
            self.stdout.write(line + (f"; {len(pair.company)} companions in common" if pair.company else ""))
