from django.urls import path

from .views import news_sitemap, open_search, robots, sitemap, sitemap_index

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("opensearch.xml", open_search, name="open_search"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemaps/news.xml", news_sitemap, name="news_sitemap"),
    path("sitemaps/<slug:section>-<int:number>.xml", sitemap, name="sitemap"),
]
