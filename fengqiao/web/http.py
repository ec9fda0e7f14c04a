"""What every view shares: answer with the page or the part, never write on a GET, and say no where the person is looking."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.debug import sensitive_variables
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget
from django_htmx.middleware import HtmxDetails

from fengqiao.kernel.errors import Refused
from fengqiao.web.kept import come_from, kept_fields

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")
ALLOWED_ON_GET = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
REFUSED = "refused"
DRAFT_DONE = "draft_done"


def posted(request: HttpRequest) -> QueryDict | None:
    """What to bind a form to. Not `request.POST or None`: an empty submission is still a submission."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> Any:
    """The files to bind beside `posted(request)`."""
    return request.FILES if request.method == "POST" else None


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece to swap in, rather than for a page to show."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(
    request: HttpRequest,
    template: str,
    part: str | None = None,
    *,
    status: int | None = None,
    then: str | None = None,
    said: str = "",
    **context: Any,
) -> HttpResponse:
    """The part when htmx asks, the page otherwise; after a plain POST that went well, a redirect.

    `then` is where to go after a POST that went well (default: the same address); under htmx it is followed only
    when no `part` is given. `said` is one sentence that tells what was done: a toast now, or on the next page.
    Status is 409 if a form carries a refusal, 422 if one is invalid, else 200; giving `status` renders with it.
    """
    wrong = status or (_wrong_status(context) if request.method == "POST" else None)
    done = request.method == "POST" and wrong is None
    if done and (not wants_part(request) or (then and part is None)):
        return _onward(request, then or request.get_full_path(), said)
    name = f"{template}#{part}" if part and wants_part(request) else template
    response = render(request, name, context, status=wrong or 200)
    if done:
        response.write(render_to_string("web/toasts.html", {"said": said}, request) if said else "")
        _draft_is_done(request, response)
    patch_vary_headers(response, ["HX-Request"])
    return response


def acting(view: View) -> View:
    """Wrap a view: a GET cannot write to the database, and a refusal becomes a 409 that keeps what was typed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            with connection.execute_wrapper(_no_writes):
                return view(request, *args, **kwargs)
        try:
            return view(request, *args, **kwargs)
        except Refused as no:
            return refused(request, no)

    return wrapped


def refusal(form: BaseForm, no: Refused) -> None:
    """Put a refusal on top of the form that asked for it, so that the view re-renders it (409) with its text kept."""
    form.add_error(None, ValidationError(str(no), code=REFUSED))


@contextmanager
def refusing(form: BaseForm) -> Iterator[None]:
    """`with refusing(form): command(...); return page(..., then=url)` and below it the form again: a refusal lands there."""
    try:
        yield
    except Refused as no:
        refusal(form, no)


@sensitive_variables()
def refused(request: HttpRequest, no: Refused | str, *, status: int = 409) -> HttpResponse:
    """Say no: a toast where htmx is at work (the page stays as it is), else a page that gives the typed text back."""
    context = {"reason": str(no), "kept": kept_fields(request), "back": come_from(request)}
    if wants_part(request):
        return toast(request, "web/refused.html#toast", status=status, **context)
    return render(request, "web/refused.html", context, status=status)


def toast(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """A note put on top of whatever the person is looking at, leaving the rest of the screen alone."""
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return reswap(retarget(response, "#fq-toasts"), "beforeend")


def _wrong_status(context: dict[str, Any]) -> int | None:
    bound = [form for form in context.values() if isinstance(form, BaseForm | BaseFormSet) and form.is_bound]
    wrong = [form for form in bound if not form.is_valid()]
    if any(isinstance(form, BaseForm) and form.has_error(NON_FIELD_ERRORS, REFUSED) for form in wrong):
        return 409
    return 422 if wrong else None


def _onward(request: HttpRequest, url: str, said: str) -> HttpResponse:
    if said:
        messages.success(request, said, fail_silently=True)
    response = HttpResponseClientRedirect(url) if wants_part(request) else redirect(url)
    _draft_is_done(request, response)
    return response


def _draft_is_done(request: HttpRequest, response: HttpResponse) -> None:
    """Tell site.js that the draft it kept of this form may go."""
    draft = request.POST.get("draft", "")
    if re.fullmatch(r"[\w-]{1,60}", draft, re.ASCII):
        response.set_cookie(DRAFT_DONE, draft, max_age=60, samesite="Lax", secure=request.is_secure())


def _no_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not sql.lstrip(" (\n").upper().startswith(ALLOWED_ON_GET):
        raise RuntimeError(f"a GET may not write: {sql[:60]}")
    return execute(sql, params, many, context)
