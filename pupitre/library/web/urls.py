"""The library's addresses."""

from django.urls import path

from pupitre.library.web import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/add/", views.add, name="add"),
    path("library/<int:pk>/", views.media, name="media"),
    path("library/<int:pk>/remove/", views.remove, name="remove"),
    path("library/<int:pk>/file/", views.file, name="file"),
    path("library/<int:pk>/seen/<slug:network>/", views.seen_there, name="seen"),
]

root_patterns = [
    path("fetched/<str:token>", views.fetched, name="fetched"),
]
