from django.core.management.base import BaseCommand

from articles.roles import ROLES, renew_roles


class Command(BaseCommand):
    help = "Give the roles the permissions that this version of Newsroom means them to have."

    def handle(self, *args, **options):
        renew_roles()
        self.stdout.write(f"Renewed: {', '.join(ROLES)}.")
