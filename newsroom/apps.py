from django.apps import apps
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

# What libraries call after their tables, by what it is for.
NAMES = {"authtoken": _("Writing by programs"), "django_tasks_database": _("Background work")}


class NewsroomAdminConfig(AdminConfig):
    default_site = "articles.admin_site.NewsroomAdminSite"

    def ready(self):
        super().ready()
        for label, name in NAMES.items():
            apps.get_app_config(label).verbose_name = name
