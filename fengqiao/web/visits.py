"""From where a request comes: its address, and the browser in a few words."""

import re

from django.conf import settings
from django.http import HttpRequest

from fengqiao.people.access_log import Visit

# The first that fits; every browser also claims to be some of those below it.
BROWSERS = (
    ("MicroMessenger/", "微信"), ("DingTalk/", "钉钉"), ("Edg", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("OpenHarmony", "鸿蒙"), ("HarmonyOS", "鸿蒙"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def visit_of(request: HttpRequest) -> Visit:
    """What the access log keeps of a request."""
    return Visit(address_of(request), device_of(request))


def address_of(request: HttpRequest) -> str:
    """Where the request came from: behind our own proxy, what that proxy says last."""
    if settings.SECURE_PROXY_SSL_HEADER and (named := request.headers.get("X-Forwarded-For")):
        return named.split(",")[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def device_of(request: HttpRequest) -> str:
    """Chrome · Windows; nothing for a program."""
    said = request.headers.get("User-Agent", "")
    words = (_first(BROWSERS, said), _first(SYSTEMS, said))
    return " · ".join(word for word in words if word)


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in names if re.search(re.escape(mark), said)), "")
