import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make a user “admin” with a random password, and print it, where there is nobody who may do everything."

    def handle(self, *args, **options):
        users = get_user_model().objects
        if users.filter(is_superuser=True, is_active=True).exists():
            return
        if users.filter(username="admin").exists():
            self.stdout.write("There is no active superuser. Make one: manage.py createsuperuser")
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser("admin", password=password)
        self.stdout.write(f"A user for the editing desk was made: admin, password {password} (shown only once;")
        self.stdout.write("change it with: manage.py changepassword admin).")
