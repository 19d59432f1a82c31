"""Listening's addresses."""

from django.urls import path

from pupitre.listening.web import alerts, mirror, queries, said, sources

urlpatterns = [
    path("mirror/", mirror.mirror, name="mirror"),
    path("mirror/mentions/<int:pk>/drop/", mirror.drop, name="drop"),
    path("mirror/mentions/<int:pk>/keep/", mirror.keep, name="keep"),
    path("mirror/mentions/<int:pk>/open/", mirror.open_conversation, name="open"),
    path("mirror/mentions/<int:pk>/task/", mirror.make_task, name="task"),
    path("mirror/mentions/<int:pk>/write/", mirror.write_about, name="write_about"),
    path("mirror/alerts/", alerts.alerts, name="alerts"),
    path("mirror/alerts/<int:pk>/label/", alerts.label, name="alert_label"),
    path("mirror/queries/<int:pk>/alerts/", alerts.slider, name="slider"),
    path("mirror/queries/<int:pk>/sensitivity/", alerts.sensitivity, name="sensitivity"),
    path("mirror/sources/", sources.sources, name="sources"),
    path("mirror/sources/add/", sources.add, name="source_add"),
    path("mirror/sources/<int:pk>/pause/", sources.pause, name="source_pause"),
    path("mirror/sources/<int:pk>/remove/", sources.remove, name="source_remove"),
    path("mirror/sources/list.opml", sources.opml, name="opml"),
    path("mirror/said/", said.said, name="said"),
    path("mirror/said/add/", said.add, name="said_add"),
    path("mirror/said/preview/", said.preview, name="said_preview"),
    path("mirror/said/import/", said.take_in, name="said_import"),
    path("mirror/queries/", queries.queries, name="queries"),
    path("mirror/queries/try/", queries.try_it, name="query_try"),
    path("mirror/queries/save/", queries.save, name="query_save"),
    path("mirror/queries/<int:pk>/", queries.query, name="query"),
    path("mirror/queries/<int:pk>/pause/", queries.pause, name="query_pause"),
]
