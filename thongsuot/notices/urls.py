from django.urls import path

from thongsuot.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("read-all/", views.read_all, name="read_all"),
    path("calendar/", views.calendar_new, name="calendar_new"),
    path("calendar/withdrawal/", views.calendar_withdraw, name="calendar_withdraw"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("<uuid:uid>/", views.notice_open, name="notice_open"),
]
