"""A shop's own software rings here: one act a call, signed, nothing about the person."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Refusal
from pupitre.measurement.actions.conversions import ring, secret_of
from pupitre.measurement.models import ConversionDoor
from pupitre.measurement.rules.conversions import signed
from pupitre.shell.web.sheet import said

MOST = 10_000


@csrf_exempt
@require_POST
def act(request: HttpRequest, key: str) -> HttpResponse:
    """202 for a new act, 200 for one known by its number; 401 without a fresh signature; 422 says what is wrong."""
    door = ConversionDoor.objects.filter(key=key).select_related("organisation").first()
    if door is None:
        return JsonResponse({"title": "No such door."}, status=404)
    if int(request.headers.get("Content-Length") or 0) > MOST or len(request.body) > MOST:
        return JsonResponse({"title": "Too long."}, status=413)
    header = request.headers.get("Pupitre-Signature", "")
    if not signed(header, secret_of(door), request.body, now=int(timezone.now().timestamp())):
        return JsonResponse({"title": "This signature is not right, or too old."}, status=401)
    try:
        row = json.loads(request.body)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        return JsonResponse({"title": "One JSON object is expected."}, status=400)
    try:
        kept = ring(door, row)
    except Refusal as refusal:
        errors = [{"field": fault.field, "text": said(fault)} for fault in refusal.faults]
        return JsonResponse({"title": refusal.text, "errors": errors}, status=422)
    return JsonResponse({"kept": kept}, status=202 if kept else 200)
