"""Duty planned, changed, taken up and left; people called and answering; attendance noted. Each is told in the hall's chain."""

from datetime import date, time
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, Stationing, Window
from fengqiao.kernel.codes import check_phone
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.ledger.kinds import Event

from . import events
from .models import Attendance, Attending, CallOut, Change, Shift, Sitting

if TYPE_CHECKING:
    from fengqiao.people.models import System, User

LONGEST_REASON = 200
KINDS = (Stationing.RESIDENT, Stationing.ROTATING, Stationing.ON_CALL)


@transaction.atomic
def plan(
    hall: Body, *, person: "User", weekday: int, starts: time, ends: time, window: Window | None = None,
    kind: str = Stationing.ROTATING, first: date | None = None, last: date | None = None, phone: str = "", by: "User",
) -> Shift:  # fmt: skip
    """Put somebody on, each week. Refused to those who do not run the hall, and for what cannot be."""
    hall = Body.objects.lock(hall.pk)
    _refuse_unless_runs(hall, by)
    row = Shift(
        hall=hall, window=window, person=person, kind=kind, weekday=weekday, starts=starts, ends=ends,
        first=first or timezone.localdate(), last=last, phone=check_phone(phone) if phone.strip() else "",
    )  # fmt: skip
    _check(row)
    key = {name: getattr(row, name) for name in ("window", "person", "kind", "weekday", "starts", "ends", "first")}
    if same := Shift.objects.filter(hall=hall, **key).first():
        return same  # sent twice is planned once
    row.save()
    told = events.ShiftPlanned(shift_id=row.pk, person=str(person), when=str(row), where=str(window or _("随叫随驻")))
    _tell(hall, told, by, row)
    return row


@transaction.atomic
def end(shift: Shift, *, last: date, by: "User") -> Shift:
    """The shift's last day. A shift that is over keeps standing in the book."""
    hall = Body.objects.lock(shift.hall_id)
    _refuse_unless_runs(hall, by)
    shift = Shift.objects.select_related("person").get(pk=shift.pk)
    if last < timezone.localdate():
        raise Refused(_("最后一天不能早于今天。"))
    shift.last = last
    shift.save(update_fields=["last"])
    told = events.ShiftEnded(shift_id=shift.pk, person=str(shift.person), when=str(shift), last=f"{last}")
    _tell(hall, told, by, shift)
    return shift


@transaction.atomic
def change(shift: Shift, *, day: date, instead: "User | None", reason: str = "", by: "User") -> Change:
    """For one day somebody else, or nobody. Saying it again replaces what was said of that day."""
    hall = Body.objects.lock(shift.hall_id)
    _refuse_unless_runs(hall, by)
    if not Shift.objects.filter(pk=shift.pk).on(day).exists():
        raise Refused(_("这一天没有这个班，请核对日期。"))
    if instead is not None:
        _refuse_who_cannot(hall, instead, shift.kind)
    row = Change.objects.filter(shift=shift, day=day).first() or Change(shift=shift, day=day)
    row.instead, row.reason = instead, normalise(reason)[:LONGEST_REASON]
    row.save()
    told = events.ShiftChanged(
        shift_id=shift.pk, day=f"{day}", person=str(shift.person), instead=str(instead or _("无人")), reason=row.reason
    )
    _tell(hall, told, by, row)
    return row


@transaction.atomic
def sit_down(window: Window, *, by: "User") -> Sitting:
    """上岗. Who sits elsewhere gets up there. Refused while somebody else sits here."""
    hall = Body.objects.lock(window.body_id)
    if not by.works_at(hall.pk):
        raise Refused(_("只有在本单位上班的人能在这个窗口上岗。"))
    there = Sitting.objects.now().filter(window=window).select_related("person").first()
    if there and there.person_id != by.pk:
        told = _("%(person)s 正在这个窗口。请先让 %(person)s 离岗，或者换一个窗口。")
        raise Refused(told % {"person": there.person})
    if there:
        return there
    for other in Sitting.objects.now().filter(person=by).select_related("window", "person"):
        _get_up(other, by)
    row = Sitting.objects.create(window=window, person=by, since=timezone.now())
    _tell(hall, events.SatDown(sitting_id=row.pk, window=window.name), by, row)
    return row


@transaction.atomic
def stand_up(window: Window, *, by: "User | System") -> Sitting | None:
    """离岗. Whoever runs the hall may do it for somebody who forgot."""
    hall = Body.objects.lock(window.body_id)
    there = Sitting.objects.now().filter(window=window).select_related("window", "person").first()
    if there is None:
        return None
    if there.person_id != by.pk and not by.runs(hall.pk):
        raise Refused(_("只能自己离岗，或者由本单位负责人、分流员代办。"))
    return _get_up(there, by)


