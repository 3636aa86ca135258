from django.urls import path

from thongsuot.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.record_list, name="record_list"),
]
