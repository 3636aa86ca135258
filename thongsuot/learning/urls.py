"""Addresses of one's own study and of what units have studied."""

from django.urls import path

from thongsuot.learning import views

app_name = "learning"

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("topics/<uuid:uid>/", views.topic_study, name="topic_study"),
    path("topics/<uuid:uid>/steps/<int:number>/", views.step_study, name="step_study"),
    path("topics/<uuid:uid>/reading/", views.reading_mark, name="reading_mark"),
    path("topics/<uuid:uid>/check/", views.check_start, name="check_start"),
    path("checks/<uuid:uid>/", views.check_take, name="check_take"),
    path("checks/<uuid:uid>/result/", views.check_result, name="check_result"),
    path("campaigns/<uuid:uid>/reflection/", views.reflection_edit, name="reflection_edit"),
    path("reflections/", views.reflection_list, name="reflection_list"),
    path("reflections/<uuid:uid>/acceptance/", views.reflection_accept, name="reflection_accept"),
    path("units/<uuid:uid>/", views.unit_learning, name="unit_learning"),
    path("units/<uuid:uid>/readings/", views.reading_note, name="reading_note"),
    path("units/<uuid:uid>/reflections/new/", views.reflection_note, name="reflection_note"),
]
