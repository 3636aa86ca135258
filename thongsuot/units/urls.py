from django.urls import path

from thongsuot.units import views

app_name = "units"
urlpatterns = [
    path("", views.unit_list, name="unit_list"),
    path("on-a-day/", views.tree_on_a_day, name="tree_on_a_day"),
    path("<uuid:uid>/", views.unit_detail, name="unit_detail"),
    path("<uuid:uid>/<str:verb>/", views.reform, name="reform"),
]
