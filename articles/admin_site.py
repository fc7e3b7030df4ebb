"""The admin site. It is outside `articles.admin`, whose modules need it to register themselves."""

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

# The order of the tables on the front page: what is worked on daily comes first.
MODEL_ORDER = (
    "Article",
    "Person",
    "Place",
    "Topic",
    "Source",
    "PersonLink",
    "PlaceLink",
    "TopicLink",
    "ImportBatch",
    "ImportProblem",
)


class NewsroomAdminSite(AdminSite):
    site_header = _("Newsroom archive")
    site_title = _("Newsroom archive")
    index_title = _("At the desk")
    index_template = "admin/articles/start_page.html"
    password_change_template = "admin/articles/password_change.html"  # noqa: S105 - a file

    def get_urls(self):
        from articles.admin.addresses import desk_addresses  # its pages need this module

        return [*desk_addresses(self), *super().get_urls()]

    def index(self, request, extra_context=None):
        from articles.admin.start_page import start_page_context

        return super().index(request, {**start_page_context(request), **(extra_context or {})})

    def autocomplete_view(self, request):
        from articles.admin.autocomplete import LabelledAutocompleteView

        return LabelledAutocompleteView.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_position)
        return apps


def label_of(row: Model) -> str:
    """How a row is called where it is chosen from a list."""
    return getattr(row, "admin_label", None) or str(row)


def _position(model: dict) -> tuple[int, str]:
    name = model["object_name"]
    return (MODEL_ORDER.index(name) if name in MODEL_ORDER else len(MODEL_ORDER), name)
