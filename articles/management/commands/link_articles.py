from django.core.management.base import BaseCommand

from articles.models import Article
from articles.pipeline.relink import link_articles

from ._progress import progress_bar


class Command(BaseCommand):
    help = "Look for all known names in all stored articles. What people decided about links stays."

    def handle(self, *args, **options):
        with progress_bar("articles", total=Article.objects.count()) as bar:
            articles, links = link_articles(on_progress=bar.update)
        self.stdout.write(f"{articles} articles read; {links} new links made.")
