"""The pages that say something went wrong: what happened, that nothing typed is lost, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.debug import sensitive_variables

from fengqiao.web.http import toast, wants_part
from fengqiao.web.kept import come_from, kept_fields, lost_files, own_submission


def sorry(request: HttpRequest, status: int, heading: str, text: str, **more: Any) -> HttpResponse:
    """A page, or a toast where htmx is at work."""
    context = {"heading": heading, "text": text, "back": come_from(request), **more}
    if wants_part(request):
        return toast(request, "web/sorry.html#toast", status=status, **context)
    return render(request, "web/sorry.html", {"status": status, **context}, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return sorry(request, 400, _("没看懂这个请求"), _("地址或者内容不完整。请回到刚才的页面，再点一次。"))


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403. A `PermissionDenied` with a sentence is shown as it is."""
    reason = str(exception or "") or _("这一页不归您看，或者这件事不归您做。要是应该归您，请找本单位负责人开通。")
    return sorry(request, 403, _("您不能看这一页"), reason, icon="lock")


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404. What somebody may not see is not there for them, so the words are the same."""
    return sorry(
        request,
        404,
        _("没有这一页"),
        _("可能地址抄错了，也可能这件事已经转走，不再归您看。请从首页或者搜索重新找。"),
        icon="map-question",
    )


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Asks nothing of the database or of who is signed in."""
    html = render_to_string("web/500.html")
    return HttpResponse(html, status=500)


@requires_csrf_token
@sensitive_variables()
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the page was open too long or cookies are gone. What our own page sent is given back."""
    heading, text = _("这一页放久了，没有提交成"), _("为了安全，这次没有收。您写的没有丢，核对一下再交一次就行。")
    sign_in = reverse("web:login")
    if request.path == sign_in:
        return sorry(
            request,
            403,
            heading,
            _("请重新打开登录页，再登录一次。"),
            icon="hourglass",
            url=sign_in,
            link=_("重新登录"),
        )
    if not own_submission(request):
        return sorry(
            request, 403, heading, _("这次提交不是从本站的页面来的，没有收。请回到本站重新填写。"), icon="shield-x"
        )
    kept, files = kept_fields(request), lost_files(request)
    return sorry(request, 403, heading, text, icon="hourglass", kept=kept, files=files, again=request.get_full_path())
