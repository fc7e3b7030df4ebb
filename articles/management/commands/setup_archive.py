from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

# In their order; each may be repeated, and none touches what a user has added.
STEPS = (
    ("migrate", {"verbosity": 0}),
    ("load_sample", {}),
    ("index_articles", {"if_stale": True}),
    ("ensure_admin", {}),
)


class Command(BaseCommand):
    help = "Make the archive ready to be served: tables, sample, search index, static files, an admin user."

    def handle(self, *args, **options):
        for name, arguments in STEPS:
            call_command(name, **arguments, stdout=self.stdout)
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
