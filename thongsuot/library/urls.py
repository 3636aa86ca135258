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
    path("notes/", views.my_notes, name="my_notes"),
    path("notes/choices/", views.reading_choices, name="reading_choices"),
    path("notes/delete/", views.notes_delete, name="notes_delete"),
    path("notes/take-in/", views.notes_take_in, name="notes_take_in"),
    path("notes/export/<str:ending>/", views.notes_export, name="notes_export"),
    path("notes/of/<slug:slug>/", views.notes_of, name="notes_of"),
    path("notes/on/<uuid:uid>/", views.note_create, name="note_create"),
    path("notes/place/<uuid:uid>/", views.place_keep, name="place_keep"),
    path("notes/<uuid:uid>/", views.note_edit, name="note_edit"),
    path("notes/<uuid:uid>/delete/", views.note_delete, name="note_delete"),
    path("device/", views.device, name="device"),
    path("offline/", views.offline, name="offline"),
    path("<slug:slug>/keep.json", views.keep_list, name="keep_list"),
    path("<slug:slug>/", views.document_detail, name="document_detail"),
    path("<slug:slug>/goto/", views.goto, name="goto"),
    path("<slug:slug>/plates/", views.plates, name="plates"),
    path("<slug:slug>/<str:anchor>/", views.chapter, name="chapter"),
]
