from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

handler403 = "articles.admin.refused.refused"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("articles.api.urls")),
    # Without a token: it would make every page personal, and all that can be forged is the language of the pages.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("", include("articles.urls")),
]
