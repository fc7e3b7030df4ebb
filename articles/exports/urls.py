from django.urls import path

from . import EXPORT_FORMATS
from .views import export

urlpatterns = [
    path(f"articles/export.{name}", export, {"format": name}, name=f"export_{name}") for name in EXPORT_FORMATS
]
