"""The measures' addresses."""

from django.urls import path

from pupitre.measurement.web import money, reviews, views

urlpatterns = [
    path("measures/", views.measures, name="measures"),
    path("measures/<int:pk>/", views.objective, name="objective"),
    path("measures/<int:pk>/figure/", views.declare, name="declare"),
    path("measures/<int:pk>/time/", views.log, name="log"),
    path("measures/<int:pk>/start/", money.start, name="start"),
    path("measures/stop/", money.stop, name="stop"),
    path("measures/<int:pk>/buy/", money.buy, name="buy"),
    path("measures/<int:pk>/value/", money.value, name="value"),
    path("measures/facts.csv", views.facts, name="facts"),
    path("measures/reviews/", reviews.reviews, name="reviews"),
    path("measures/reviews/<int:pk>/", reviews.review, name="review"),
    path("measures/reviews/<int:pk>/close/", reviews.close_review, name="close_review"),
]
