from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from articles.pipeline.storing.group_versions import SIMILAR, group_versions

from ._progress import progress_bar


class Command(BaseCommand):
    help = "Find the articles that are versions of one text: copies, corrections, syndicated and shortened ones."

    def add_arguments(self, parser):
        parser.add_argument(
            "--similarity", type=float, default=SIMILAR, help=f"the share of common word triples; default: {SIMILAR}"
        )

    def handle(self, *args, similarity, **options):
        if not 0 < similarity <= 1:
            raise CommandError("The similarity must lie between 0 and 1, for example 0.6.")
        with progress_bar("articles", total=Article.objects.count()) as bar:
            report = group_versions(similarity, bar.update)
        self.stdout.write(
            f"{report.articles} articles read; {report.grouped} of them are versions of {report.groups} texts; "
            f"{report.changed} changed their group."
        )
