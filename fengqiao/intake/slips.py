"""The slip that a person takes home: code, PIN and QR. The PIN passes through here once, sealed, and is stored nowhere."""

import json
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from fengqiao.disputes.models import Dispute, Party, Pass
from fengqiao.disputes.passes import Issued
from fengqiao.kernel.secrets import Unreadable, decrypt, encrypt

KEY = "slip"
READABLE_FOR = 15 * 60  # seconds from issuing to printing


@dataclass(frozen=True)
class Slip:
    """What stands on it. `sealed` carries the PIN to the PDF without the server remembering it."""

    dispute: Dispute
    access: Pass
    pin: str
    follow_url: str
    sealed: str = ""

    @property
    def party(self) -> Party:
        return self.access.party

    @property
    def data(self) -> dict[str, Any]:
        """For the form `slip` (papers/forms/slip.typ)."""
        body = self.dispute.body
        return {
            "place": body.name, "number": self.dispute.number, "code": self.access.code, "pin": self.pin,
            "verify_url": self.follow_url, "issued_at": timezone.localtime(), "phone": body.phone,
            "demo": getattr(settings, "DEMO", False),
        }  # fmt: skip


def hand_over(request: HttpRequest, issued: Issued) -> None:
    """Keep the PIN, sealed, for the next page of this browser only. Saved at once, with the transaction that issued it."""
    request.session[KEY] = _seal(issued.access, issued.pin)
    request.session.save()


def fresh_party(request: HttpRequest) -> int | None:
    """Whose slip this browser is waiting to print, without taking it."""
    found = _open(request.session.get(KEY, ""))
    return found["party"] if found else None


def take(request: HttpRequest, dispute: Dispute) -> Slip | None:
    """The slip just issued for this dispute, with its PIN: given once, then gone from the session."""
    sealed = request.session.get(KEY, "")
    slip = opened(request, dispute, sealed)
    if slip is not None:
        del request.session[KEY]
    return slip


def opened(request: HttpRequest, dispute: Dispute, sealed: str) -> Slip | None:
    """The slip from its sealed form, unless it is another dispute's, altered, older than a quarter of an hour, or void."""
    found = _open(sealed)
    access = Pass.objects.filter(pk=found["pass"], party__dispute=dispute).first() if found else None
    return slip_of(request, dispute, access, pin=found["pin"], sealed=sealed) if found and access else None


def slip_of(request: HttpRequest, dispute: Dispute, access: Pass, *, pin: str = "", sealed: str = "") -> Slip:
    """The slip of a pass; without the PIN when it was given before."""
    return Slip(dispute, access, pin, _absolute(request, reverse("follow_token", args=[access.token])), sealed)


def _absolute(request: HttpRequest, path: str) -> str:
    """The address as it stands on paper."""
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _seal(access: Pass, pin: str) -> str:
    told = {"pass": access.pk, "party": access.party_id, "pin": pin, "at": int(time.time())}
    return encrypt(json.dumps(told), place="intake.slip")


def _open(sealed: str) -> dict[str, Any] | None:
    try:
        found = json.loads(decrypt(sealed, place="intake.slip")) if sealed else None
    except Unreadable:
        return None
    return found if found and time.time() - found["at"] < READABLE_FOR else None
