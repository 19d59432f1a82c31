"""The address where networks call. No account and no cookie: each call proves itself, on its raw body."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pupitre.channels.actions.bells import note_asked, note_refused
from pupitre.channels.models import Doorbell
from pupitre.channels.queries import address_of, bell_at
from pupitre.channels.vault import ChannelVault
from pupitre.connectors import registry
from pupitre.connectors.hooks import LONGEST, Knock, Reply, Unproved
from pupitre.conversations.bells import heard


@csrf_exempt
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, network: str, token: str) -> HttpResponse:
    """204 for a call that was heard, now or before; 403 without proof, 413 when too long, 404 for no such bell."""
    bell = bell_at(network, token)
    if bell is None:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=413)
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return HttpResponse(status=413)
    knock = Knock(
        request.method or "", {name.lower(): value for name, value in request.headers.items()}, request.GET.dict(),
        body, address_of(bell), timezone.now(),
    )  # fmt: skip
    try:
        reply = _challenge(bell, knock)
        if reply is not None:
            return HttpResponse(reply.body, content_type=reply.mime)
        if knock.method != "POST":
            return HttpResponse(status=405)
        heard(bell, knock)
    except Unproved:
        return HttpResponse(status=403)
    return HttpResponse(status=204)


def _challenge(bell: Doorbell, knock: Knock) -> Reply | None:
    try:
        reply = registry.hooks(bell.channel.network).challenge(ChannelVault(bell.channel), knock)
    except Unproved as error:
        note_refused(bell, str(error), now=knock.at)
        raise
    if reply is not None:
        note_asked(bell, now=knock.at)
    return reply
