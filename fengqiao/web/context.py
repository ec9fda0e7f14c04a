"""What every template may say without being told: whose site it is, how it is displayed, and what time it is."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body

THEMES = ("light", "dark", "auto")
MODES = ("normal", "elder")


@dataclass(frozen=True, slots=True)
class Display:
    """How this browser wants to see us: cookies, so that it holds before anybody signs in."""

    theme: str
    mode: str

    @property
    def elder(self) -> bool:
        return self.mode == "elder"


def display_of(request: HttpRequest) -> Display:
    """Theme light, dark or auto; mode normal or elder."""
    theme, mode = request.COOKIES.get("theme", ""), request.COOKIES.get("mode", "")
    return Display(theme if theme in THEMES else "auto", mode if mode in MODES else "normal")


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    user = getattr(request, "user", None)
    return {
        "site_name": getattr(settings, "SITE_NAME", None) or _("枫桥"),
        "centre_name": SimpleLazyObject(_centre_name),
        "version": _version(),
        "now": timezone.localtime(),
        "display": display_of(request),
        "desk_url": "/desk/",
        "search_url": "/desk/search/",
        "demo": getattr(settings, "DEMO", False),
        "shell": "web/desk_base.html" if user is not None and user.is_authenticated else "web/phone_base.html",
        "offline_title": _("没有发出去"),
        "offline_text": _("网络断了或者系统忙。您写的都还在，过一会儿再点一次。"),
    }


def _centre_name() -> str:
    root = Body.objects.root()
    return str(root) if root else ""


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return installed_version("fengqiao")
    except PackageNotFoundError:
        return ""
