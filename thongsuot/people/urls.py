from django.urls import path

from thongsuot.people import views

app_name = "people"
urlpatterns = [
    path("", views.person_list, name="person_list"),
    path("me/", views.my_data, name="my_data"),
    path("me/account/", views.account, name="account"),
    path("offices/<int:pk>/end/", views.office_end, name="office_end"),
    path("<uuid:uid>/", views.person_detail, name="person_detail"),
    path("<uuid:uid>/offices/new/", views.office_create, name="office_create"),
    path("<uuid:uid>/membership/", views.membership, name="membership"),
]
