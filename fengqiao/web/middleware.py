"""Every address is closed unless its view says otherwise; who is sent to sign in keeps what they had typed.

Three layers, in this order: a session that has been idle or is too old ends; who is not signed in is asked to; who has
to change a password or bind a second factor does that first.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fengqiao.people.models import User
from fengqiao.web.account.door import sign_in_page
from fengqiao.web.entering import duty_first, show_out, still_in
from fengqiao.web.errors import sorry
from fengqiao.web.http import READING, wants_part
from fengqiao.web.kept import come_from, kept_fields, own_submission


class StaysSignedIn:
    """Ends a session of staff that was idle or has lasted too long; the request goes on as a stranger's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _is_staff(request) and (over := still_in(request)):
            show_out(request, over)
        return self.get_response(request)


class DutiesFirst:
    """Who has to change a password or bind a second factor finds nothing else until that is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "before_duties", False) or not _is_staff(request) or not isinstance(request.user, User):
            return None
        page = duty_first(request, request.user)
        if not page:
            return None
        if request.method in READING and not wants_part(request):
            return redirect(page)
        heading, text = _("还差一步"), _("请先换密码或者绑定二次验证，再回来接着办。您写的都还在。")
        kept = kept_fields(request) if own_submission(request) else []
        look = {"kind": "soon", "icon": "shield-lock", "url": page, "link": _("去办"), "new_tab": True, "kept": kept}
        return sorry(request, 403, heading, text, **look)


class SignInRequired(LoginRequiredMiddleware):
    """Django's own, but a submission after the session ran out is not thrown away (401, with the text kept)."""

    def handle_no_permission(  # type: ignore[override]  # Django only ever redirects; we may answer at once
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if wants_part(request):
            return self._ask_beside(request, view_func)
        if request.method == "POST" and own_submission(request):
            return sign_in_page(request, again=request.get_full_path(), kept=kept_fields(request), status=401)
        return super().handle_no_permission(request, view_func)

    def _ask_beside(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:
        """The page with what was typed stays; signing in happens in another tab."""
        back = urlencode({"next": come_from(request) or "/"})
        address = f"{self.get_login_url(view_func)}?{back}"
        text = _("您写的都还在这一页上。请在新开的页面里登录，再回来点一次。")
        look = {"kind": "soon", "icon": "hourglass", "url": address, "link": _("去登录"), "new_tab": True}
        return sorry(request, 401, _("登录已经过期"), text, **look)


def _is_staff(request: HttpRequest) -> bool:
    """Whether an account is signed in, asking nothing of the session where no cookie came."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return False
    return isinstance(request.user, User)
