"""Where accounts are connected, described and closed."""

from django.urls import path

from pupitre.channels.web import bells, connect, signing, views

urlpatterns = [
    path("settings/channels/", views.channels, name="list"),
    path("settings/channels/open/", connect.choose, name="choose"),
    path("settings/channels/open/<slug:network>/", connect.connect, name="connect"),
    path("settings/channels/open/<slug:network>/sign-in/", signing.begin, name="begin"),
    path("settings/channels/return/", signing.back, name="return"),
    path("settings/channels/<int:pk>/sign-in/", signing.begin_again, name="begin_again"),
    path("settings/channels/<int:pk>/", views.channel, name="channel"),
    path("settings/channels/<int:pk>/charter/", views.charter, name="charter"),
    path("settings/channels/<int:pk>/refresh/", views.refresh, name="refresh"),
    path("settings/channels/<int:pk>/reconnect/", connect.reconnect, name="reconnect"),
    path("settings/channels/<int:pk>/close/", views.close, name="close"),
    path("settings/channels/<int:pk>/bell/", bells.open_bell, name="open_bell"),
    path("settings/channels/<int:pk>/bell/close/", bells.close_bell, name="close_bell"),
]
