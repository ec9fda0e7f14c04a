"""Nothing typed is lost: what a refused or expired submission carried, to be shown again and sent again."""

from dataclasses import dataclass

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SECRET = ("password", "passwd", "pin", "token", "secret")
LONG = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """One posted value."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether a person is likely to have typed it as prose, so that it is worth showing for copying."""
        return len(self.value) >= LONG or "\n" in self.value or any("\u4e00" <= sign <= "\u9fff" for sign in self.value)


def kept_fields(request: HttpRequest) -> list[Kept]:
    """What was posted, in order, without tokens and passwords. Files cannot be given back by any browser."""
    return [
        Kept(name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not any(word in name.lower() for word in SECRET)
        for value in values
        if value
    ]


def lost_files(request: HttpRequest) -> list[str]:
    """Names of the files that came with the submission and must be chosen again."""
    return [file.name or "" for _, files in request.FILES.lists() for file in files]


def own_submission(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this form; a stranger's form is never offered for sending again."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(origin) and url_has_allowed_host_and_scheme(origin, {request.get_host()}, request.is_secure())


def come_from(request: HttpRequest) -> str:
    """The page of ours the person came from, or nothing."""
    back = request.headers.get("Referer", "")
    try:
        host = request.get_host()
    except DisallowedHost:  # asked for under a name that is not ours: no page of ours sent them
        return ""
    return back if url_has_allowed_host_and_scheme(back, {host}, request.is_secure()) else ""
