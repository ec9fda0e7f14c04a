"""The pages: a month of what is due, and the year's holidays: pasted, looked at, put on record."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengqiao.desk.administration.area import on_duty
from fengqiao.disputes import holidays
from fengqiao.kernel.calendar import Year
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.holidays import YearRefused, read_year
from fengqiao.people.duties import Duty
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusal, sent_files
from fengqiao.web.once import idempotent_form

from .forms import YearForm
from .month import EARLIEST, LATEST, Month, scopes_of, usual_scope

YEAR = "desk/calendar/year.html"


@require_GET
@acting
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, and one of its days with why each limit ends then."""
    reader, today = staff(request), timezone.localdate()
    scopes = scopes_of(reader)
    if not scopes:
        raise PermissionDenied(_("日历给办理纠纷的人和领导看。"))
    scope = request.GET.get("scope", "")
    on = _date(request.GET.get("day", ""))
    first = (on or _date(f"{request.GET.get('month', '')}-01") or today).replace(day=1)
    month = Month(first, reader, scope if scope in scopes else _first(scopes, usual_scope(reader)))
    on = on or (today if first == today.replace(day=1) else _first_due(month))
    sheet = month.due_on(on, request.GET.get("page")) if on else None
    return page(request, "desk/calendar/month.html", month=month, scopes=scopes, on=on, sheet=sheet, today=today)


@acting
@idempotent_form
def year(request: HttpRequest) -> HttpResponse:
    """Another year's holidays: read, with every wrong line; then what they would move; then on record."""
    by = on_duty(request, Duty.KEEP_DISTRICT)
    years = holidays.enterable()
    form = YearForm(posted(request), sent_files(request), years=years, asked=request.GET.get("year", ""))
    here: dict[str, Any] = {"form": form, "years": [holidays.entered(one) for one in years], "wrong": ()}
    if form.is_valid():
        facts = form.cleaned_data
        try:
            said = read_year(facts["text"], facts["year"])
            if facts["mark"] == form.fingerprint(said):
                holidays.enter(said, source=facts["source"], seen=facts["seen"], by=by)
                told = _("%(year)d年放假安排录入好了，在走的期限马上在后台重算。") % {"year": said.year}
                return page(request, YEAR, then=reverse("calendar_year"), said=told)
            return _previewed(request, form, said, here)
        except Refused as no:
            here["wrong"] = _lines(no, facts["text"])
            refusal(form, no)
    return page(request, YEAR, **here)


def _previewed(request: HttpRequest, form: YearForm, said: Year, here: dict[str, Any]) -> HttpResponse:
    """What it would do, with the button that does it. Nothing was done yet, so the answer is a page, not a way on."""
    moving = holidays.would_move(said)
    shown = form.to_confirm(said)
    return page(request, YEAR, status=200, **{**here, "form": shown}, said_year=said, moving=moving)


def _lines(no: Refused, text: str) -> Sequence[tuple[int, str, str]]:
    """Each wrong line: its number, what stands there, what is wrong."""
    lines = ["", *text.splitlines()]
    return [(one.line, lines[one.line][:60], one.why) for one in no.lines] if isinstance(no, YearRefused) else []


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _first(scopes: dict[str, Any], wanted: str) -> str:
    return wanted if wanted in scopes else next(iter(scopes))


def _first_due(month: Month) -> date | None:
    return next((day.on for day in month.days if day.count), None)
