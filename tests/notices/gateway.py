"""A gateway for SMS and a mail server to send to: small, real, on a port of this machine; they count what they are given."""

import json
import socketserver
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fengqiao.notices.ports.sms import SIGNATURE, STAMP, is_signed

SECRET = "a secret of the gateway that nobody guesses"


class Gateway(ThreadingHTTPServer):
    """Takes each id once. `answers` are given instead, one after the other, as long as there are any."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = threading.Lock()
        self.posts: Counter[str] = Counter()  # how often each id came
        self.effects: Counter[str] = Counter()  # how often somebody's telephone would have rung
        self.words: dict[str, dict[str, str]] = {}
        self.asked: Counter[str] = Counter()
        self.answers: list[tuple[int, Any]] = []
        self.hang_up = 0  # so many times it takes the message and closes without a word
        self.pause = threading.Event()  # never set: what is waited for with a timeout
        self.slowness = 0.0  # seconds before and after it is taken

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def port(self) -> dict[str, Any]:
        """What settings.SMS_PORT says of it."""
        return {"url": f"{self.url}/send", "status_url": f"{self.url}/status", "secret": SECRET, "timeout": 5}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was killed hangs up; that is what is tried here."""


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_signed(SECRET, self.headers[STAMP], body, self.headers[SIGNATURE]):
            return self._say(401, {"reason": "signature"})
        told, of = json.loads(body), self.server
        if self.path == "/status":
            with of.lock:
                of.asked[told["id"]] += 1
                return self._say(200, {"state": "accepted" if of.effects[told["id"]] else "unknown"})
        of.pause.wait(of.slowness)
        with of.lock:
            of.posts[told["id"]] += 1
            if of.answers:
                return self._say(*of.answers.pop(0))
            is_new = not of.effects[told["id"]]
            of.effects[told["id"]] += is_new
            of.words[told["id"]] = told
            if of.hang_up:
                of.hang_up -= 1
                return None
        of.pause.wait(of.slowness)
        return self._say(200, {"result": "accepted" if is_new else "duplicate"})

    def _say(self, status: int, told: Any) -> None:
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Silence."""


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP (RFC 5321). `after_data`: what it answers to a letter; None: it hangs up without a word."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, certificate: Path | None = None, *, wrapped: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self.wrapped = wrapped
        self.letters: list[str] = []
        self.to_rcpt = "250 ok"
        self.after_data: str | None = "250 queued"
        self.was_encrypted = False

    @property
    def port(self) -> dict[str, Any]:
        """What settings.MAIL_PORT says of it."""
        return {
            "host": "localhost", "port": self.server_address[1], "sender": "枫桥 <noreply@example.cn>", "security": "none",
            "timeout": 5,
        }  # fmt: skip

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever does not trust our certificate hangs up."""


class _Smtp(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        if self.server.wrapped:
            self._encrypt()
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("EHLO"):
                offer = "250-STARTTLS\r\n" if self.server.context and not self.server.was_encrypted else ""
                self._say(f"250-here\r\n{offer}250-8BITMIME\r\n250-AUTH PLAIN\r\n250 SMTPUTF8")
            elif verb == "STARTTLS":
                self._say("220 go on")
                self._encrypt()
            elif verb.startswith("RCPT"):
                self._say(self.server.to_rcpt)
            elif verb == "DATA":
                self._say("354 go on")
                if not self._letter():
                    return
            elif verb == "QUIT":
                return self._say("221 bye")
            else:
                self._say("235 you are you" if verb.startswith("AUTH") else "250 ok")

    def _letter(self) -> bool:
        lines = list(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
        self.server.letters.append("".join(lines))
        if self.server.after_data is None:
            return False
        self._say(self.server.after_data)
        return True

    def _encrypt(self) -> None:
        assert self.server.context
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.server.was_encrypted = True

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
