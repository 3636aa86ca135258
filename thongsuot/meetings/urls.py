"""Addresses of meetings, their registers and minutes, and of the news made from them."""

from django.urls import path

from thongsuot.meetings import views

app_name = "meetings"

urlpatterns = [
    path("", views.meeting_list, name="meeting_list"),
    path("new/", views.meeting_create, name="meeting_create"),
    path("<uuid:uid>/", views.meeting_detail, name="meeting_detail"),
    path("<uuid:uid>/edit/", views.meeting_edit, name="meeting_edit"),
    path("<uuid:uid>/invitation.ics", views.invitation, name="invitation"),
    path("<uuid:uid>/void/", views.meeting_void, name="meeting_void"),
    path("<uuid:uid>/register/", views.register_edit, name="register_edit"),
    path("<uuid:uid>/register/sheet/", views.register_sheet, name="register_sheet"),
    path("<uuid:uid>/register/people/", views.register_people, name="register_people"),
    path("<uuid:uid>/register/close/", views.register_close, name="register_close"),
    path("<uuid:uid>/register/reopen/", views.register_reopen, name="register_reopen"),
    path("<uuid:uid>/minutes/", views.minutes_edit, name="minutes_edit"),
    path("<uuid:uid>/minutes/approve/", views.minutes_approve, name="minutes_approve"),
    path("<uuid:uid>/minutes.docx", views.minutes_docx, name="minutes_docx"),
    path("<uuid:uid>/decisions/new/", views.decision_create, name="decision_create"),
    path("decisions/<uuid:uid>/", views.decision_edit, name="decision_edit"),
    path("<uuid:uid>/news/", views.post_create, name="post_create"),
    path("news/", views.post_list, name="post_list"),
    path("news/<uuid:uid>/", views.post_edit, name="post_edit"),
    path("news/<uuid:uid>/publish/", views.post_publish, name="post_publish"),
    path("news/<uuid:uid>/withdraw/", views.post_withdraw, name="post_withdraw"),
    path("news/<uuid:uid>/pictures/<int:number>/", views.post_picture, name="post_picture"),
]
