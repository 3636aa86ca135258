from django.urls import path

from thongsuot.web import views

app_name = "web"
urlpatterns = [
    path("set-language/", views.set_language, name="set_language"),
    path("set-theme/", views.set_theme, name="set_theme"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("patterns/", views.patterns, name="patterns"),
]
