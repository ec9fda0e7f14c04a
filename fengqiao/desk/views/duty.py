"""值班: the plan of a day with its holes, calls for those within call, attendance; the roster in and out."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.models import Body
from fengqiao.desk.rota import sheet
from fengqiao.desk.rota.forms import ChangeForm, EndForm, RosterForm, ShiftForm
from fengqiao.kernel.errors import Refused
from fengqiao.people.duty import commands
from fengqiao.people.duty.models import Attendance, Attending, CallOut, Shift, Sitting
from fengqiao.people.duty.questions import Duty, duties, gaps, on_now, overlaps
from fengqiao.people.models import Role, User
from fengqiao.tables import rows_of_upload
from fengqiao.web.actors import staff
from fengqiao.web.downloads import table_file
from fengqiao.web.http import acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form

PAGE, FORM = "desk/duty.html", "desk/duty_form.html"
LATEST = 200


@require_GET
@never_cache
@acting
def duty(request: HttpRequest) -> HttpResponse:
    """One day: who is to be where, what is wrong with the plan, who was called, who came."""
    user, hall = _of_hall(request)
    day = _day(request.GET.get("day", ""))
    on = duties(hall, day)
    return page(
        request, PAGE, hall=hall, day=day, before=day - timedelta(days=1), after=day + timedelta(days=1),
        runs=user.runs(hall.pk), is_today=day == timezone.localdate(), now_on={one.shift.pk for one in on_now(hall)},
        at_windows=[one for one in on if not one.shift.is_on_call], on_call=[one for one in on if one.shift.is_on_call],
        gaps=gaps(hall, day), overlaps=overlaps(hall, day), people=_people(hall, day, on), states=Attending.choices,
        calls=CallOut.objects.filter(shift__hall=hall).select_related("person", "shift")[:10],
    )  # fmt: skip


@acting
@idempotent_form
def add_shift(request: HttpRequest) -> HttpResponse:
    """排一个班."""
    user, hall = _runner(request)
    form = ShiftForm(posted(request), hall=hall)
    if form.is_valid():
        with refusing(form):
            shift = commands.plan(hall, by=user, **form.cleaned_data)
            return page(request, FORM, then=reverse("duty"), said=_("排好了：%(who)s") % {"who": shift.person})
    return page(request, FORM, form=form, title=_("排一个班"))


@acting
@idempotent_form
def change_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """调班: one day, somebody else or nobody."""
    user, hall = _runner(request)
    shift = get_object_or_404(Shift.objects.select_related("person", "window"), pk=pk, hall=hall)
    day = _day(request.GET.get("day", ""))
    form = ChangeForm(posted(request), hall=hall, initial={"day": day})
    if form.is_valid():
        with refusing(form):
            changed = commands.change(shift, by=user, **form.cleaned_data)
            return page(request, FORM, then=f"{reverse('duty')}?day={changed.day}", said=_("调好了。"))
    return page(request, FORM, form=form, title=_("调班"), shift=shift)


@acting
@idempotent_form
def end_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """停一个班: its last day."""
    user, hall = _runner(request)
    shift = get_object_or_404(Shift.objects.select_related("person", "window"), pk=pk, hall=hall)
    form = EndForm(posted(request), initial={"last": timezone.localdate()})
    if form.is_valid():
        with refusing(form):
            commands.end(shift, by=user, **form.cleaned_data)
            return page(request, FORM, then=reverse("duty"), said=_("这个班上到那一天为止。"))
    return page(request, FORM, form=form, title=_("停一个班"), shift=shift, stop=True)


@acting
@idempotent_form
def import_roster(request: HttpRequest) -> HttpResponse:
    """A spreadsheet, whole or not at all, with what is wrong in each row."""
    user, hall = _runner(request)
    form = RosterForm(posted(request), sent_files(request))
    wrong: list[sheet.Wrong] = []
    if form.is_valid():
        with refusing(form):
            planned, wrong = sheet.take_in(rows_of_upload(form.cleaned_data["file"], sheet.LAYOUT), hall=hall, by=user)
            if not wrong:
                return page(request, FORM, then=reverse("duty"), said=_("收下了 %(n)d 行。") % {"n": planned})
            raise Refused(_("有 %(n)d 行不对，一行也没有收。改好再传一次。") % {"n": len(wrong)})
    return page(
        request,
        FORM,
        form=form,
        title=_("导入值班表"),
        wrong=wrong,
        columns="、".join(sheet.LAYOUT.columns),
        multipart=True,
    )


@require_POST
@acting
def export_roster(request: HttpRequest) -> HttpResponse:
    """The roster as a table."""
    user, hall = _of_hall(request)
    rows = sheet.given_out(Shift.objects.of(hall.pk), hall=hall, by=user)
    return table_file({_("值班表"): rows}, name="duty")


@require_POST
@never_cache
@acting
def call_out(request: HttpRequest, pk: int) -> HttpResponse:
    """呼叫: written down first, then the number is shown, this once."""
    user, hall = _of_hall(request)
    shift = get_object_or_404(Shift.objects.filter(kind="on_call"), pk=pk, hall=hall)
    on = next((one for one in duties(hall, timezone.localdate()) if one.shift.pk == shift.pk), None)
    if on is None or on.person is None:
        raise Refused(_("这个班今天没有人，叫不到。"))
    call = commands.call_out(shift, person=on.person, reason=request.POST.get("reason", ""), by=user)
    return page(request, "desk/duty_call.html", status=200, call=call, phone=on.phone, hall=hall)


@require_POST
@acting
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """They answered: the time it took is on record."""
    user, hall = _of_hall(request)
    commands.answer(get_object_or_404(CallOut, pk=pk, shift__hall=hall), by=user)
    return page(request, PAGE, then=reverse("duty"), said=_("记下了，已响应。"))


@require_POST
@acting
@idempotent_form
def note_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """到岗、迟到、缺岗, one person and day."""
    user, hall = _runner(request)
    here = Q(station_body=hall) | Q(home_body=hall, station_body=None)
    person, day = get_object_or_404(User.objects.filter(here), pk=pk), _day(request.POST.get("day", ""))
    told = {"state": request.POST.get("state", ""), "remark": request.POST.get("remark", "")}
    commands.note_attendance(hall, person=person, day=day, by=user, **told)
    return page(request, PAGE, then=f"{reverse('duty')}?day={day}", said=_("%(who)s 的考勤记下了。") % {"who": person})


@require_GET
@acting
def attendance(request: HttpRequest) -> HttpResponse:
    """双重管理: the centre reads what it noted; the head of the body that sent somebody reads about its own people."""
    user = staff(request)
    if not user.oversees or user.body is None:
        raise PermissionDenied(_("考勤给本单位负责人、分流员看。"))
    noted = Attendance.objects.filter(hall=user.body)
    if user.role == Role.MANAGER:
        noted = noted | Attendance.objects.filter(person__home_body=user.body)
    rows = noted.select_related("hall", "person__home_body", "noted_by")[:LATEST]
    return page(request, "desk/attendance.html", rows=rows, body=user.body)


def _of_hall(request: HttpRequest) -> tuple[User, Body]:
    user = staff(request)
    if not user.works_cases or user.body is None:
        raise PermissionDenied(_("值班表给在大厅上班的人看。"))
    return user, user.body


def _runner(request: HttpRequest) -> tuple[User, Body]:
    user, hall = _of_hall(request)
    if not user.runs(hall.pk):
        raise PermissionDenied(_("排班、考勤是本单位负责人、分流员的事。"))
    return user, hall


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _people(hall: Body, day: date, on: list[Duty]) -> list[dict[str, Any]]:
    """Whoever was to be at a window that day, with when they first sat down and what was noted."""
    noted = {one.person_id: one for one in Attendance.objects.filter(hall=hall, day=day)}
    sat: dict[int, Any] = {}
    for one in Sitting.objects.filter(window__body=hall, since__date=day).order_by("-since"):
        sat[one.person_id] = one.since
    due = {one.person.pk: one for one in reversed(on) if one.person and not one.shift.is_on_call}
    return [{"duty": one, "person": one.person, "sat": sat.get(pk), "noted": noted.get(pk)} for pk, one in due.items()]
