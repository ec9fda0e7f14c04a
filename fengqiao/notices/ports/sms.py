"""SMS over HTTP: a small signed JSON exchange with the county's gateway. docs/messages.md has it for those who build one."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from fengqiao.kernel.secrets import constant_time_equal
from fengqiao.notices.models import Outcome

from .answers import LONGEST_ANSWER, Answer, Parcel

LARGEST = 64 * 1024  # bytes of an answer
SKEW = 300  # seconds that their clock and ours may differ
STAMP, SIGNATURE = "X-Fengqiao-Timestamp", "X-Fengqiao-Signature"
SAID = {"accepted": Outcome.ACCEPTED, "duplicate": Outcome.DUPLICATE, "refused": Outcome.REFUSED}
NOT_NOW = (401, 403, 404, 408, 429, 503)  # surely not taken: our signature, our address, or they are busy
BECAME = {
    "unknown": Answer(Outcome.NEVER_CAME),
    "accepted": Answer(Outcome.FOUND),
    "delivered": Answer(Outcome.FOUND, delivered=True),
    "failed": Answer(Outcome.REFUSED),
}


@dataclass(frozen=True)
class SmsPort:
    """A gateway that takes each id once. Without `status_url` it cannot be asked what became of a message."""

    url: str
    secret: str
    status_url: str = ""
    timeout: int = 10  # seconds

    @property
    def can_tell(self) -> bool:
        return bool(self.status_url)

    def send(self, parcel: Parcel) -> Answer:
        body = {"id": parcel.key, "to": parcel.to, "words": parcel.words, "template": parcel.template}
        try:
            told = self._post(self.url, body)
            return Answer(SAID[told["result"]], _plain(told.get("reason")))
        except HTTPError as no:
            return _refused(no)
        except URLError as silent:
            # nobody opened: nothing was sent. Whatever else went wrong may have gone wrong after it arrived.
            at_the_door = isinstance(silent.reason, ConnectionRefusedError)
            return Answer(Outcome.NOT_TAKEN if at_the_door else Outcome.UNKNOWN, type(silent.reason).__name__)
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as broken:
            return Answer(Outcome.UNKNOWN, type(broken).__name__)

    def ask(self, key: str) -> Answer:
        try:
            told = self._post(self.status_url, {"id": key})
            became = BECAME[told["state"]]
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as silent:
            return Answer(Outcome.NOT_TAKEN, type(silent).__name__)
        return Answer(became.outcome, _plain(told.get("reason")), became.delivered)

    def _post(self, url: str, body: dict[str, str]) -> dict[str, Any]:
        data = json.dumps(body, ensure_ascii=False).encode()
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json", STAMP: stamp, SIGNATURE: signature(self.secret, stamp, data),
        }  # fmt: skip
        request = Request(url, data, headers)  # noqa: S310 (the address is the installation's own setting, http or https)
        with build_opener(_StayThere).open(request, timeout=self.timeout) as answer:
            told = json.loads(answer.read(LARGEST))
        if not isinstance(told, dict):
            raise ValueError("not an object")
        return told


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA-256 in hex over the timestamp, a line feed and the body."""
    return hmac.new(secret.encode(), stamp.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, stamp: str, body: bytes, given: str) -> bool:
    """Whether this was signed with the secret, within five minutes of now."""
    fresh = stamp.isascii() and stamp.isdigit() and abs(int(stamp[:15]) - time.time()) <= SKEW
    return fresh and constant_time_equal(signature(secret, stamp, body), given)


class _StayThere(HTTPRedirectHandler):
    """A gateway that sends us elsewhere is not followed: somebody's number goes with the request."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _refused(no: HTTPError) -> Answer:
    """By its status: the caller's fault is for good, ours or a busy gateway's is for now, a broken one's is unknown."""
    with no:
        said = _reason(no.read(LARGEST)) or f"HTTP {no.code}"
    if no.code in NOT_NOW or 300 <= no.code < 400:
        return Answer(Outcome.NOT_TAKEN, said)
    return Answer(Outcome.REFUSED if no.code < 500 else Outcome.UNKNOWN, said)


def _reason(body: bytes) -> str:
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    return _plain(told.get("reason")) if isinstance(told, dict) else ""


def _plain(text: Any) -> str:
    return str(text)[:LONGEST_ANSWER] if text else ""
