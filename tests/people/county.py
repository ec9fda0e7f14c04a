"""A real OpenID Connect provider on this machine, as small as one can be: discovery, keys, a sign-in form, tokens.

It keeps to the rules (PKCE is checked, a code is good once, the client has to prove itself) unless a test tells it not to.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "fengqiao", "between & us"
FORM = """<!doctype html><html lang="zh-Hans"><title>县里的统一登录</title><h1>县里的统一登录</h1>
<form method="post"><label>工号 <input name="who" required></label>{hidden}<button>登录</button></form>"""


@dataclass
class County:
    """The provider. `lies` are put into the token in place of the truth; `forged` signs with a key nobody knows."""

    people: dict[str, str] = field(default_factory=lambda: {"1001": "chen"})  # what they type -> preferred_username
    lies: dict[str, Any] = field(default_factory=dict)
    forged: bool = False
    unsigned: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    redeemed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key, self.other = keys()
        county = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                county.answer(self, dict(parse_qsl(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                county.answer(self, dict(parse_qsl(body)))

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "County":
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def settings(self) -> dict[str, str]:
        """What the installation is told of it."""
        return {
            "ISSUER": self.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME": "县统一登录",
            "CLAIM": "preferred_username", "SECOND_FACTOR": "ours",
        }  # fmt: skip

    def answer(self, desk: BaseHTTPRequestHandler, told: dict[str, str]) -> None:
        path = urlsplit(desk.path).path
        if path == "/.well-known/openid-configuration":
            say(desk, {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            })  # fmt: skip
        elif path == "/keys":
            say(desk, {"keys": [self.key.as_dict(private=False)]})
        elif path == "/authorize" and desk.command == "GET":
            hidden = "".join(
                f'<input type="hidden" name="{html.escape(k)}" value="{html.escape(v)}">' for k, v in told.items()
            )
            say(desk, FORM.format(hidden=hidden), kind="text/html; charset=utf-8")
        elif path == "/authorize":
            desk.send_response(302)
            desk.send_header("Location", self.back(told))
            desk.end_headers()
        elif path == "/token":
            self.redeem(desk, told)
        else:
            desk.send_error(404)

    def back(self, told: dict[str, str]) -> str:
        """Where the browser goes after the form: with a code, or with a refusal."""
        assert told["code_challenge_method"] == "S256"
        assert told["client_id"] == CLIENT
        if told["who"] not in self.people:
            return f"{told['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': told['state']})}"
        code = secrets.token_urlsafe(8)
        self.codes[code] = told
        return f"{told['redirect_uri']}?{urlencode({'code': code, 'state': told['state']})}"

    def redeem(self, desk: BaseHTTPRequestHandler, told: dict[str, str]) -> None:
        """A code, once, for who it was given to and who can show the verifier."""
        asked = self.codes.pop(told.get("code", ""), None)
        pair = base64.b64encode(f"{CLIENT}:between%20%26%20us".encode()).decode()
        shown = base64.urlsafe_b64encode(hashlib.sha256(told.get("code_verifier", "").encode()).digest())
        fits = asked and asked["code_challenge"] == shown.rstrip(b"=").decode()
        if (
            not fits
            or desk.headers["Authorization"] != f"Basic {pair}"
            or told["redirect_uri"] != asked["redirect_uri"]
        ):
            desk.send_error(400)
            return
        self.redeemed.append(told["code"])
        say(desk, {"access_token": "x", "token_type": "Bearer", "id_token": self.token(asked)})

    def token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": asked["who"], "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "preferred_username": self.people[asked["who"]],
        }  # fmt: skip
        claims |= self.lies
        if self.unsigned:
            parts = ({"alg": "none"}, claims)
            return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.other if self.forged else self.key)


@cache
def keys() -> tuple[RSAKey, RSAKey]:
    """Two of the same name; making one takes a while."""
    one, other = (RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}) for _n in range(2))
    return one, other


def say(desk: BaseHTTPRequestHandler, what: Any, kind: str = "application/json") -> None:
    body = (what if isinstance(what, str) else json.dumps(what)).encode()
    desk.send_response(200)
    desk.send_header("Content-Type", kind)
    desk.send_header("Content-Length", str(len(body)))
    desk.end_headers()
    desk.wfile.write(body)