@transaction.atomic
def call_out(shift: Shift, *, person: "User", reason: str = "", by: "User") -> CallOut:
    """Somebody within call was called; the clock of the answer runs from now. Asked again while it runs: the same call."""
    hall = Body.objects.lock(shift.hall_id)
    if not by.works_at(hall.pk):
        raise Refused(_("只有本单位的人可以呼叫随驻人员。"))
    if not shift.is_on_call:
        raise Refused(_("这个班不是随叫随驻，人应当在窗口。"))
    running = CallOut.objects.filter(shift=shift, person=person, answered_at=None).first()
    if running:
        return running
    said = normalise(reason)[:LONGEST_REASON]
    row = CallOut.objects.create(shift=shift, person=person, called_at=timezone.now(), reason=said)
    _tell(hall, events.CalledOut(call_id=row.pk, person=str(person), reason=said), by, row)
    return row


@transaction.atomic
def answer(call: CallOut, *, by: "User") -> CallOut:
    """They answered: noted by whoever called, or by themselves. The first note counts."""
    hall = Body.objects.lock(call.shift.hall_id)
    row = CallOut.objects.select_related("person").get(pk=call.pk)
    if not (by.works_at(hall.pk) or by.pk == row.person_id):
        raise Refused(_("只有呼叫的单位或者本人可以记响应。"))
    if row.answered_at is None:
        row.answered_at = timezone.now()
        row.save(update_fields=["answered_at"])
        minutes = int((row.answered_at - row.called_at).total_seconds() // 60)
        _tell(hall, events.CallAnswered(call_id=row.pk, person=str(row.person), minutes=minutes), by, row)
    return row


@transaction.atomic
def note_attendance(hall: Body, *, person: "User", day: date, state: str, remark: str = "", by: "User") -> Attendance:
    """到岗、迟到、缺岗. Noted by who runs the hall, about those who are stationed there; noting again corrects it."""
    hall = Body.objects.lock(hall.pk)
    _refuse_unless_runs(hall, by)
    _refuse_stranger(hall, person)
    if state not in Attending.values:
        raise Refused(_("请选到岗、迟到或者缺岗。"))
    if day > timezone.localdate():
        raise Refused(_("还没到那一天，不能先记考勤。"))
    row = Attendance.objects.filter(hall=hall, person=person, day=day).first()
    row = row or Attendance(hall=hall, person=person, day=day)
    row.state, row.remark = state, normalise(remark)[:LONGEST_REASON]
    row.noted_by, row.noted_at = by, timezone.now()
    row.save()
    told = events.AttendanceNoted(attendance_id=row.pk, person=str(person), day=f"{day}", state=state)
    _tell(hall, told, by, row)
    return row


def _get_up(row: Sitting, by: "User | System") -> Sitting:
    row.until = timezone.now()
    row.save(update_fields=["until"])
    hall = Body.objects.lock(row.window.body_id)
    _tell(hall, events.StoodUp(sitting_id=row.pk, window=row.window.name, person=str(row.person)), by, row)
    return row


def _check(shift: Shift) -> None:
    _refuse_who_cannot(shift.hall, shift.person, shift.kind)
    window, on_call = shift.window, shift.kind == Stationing.ON_CALL
    if not 0 <= shift.weekday <= 6 or shift.kind not in KINDS:
        raise Refused(_("请选星期几，以及常驻、轮驻或者随叫随驻。"))
    if shift.ends <= shift.starts:
        raise Refused(_("下班时间应晚于上班时间。"))
    if shift.last and shift.last < shift.first:
        raise Refused(_("最后一天早于第一天。"))
    if on_call and window is not None:
        raise Refused(_("随叫随驻的人不在窗口，窗口请空着。"))
    if not on_call and window is None:
        raise Refused(_("请选在哪个窗口。随叫随驻的才不用选。"))
    if window and (window.body_id != shift.hall_id or window.is_slot):
        raise Refused(_("“%(window)s”不是本单位大厅里定了名的窗口。") % {"window": window})


def _refuse_who_cannot(hall: Body, person: "User", kind: str) -> None:
    """Whoever comes when called stays at the body that employs them; all others must be stationed here."""
    if kind == Stationing.ON_CALL and person.is_active and person.works_cases:
        return
    _refuse_stranger(hall, person)


def _refuse_stranger(hall: Body, person: "User") -> None:
    if not person.is_active or not person.works_at(hall.pk):
        raise Refused(_("%(person)s 不在本单位上班，不能排在这里。请先在账户里登记派驻。") % {"person": person})


def _refuse_unless_runs(hall: Body, by: "User") -> None:
    if not by.runs(hall.pk):
        raise Refused(_("排班、考勤是本单位负责人、分流员的事。"))


def _tell(hall: Body, event: Event, by: "User | System", *rows: models.Model) -> None:
    book.append("body", hall.pk, event, by=by, rows=rows)
