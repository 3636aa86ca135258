from django.urls import path

from thongsuot.api import views

app_name = "api"
urlpatterns = [
    path("openapi.json", views.description, name="description"),
    path("documents", views.document_list, name="document_list"),
    path("documents/<slug:slug>", views.document_detail, name="document_detail"),
    path("passages/<uuid:uid>", views.passage_detail, name="passage_detail"),
    path("search", views.search, name="search"),
    path("campaigns", views.campaign_list, name="campaign_list"),
]
