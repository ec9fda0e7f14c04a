"""How the API says no: application/problem+json (RFC 9457), a stable `code`, and a sentence in `detail`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.web.once import KeyReused

from .rendering import dumped


class Problem(Schema):
    """What went wrong, for a machine (`code`) and for a person (`detail`)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] = []


class Limited(Exception):
    """Too many requests with one token."""


TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    415: "Unsupported media type",
    422: "Unprocessable content",
    429: "Too many requests",
}
# What any call may answer besides its own success; the schema says so at every operation.
USUAL = dict.fromkeys((400, 401, 404, 409, 422, 429), Problem)


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    body = Problem(title=TITLES[status], status=status, code=code, detail=detail, errors=errors or [])
    answer = HttpResponse(dumped(body.model_dump()), status=status, content_type="application/problem+json")
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="fengqiao"'
    if status == 429:
        answer["Retry-After"] = "60"
    return answer


def speak(api: NinjaAPI) -> None:
    """Teach the API to say no in this one way."""

    @api.exception_handler(AuthenticationError)
    def unauthorized(request: HttpRequest, no: AuthenticationError) -> HttpResponse:
        return problem(
            401, "unauthorized", _("请带上有效的令牌：Authorization: Bearer …。令牌用 ./run token 账号 签发。")
        )

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, no: Http404) -> HttpResponse:
        return problem(404, "not_found", _("没有这一件，或者不归您看。"))

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, no: PermissionDenied) -> HttpResponse:
        return problem(404, "not_found", _("没有这一件，或者不归您看。"))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, no: ValidationError) -> HttpResponse:
        errors = [{"at": list(error["loc"]), "says": error["msg"]} for error in no.errors]
        return problem(422, "invalid", _("有几项填得不对，见 errors。"), errors)

    @api.exception_handler(Stale)
    def stale(request: HttpRequest, no: Stale) -> HttpResponse:
        return problem(409, "stale", str(no))

    @api.exception_handler(KeyReused)
    def reused(request: HttpRequest, no: KeyReused) -> HttpResponse:
        return problem(409, "key_reused", str(no))

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, no: Refused) -> HttpResponse:
        return problem(409, "refused", str(no))

    @api.exception_handler(Limited)
    def limited(request: HttpRequest, no: Limited) -> HttpResponse:
        return problem(429, "too_many", _("请求太频繁了，请一分钟后再试。"))

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, no: HttpError) -> HttpResponse:
        return problem(no.status_code if no.status_code in TITLES else 400, "bad_request", no.message)
