"""The REST API: one router per room, errors as problem+json in the caller's language."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest

from pupitre.core.models import Member
from pupitre.shell.api import Desk, PersonalToken, install_errors

SPOKEN_FOR = "pupitre.member"  # no header can set it: those are kept under HTTP_…


def spoken_for(request: HttpRequest) -> Member | None:
    """The member in whose name the command line speaks, within this process."""
    return request.META.get(SPOKEN_FOR)


api = Desk(
    title="Pupitre",
    version="1",
    description="What a page can do, the API can. Tokens are personal and scoped; writes accept Idempotency-Key.",
    auth=[PersonalToken(), spoken_for],
    urls_namespace="api",
    docs_url="/docs",
)
install_errors(api)

for room in reversed(settings.ROOMS):
    if find_spec(f"pupitre.{room}.api"):
        router = getattr(import_module(f"pupitre.{room}.api"), "router", None)
        if router is not None:
            api.add_router("/", router, tags=[room])
