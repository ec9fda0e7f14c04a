"""Every address is closed unless its view says otherwise; who is sent to sign in keeps what they had typed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fengqiao.web.errors import sorry
from fengqiao.web.http import wants_part
from fengqiao.web.kept import come_from, kept_fields, own_submission
from fengqiao.web.views import sign_in_page


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
