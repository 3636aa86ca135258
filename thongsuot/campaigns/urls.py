"""Addresses of campaigns, what they ask, and the plans that answer."""

from django.urls import path

from thongsuot.campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("", views.campaign_list, name="campaign_list"),
    path("new/", views.campaign_create, name="campaign_create"),
    path("<uuid:uid>/", views.campaign_detail, name="campaign_detail"),
    path("<uuid:uid>/edit/", views.campaign_edit, name="campaign_edit"),
    path("<uuid:uid>/issue/", views.campaign_issue, name="campaign_issue"),
    path("directives/new/", views.directive_create, name="directive_create"),
    path("directives/<uuid:uid>/", views.directive_confirm, name="directive_confirm"),
    path("topics/<uuid:uid>/", views.topic_detail, name="topic_detail"),
    path("topics/<uuid:uid>/edit/", views.topic_edit, name="topic_edit"),
    path("topics/<uuid:uid>/copy/", views.topic_copy, name="topic_copy"),
    path("topics/<uuid:uid>/trail/", views.trail_edit, name="trail_edit"),
    path("topics/<uuid:uid>/trail/order/", views.trail_order, name="trail_order"),
    path("steps/new/", views.step_create, name="step_create"),
    path("steps/<uuid:uid>/", views.step_change, name="step_change"),
    path("steps/<uuid:uid>/words/", views.step_words, name="step_words"),
    path("steps/<uuid:uid>/passage/", views.step_replace, name="step_replace"),
    path("obligations/", views.obligation_list, name="obligation_list"),
    path("obligations.xlsx", views.obligation_export, name="obligation_export"),
    path("obligations/<uuid:uid>/", views.obligation_detail, name="obligation_detail"),
    path("obligations/<uuid:uid>/excuse/", views.obligation_excuse, name="obligation_excuse"),
    path("obligations/<uuid:uid>/reopening/", views.obligation_reopening, name="obligation_reopening"),
    path("<uuid:campaign_uid>/plans/new/<uuid:unit_uid>/", views.plan_create, name="plan_create"),
    path("plans/<uuid:uid>/", views.plan_detail, name="plan_detail"),
    path("plans/<uuid:uid>/edit/", views.plan_edit, name="plan_edit"),
    path("plans/<uuid:uid>/answer/", views.plan_answer, name="plan_answer"),
    path("plans/<uuid:uid>/items/", views.plan_items, name="plan_items"),
    path("plans/<uuid:uid>/items/new/", views.plan_item_create, name="plan_item_create"),
    path("plans/items/<uuid:uid>/", views.plan_item_edit, name="plan_item_edit"),
    path("plans/items/<uuid:uid>/removal/", views.plan_item_remove, name="plan_item_remove"),
    path("plans/<uuid:uid>/issue/", views.plan_issue, name="plan_issue"),
    path("plans/<uuid:uid>/withdraw/", views.plan_withdraw, name="plan_withdraw"),
    path("plans/<uuid:uid>/plan.docx", views.plan_docx, name="plan_docx"),
    path("plans/<uuid:uid>/cascade/", views.plan_cascade, name="plan_cascade"),
]
