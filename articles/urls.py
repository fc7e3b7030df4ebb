urlpatterns = []
app_name = "articles"
