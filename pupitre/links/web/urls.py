"""The links' addresses."""

from django.urls import path

from pupitre.links.web import follow, views

urlpatterns = [
    path("links/", views.links, name="links"),
    path("links/make/", views.make, name="make"),
    path("links/terms/add/", views.add_term, name="add_term"),
    path("links/terms/usual/", views.usual_terms, name="usual_terms"),
    path("links/terms/<int:pk>/retire/", views.retire_term, name="retire_term"),
    path("links/domain/set/", views.set_domain, name="set_domain"),
    path("links/<int:pk>/", views.link, name="link"),
    path("links/<int:pk>/close/", views.close, name="close"),
    path("links/<int:pk>/qr", views.qr, name="qr"),
]

root_patterns = [path("l/<str:code>", follow.follow, name="follow")]
