from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles.history import occasion
from articles.models import SUBJECT_KINDS, Article
from articles.search import update_index


class Command(BaseCommand):
    help = "Load the fixtures (places, topics, the sample archive) into an empty archive; leave any other as it is."

    def handle(self, *args, **options):
        if Article.objects.exists() or any(kind.model.objects.exists() for kind in SUBJECT_KINDS.values()):
            self.stdout.write("The archive is not empty: the sample was not loaded.")
            return
        fixtures = sorted(str(path) for path in Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))
        with occasion("Sample archive loaded"):
            call_command("loaddata", *fixtures, verbosity=0)
        update_index()
        self.stdout.write(f"The sample archive is loaded: {Article.objects.count()} articles.")
