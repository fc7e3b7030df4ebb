from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from articles.database.folding import add_functions
        from articles.database.triggers import check_triggers, install_triggers, remove_triggers
        from articles.roles import make_missing_roles
        from articles.search.rebuilding import forget_index_of_nothing

        connection_created.connect(add_functions, dispatch_uid="add_functions")
        pre_migrate.connect(remove_triggers, sender=self, dispatch_uid="remove_triggers")
        # SQLite drops triggers when a migration remakes a table: install them after every migrate.
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="install_triggers")
        post_migrate.connect(forget_index_of_nothing, sender=self, dispatch_uid="forget_index_of_nothing")
        post_migrate.connect(make_missing_roles, sender=self, dispatch_uid="make_missing_roles")
        checks.register(check_triggers, checks.Tags.database)
