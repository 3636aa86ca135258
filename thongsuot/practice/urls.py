"""Addresses of self-reviews, actions and their evidence."""

from django.urls import path

from thongsuot.practice import views

app_name = "practice"

urlpatterns = [
    path("", views.practice_home, name="practice_home"),
    path("self-reviews/", views.self_review_list, name="self_review_list"),
    path("self-reviews/new/<uuid:campaign_uid>/<uuid:unit_uid>/", views.self_review_start, name="self_review_start"),
    path("self-reviews/<uuid:uid>/", views.self_review_detail, name="self_review_detail"),
    path("self-reviews/<uuid:uid>/edit/", views.self_review_edit, name="self_review_edit"),
    path("self-reviews/<uuid:uid>/edit/<slug:group>/", views.self_review_edit, name="self_review_edit"),
    path("self-reviews/<uuid:uid>/submit/", views.self_review_submit, name="self_review_submit"),
    path("self-reviews/<uuid:uid>/verify/", views.self_review_verify, name="self_review_verify"),
    path("actions/", views.action_list, name="action_list"),
    path("actions.xlsx", views.action_export, name="action_export"),
    path("actions/new/", views.action_create, name="action_create"),
    path("actions/<uuid:uid>/", views.action_detail, name="action_detail"),
    path("actions/<uuid:uid>/evidence/", views.action_evidence_add, name="action_evidence_add"),
    path("actions/<uuid:uid>/done/", views.action_report_done, name="action_report_done"),
    path("actions/<uuid:uid>/verify/", views.action_verify, name="action_verify"),
    path("actions/<uuid:uid>/cancel/", views.action_cancel, name="action_cancel"),
    path("evidence/<uuid:uid>/", views.evidence_file, name="evidence_file"),
    path("evidence/<uuid:uid>/removal/", views.evidence_remove, name="evidence_remove"),
]
