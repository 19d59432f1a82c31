"""The library's addresses."""

from django.urls import path

from pupitre.library.web import films, lending, views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/add/", views.add, name="add"),
    path("library/loans/", lending.loans, name="loans"),
    path("library/loans/ask/", lending.ask_loan, name="ask_loan"),
    path("library/loans/<int:pk>/answer/", lending.answer_loan, name="answer_loan"),
    path("library/<int:pk>/file-away/", lending.file_away, name="file_away"),
    path("library/<int:pk>/", views.media, name="media"),
    path("library/<int:pk>/remove/", views.remove, name="remove"),
    path("library/<int:pk>/still/", films.still, name="still"),
    path("library/<int:pk>/captions.vtt", films.captions, name="captions"),
    path("library/<int:pk>/caption/", views.caption, name="caption"),
    path("library/<int:pk>/file/", views.file, name="file"),
    path("library/<int:pk>/seen/<slug:network>/", views.seen_there, name="seen"),
]

root_patterns = [
    path("fetched/<str:token>", views.fetched, name="fetched"),
]
