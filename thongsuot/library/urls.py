from django.urls import path

from thongsuot.library import views

app_name = "library"
urlpatterns = [
    path("", views.document_list, name="document_list"),
    path("search/", views.search, name="search"),
    path("pictures/<uuid:uid>/<int:width>.webp", views.picture, name="picture"),
    path("passages/<uuid:uid>/", views.passage, name="passage"),
    path("passages/<uuid:uid>/about/", views.passage_about, name="passage_about"),
    path("downloads/<uuid:uid>/", views.copy, name="copy"),
    path("downloads/<uuid:uid>/file/", views.copy_file, name="copy_file"),
    path("<slug:slug>/downloads/", views.downloads, name="downloads"),
    path("<slug:slug>/", views.document_detail, name="document_detail"),
    path("<slug:slug>/goto/", views.goto, name="goto"),
    path("<slug:slug>/plates/", views.plates, name="plates"),
    path("<slug:slug>/<str:anchor>/", views.chapter, name="chapter"),
]
