from django.urls import path

from thongsuot.example import views

app_name = "example"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("147-KH-TU.docx", views.directive, name="directive"),
    path("sign-in/<slug:slug>", views.sign_in, name="sign_in"),
    path("sign-in/<slug:slug>/", views.sign_in),
]
