"""What this browser remembers for its owner: the application under way, and the slip that is waiting to be copied."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fengqiao.disputes.models import Party
from fengqiao.intake import slips
from fengqiao.intake.models import KEPT_FOR, Application

COOKIE = "application"


def application_of(request: HttpRequest) -> Application | None:
    """The application begun in this browser, also after it was submitted; None when there is none or it has expired."""
    return Application.objects.with_token(request.COOKIES.get(COOKIE, ""))


def open_application(request: HttpRequest) -> Application | None:
    """The application that can still be filled in."""
    found = application_of(request)
    return found if found and not found.is_submitted else None


def remember(response: HttpResponse, token: str) -> None:
    """Let this browser come back to its application for as long as that is kept. Not in the session, which ends sooner."""
    response.set_cookie(
        COOKIE, token, max_age=int(KEPT_FOR.total_seconds()), path="/",
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def waiting_slip(request: HttpRequest) -> slips.Slip | None:
    """The code and PIN just given to this browser, until they are copied or a quarter of an hour has gone by."""
    pk = slips.fresh_party(request)
    party = Party.objects.select_related("dispute").filter(pk=pk).first() if pk else None
    return slips.opened(request, party.dispute, request.session.get(slips.KEY, "")) if party else None


def let_go(request: HttpRequest) -> None:
    """The slip was copied: its PIN leaves the session."""
    request.session.pop(slips.KEY, None)
