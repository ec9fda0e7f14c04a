"""Where the SMS gateway tells what became of a message, if it does: signed as our own requests to it are."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from .models import Channel, Message, State, Why
from .ports.sms import SIGNATURE, STAMP, is_signed
from .sending import plain

LARGEST = 4096  # bytes of one report
ON_ITS_WAY = (State.SENDING, State.SENT, State.UNCERTAIN)


@csrf_exempt
@login_not_required
@require_POST
@sensitive_variables()
def report(request: HttpRequest) -> HttpResponse:
    """{"id", "state": "delivered" or "failed", "reason"}. The same report twice is answered twice and changes nothing.

    401 for a wrong or stale signature, 422 for what is no report, 404 for an id that is not ours or where no gateway is.
    """
    port = settings.SMS_PORT
    if not port:
        raise Http404
    body = request.read(LARGEST + 1)
    stamp, signature = request.headers.get(STAMP, ""), request.headers.get(SIGNATURE, "")
    if len(body) > LARGEST or not is_signed(port["secret"], stamp, body, signature):
        return JsonResponse({"error": "signature"}, status=401)
    told = _told(body)
    if told is None:
        return JsonResponse({"error": "not a report"}, status=422)
    if not _noted(**told):
        return JsonResponse({"error": "no such message"}, status=404)
    return JsonResponse({"result": "noted"})


def _told(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
        key, state, reason = told["id"], told["state"], told.get("reason") or ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not isinstance(key, str) or state not in ("delivered", "failed"):
        return None
    return {"key": key[:32], "delivered": state == "delivered", "reason": plain(str(reason))}


@transaction.atomic
def _noted(*, key: str, delivered: bool, reason: str) -> bool:
    """It may come before the worker has written down that it was sent, and more than once."""
    mine = Message.objects.filter(key=key, channel=Channel.SMS)
    now = timezone.now()
    under_way = mine.filter(state__in=ON_ITS_WAY)
    if delivered:
        under_way.filter(sent_at=None).update(sent_at=now)
        under_way.update(state=State.DELIVERED, why="", said=reason, delivered_at=now)
    else:
        under_way.update(state=State.FAILED, why=Why.UNDELIVERED, said=reason)
    return mine.exists()
