"""Every address, room by room. A room that brings `web/urls.py` is served under its organisation."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from pupitre.config.api import api
from pupitre.shell.planche import planche
from pupitre.shell.web.installed import away, manifest, worker
from pupitre.shell.web.source import source


def room_urls() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for room in settings.ROOMS:
        package = f"pupitre.{room}.web"
        if find_spec(package) and find_spec(f"{package}.urls"):
            urls = import_module(f"{package}.urls")
            found.append(path("o/<slug:org>/", include((urls.urlpatterns, room))))
            found.extend(getattr(urls, "root_patterns", []))
    return found


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("planche", planche, name="planche"),
    path("source/", source, name="source"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("worker.js", worker, name="worker"),
    path("away/", away, name="away"),
    *room_urls(),
]

handler400 = "pupitre.shell.web.errors.bad_request"
handler403 = "pupitre.shell.web.errors.forbidden"
handler404 = "pupitre.shell.web.errors.not_found"
handler500 = "pupitre.shell.web.errors.server_error"
