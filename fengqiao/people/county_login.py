"""The county's own sign-in: an OpenID Connect client (authorization code, PKCE, state, nonce; OpenID Connect Core 3.1).

It says who somebody is and gives no powers: an account has to be there already. Settings: COUNTY_SIGN_IN.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import constant_time_equal

from .access_log import Visit, log
from .models import Result, User, Way
from .sign_in import WITH_BODY, admit_address

ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "RS512"]  # signed by a key; never none, never a shared secret
PATIENCE, LARGEST = 5, 1_000_000  # seconds, bytes
REMEMBERED = 600  # seconds that the provider's description and keys are kept
SKEW = 60  # seconds that its clock may be off


class CountyRefused(Refused):
    """It did not come off; the sentence says what to do."""


@dataclass(frozen=True)
class Started:
    """What the browser's session remembers between going there and coming back. Good for one return."""

    state: str
    nonce: str
    verifier: str
    back: str
    onward: str = ""


def is_offered() -> bool:
    return bool(settings.COUNTY_SIGN_IN)


def start(*, back: str, onward: str = "") -> tuple[str, dict[str, str]]:
    """Where to send the browser, and what to remember. Raises CountyRefused when the provider does not answer."""
    begun = Started(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(32), back=back, onward=onward
    )  # fmt: skip
    challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": settings.COUNTY_SIGN_IN["CLIENT_ID"], "redirect_uri": back,
        "scope": "openid profile", "state": begun.state, "nonce": begun.nonce, "code_challenge": challenge,
        "code_challenge_method": "S256",
    }  # fmt: skip
    address = str(_described()["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", asdict(begun)


def finish(remembered: dict[str, str] | None, answer: dict[str, str], *, visit: Visit) -> tuple[User, str]:
    """The account of whom the provider names, and where they wanted to go.

    Raises CountyRefused for an answer to nothing we asked (state), a refusal over there, a token that is not signed by
    the provider, not for us, not for this try (nonce) or too old, and for a person without an open account here.
    """
    admit_address(visit, Way.COUNTY)
    try:
        begun = Started(**(remembered or {}))
        claims = _claims(begun, answer)
    except (TypeError, KeyError, ValueError, OSError, HTTPException, JoseError) as wrong:
        log(Way.COUNTY, Result.REFUSED, visit=visit)
        raise CountyRefused(_("统一登录没有通过，或者这次登录已经用过、放久了。请从登录页重新点一次。")) from wrong
    return _account(claims, visit), begun.onward


def _account(claims: dict[str, Any], visit: Visit) -> User:
    told = claims.get(settings.COUNTY_SIGN_IN["CLAIM"])
    found = User.objects.select_related(*WITH_BODY).filter(username=told).first() if isinstance(told, str) else None
    if found is None or not found.is_active:
        log(Way.COUNTY, Result.CLOSED if found else Result.UNKNOWN, visit=visit, user=found)
        raise CountyRefused(
            _("统一登录认得您，但这里没有您的账户，或者账户已经停用。请找本单位的系统管理员开户，再来登录。")
        )
    if not found.role:
        log(Way.COUNTY, Result.REFUSED, visit=visit, user=found)
        raise CountyRefused(_("您的账户建好了，还在等安全管理员决定角色。批下来以后再登录。"))
    return found


def _claims(begun: Started, answer: dict[str, str]) -> dict[str, Any]:
    """Raises whatever is wrong; the caller tells it in one sentence."""
    if not constant_time_equal(answer.get("state", ""), begun.state):
        raise ValueError("this is no answer to what we asked")
    if "code" not in answer:
        raise ValueError("refused over there")
    described = _described()
    if answer.get("iss", described["issuer"]) != described["issuer"]:  # RFC 9207
        raise ValueError("another provider answers")
    tokens = _redeemed(described, begun, answer["code"])
    token = _verified(tokens["id_token"], described)
    ours = settings.COUNTY_SIGN_IN["CLIENT_ID"]
    registry = jwt.JWTClaimsRegistry(
        leeway=SKEW,
        iss={"essential": True, "value": described["issuer"]},
        aud={"essential": True, "value": ours},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    registry.validate(token.claims)
    if not constant_time_equal(str(token.claims.get("nonce", "")), begun.nonce):
        raise ValueError("the token answers another try")
    several = isinstance(token.claims["aud"], list) and len(token.claims["aud"]) > 1
    if token.claims.get("azp", None if several else ours) != ours:
        raise ValueError("the token is for somebody else")
    return dict(token.claims)


def _verified(token: str, described: dict[str, Any]) -> jwt.Token:
    """Asks for the keys anew once, where they were changed over there since."""
    try:
        return jwt.decode(token, _keys(described), algorithms=ALGORITHMS)
    except (JoseError, ValueError):
        cache.delete(_cached("keys"))
        return jwt.decode(token, _keys(described), algorithms=ALGORITHMS)


def _redeemed(described: dict[str, Any], begun: Started, code: str) -> dict[str, Any]:
    ours = settings.COUNTY_SIGN_IN
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": begun.back, "code_verifier": begun.verifier,
    }  # fmt: skip
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" in ways:
        pair = f"{quote(ours['CLIENT_ID'], safe='')}:{quote(ours['CLIENT_SECRET'], safe='')}"  # RFC 6749 2.3.1
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": ours["CLIENT_ID"], "client_secret": ours["CLIENT_SECRET"]}
    return _asked(Request(_safe(described["token_endpoint"]), urlencode(form).encode(), headers))  # noqa: S310


def _described() -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 4)."""
    issuer = settings.COUNTY_SIGN_IN["ISSUER"]
    known = cache.get(_cached("provider"))
    if known is None:
        try:
            known = _asked(Request(_safe(issuer.rstrip("/") + "/.well-known/openid-configuration")))  # noqa: S310
        except (OSError, ValueError, HTTPException) as silent:
            raise CountyRefused(_("统一登录现在没有回应。请过一会儿再试，或者用这里的用户名和密码登录。")) from silent
        if known.get("issuer") != issuer or not {"authorization_endpoint", "token_endpoint", "jwks_uri"} <= set(known):
            raise CountyRefused(_("统一登录的地址配置得不对，请告诉系统管理员。"))
        cache.set(_cached("provider"), known, REMEMBERED)
    return known


def _keys(described: dict[str, Any]) -> KeySet:
    known = cache.get(_cached("keys"))
    if known is None:
        known = _asked(Request(_safe(described["jwks_uri"])))  # noqa: S310
        cache.set(_cached("keys"), known, REMEMBERED)
    return KeySet.import_key_set(known)


def _cached(what: str) -> str:
    return f"county-sign-in:{what}:{hashlib.sha256(settings.COUNTY_SIGN_IN['ISSUER'].encode()).hexdigest()[:16]}"


class _StayThere(HTTPRedirectHandler):
    """A provider that sends us elsewhere is not followed: the secret goes with the request."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _asked(request: Request) -> dict[str, Any]:
    with build_opener(_StayThere).open(request, timeout=PATIENCE) as answer:
        told = json.loads(answer.read(LARGEST))
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


def _safe(address: str) -> str:
    """https, or this very machine; and nothing but the web."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}):
        return address
    raise ValueError(f"not over a safe line: {parts.scheme}://{parts.hostname}")
