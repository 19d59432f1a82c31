"""The archive's addresses."""

from django.urls import path

from pupitre.archive.web import farewell, views

urlpatterns = [
    path("settings/archive/", views.archive, name="archive"),
    path("settings/archive/file.zip", views.export, name="export"),
    path("settings/archive/take-in/", views.take_in, name="take_in"),
    path("settings/archive/files/<int:pk>/", views.file, name="file"),
    path("settings/channels/<int:pk>/farewell/", farewell.farewell, name="farewell"),
    path("settings/channels/<int:pk>/farewell/begin/", farewell.begin, name="farewell_begin"),
    path("settings/channels/<int:pk>/farewell/end/", farewell.end, name="farewell_end"),
    path("settings/channels/<int:pk>/notice/", farewell.notice, name="notice"),
    path("settings/channels/farewell/<int:pk>/elsewhere/", farewell.elsewhere, name="elsewhere"),
]
