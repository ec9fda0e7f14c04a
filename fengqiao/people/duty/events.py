"""What the ledger holds about duty, in the chain of the body whose hall it is (subject `body`)."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import Attending


@entry("duty.planned", _("{by} 排班：{person}，{when}，{where}。"), icon="calendar-plus")
class ShiftPlanned(Event):
    shift_id: int
    person: str
    when: str
    where: str


@entry("duty.ended", _("{by} 停了一个班：{person}，{when}，最后一天 {last}。"), icon="calendar-off")
class ShiftEnded(Event):
    shift_id: int
    person: str
    when: str
    last: str


@entry("duty.changed", _("{by} 调班：{day}，{person} 的班由 {instead} 上。{reason}"), icon="calendar-event")
class ShiftChanged(Event):
    shift_id: int
    day: str
    person: str
    instead: str
    reason: str


@entry("duty.sat_down", _("{by} 到 {window} 上岗。"), icon="armchair")
class SatDown(Event):
    sitting_id: int
    window: str


@entry("duty.stood_up", _("{person} 离开了 {window}。"), icon="armchair-off")
class StoodUp(Event):
    sitting_id: int
    window: str
    person: str


@entry("duty.called", _("{by} 呼叫随驻人员 {person}。{reason}"), icon="phone-outgoing")
class CalledOut(Event):
    call_id: int
    person: str
    reason: str


@entry("duty.answered", _("{by} 记下：{person} 响应了呼叫，用了 {minutes} 分钟。"), icon="phone-check")
class CallAnswered(Event):
    call_id: int
    person: str
    minutes: int


@entry("duty.attendance", _("{by} 记考勤：{person}，{day}，{state}。"), icon="user-check", shows={"state": Attending})
class AttendanceNoted(Event):
    attendance_id: int
    person: str
    day: str
    state: str
