"""Windows: set up, renamed, given hours, retired and brought back; opened, closed, given other matters while the hall is at
work. Each is told in the body's chain.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.ledger.book import Actor
from fengqiao.ledger.kinds import Event

from .events import (
    WindowAssigned,
    WindowClosed,
    WindowCorrected,
    WindowOpened,
    WindowRestored,
    WindowRetired,
    WindowSetUp,
)
from .hours import Hours
from .models import EVERYTHING, Body, Window, WindowKind, WindowState

# What keeps a window from being retired. Storeys above know what hangs on it: they put their question here.
OBSTACLES: list[Callable[[Window], str | None]] = []
LONGEST_SUBJECT, MOST_SUBJECTS, LONGEST_NAME, LONGEST_HOURS, LONGEST_REASON = 60, 20, 60, 120, 200


class Keeper(Actor, Protocol):
    """Somebody who works in a hall, or runs it, or keeps the register of all."""

    @property
    def keeps_bodies(self) -> bool: ...

    def works_at(self, body_id: int) -> bool: ...

    def runs(self, body_id: int) -> bool: ...


def keeps(by: Keeper, body_id: int) -> bool:
    """Whether this person arranges the windows there: who runs the hall, and the system administrator, who runs none."""
    return by.keeps_bodies or by.runs(body_id)


@transaction.atomic
def set_up_window(
    body: Body, *, name: str, kind: str, subjects: Sequence[str] = (), hours: str = "", by: Keeper
) -> Window:
    """A window more. Refused to those who do not keep the hall, for a name that the hall has already, and where the body
    is not at work."""
    body = Body.objects.lock(body.pk)
    _refuse_unless(keeps(by, body.pk))
    if not body.is_active:
        raise Refused(_("%(body)s现在是“%(now)s”，不能设窗口。") % {"body": body, "now": body.get_standing_display()})
    told = subjects_of(subjects)
    window = Window(body=body, key=f"w-{get_random_string(12).lower()}", subjects=told)
    window.name, window.kind, window.hours = _facts(window, name, kind, hours)
    window.subject = told[0] if told and told[0] != EVERYTHING else ""
    window.save()
    state = WindowState.objects.create(window=window, since=timezone.now())
    event = WindowSetUp(window_id=window.pk, window=window.name, window_kind=window.kind, subjects=told)
    _tell(window, state, event, by)
    return window


@transaction.atomic
def correct_window(
    window: Window, *, name: str, kind: str, hours: str = "", seen: int, reason: str = "", by: Keeper
) -> WindowState:
    """Another name, kind or opening hours; a slot that is given a name is one no more. Nothing changed: nothing is written.

    Refused to those who do not keep the hall and for a name that it has already; Stale when somebody changed it meanwhile.
    """
    state = _kept(window, seen, by)
    row = state.window
    before, old_name = _told(row), row.name
    row.name, row.kind, row.hours = _facts(row, name, kind, hours)
    row.is_slot = row.is_slot and row.name == old_name
    if not (what := _difference(before, _told(row))):
        return state
    row.save(update_fields=["name", "kind", "hours", "is_slot"])
    return _saved(row, state, WindowCorrected(window_id=row.pk, window=row.name, what=what, reason=_reason(reason)), by)


@transaction.atomic
def retire_window(window: Window, *, seen: int, reason: str, by: Keeper) -> WindowState:
    """It is given up: nobody is sent there any more; what was done at it stays. Refused while it is open or planned for."""
    state = _kept(window, seen, by)
    row = state.window
    if row.is_retired:
        raise Refused(_("%(window)s 已经停用了。") % {"window": row})
    if state.is_open:
        raise Refused(_("%(window)s 还开着。先关窗，再停用。") % {"window": row})
    if obstacles := [told for ask in OBSTACLES if (told := ask(row))]:
        raise Refused(" ".join(obstacles))
    if not _reason(reason):
        raise Refused(_("请写明原因。"))
    row.retired_on = timezone.localdate()
    row.save(update_fields=["retired_on"])
    return _saved(row, state, WindowRetired(window_id=row.pk, window=row.name, reason=_reason(reason)), by)


@transaction.atomic
def restore_window(window: Window, *, seen: int, by: Keeper) -> WindowState:
    """Undo a retirement: it is there again, closed. Refused where another window bears its name now."""
    state = _kept(window, seen, by)
    row = state.window
    if not row.is_retired:
        raise Refused(_("%(window)s 没有停用。") % {"window": row})
    row.retired_on = None
    _facts(row, row.name, row.kind, row.hours)
    row.save(update_fields=["retired_on"])
    return _saved(row, state, WindowRestored(window_id=row.pk, window=row.name), by)


@transaction.atomic
def open_window(window: Window, *, by: Keeper) -> WindowState:
    """It takes people from now on; opening an open one changes nothing. Refused to strangers and for a nameless slot."""
    state = _held(window)
    _refuse_unless(by.works_at(window.body_id))
    if window.is_slot:
        raise Refused(_("这个窗口还没有名称，不能开。请先给它定名，或者新设一个窗口。"))
    if Window.objects.filter(pk=window.pk).exclude(retired_on=None).exists():
        raise Refused(_("%(window)s 已经停用了，先恢复它才能开。") % {"window": window})
    if not state.is_open:
        state.is_open, state.since = True, timezone.now()
        _saved(window, state, WindowOpened(window_id=window.pk, window=window.name), by)
    return state


@transaction.atomic
def close_window(window: Window, *, reason: str, by: Keeper) -> WindowState:
    """It takes nobody any more; closing a closed one changes nothing. Whoever waits there is the queue's to look after."""
    state = _held(window)
    _refuse_unless(by.works_at(window.body_id))
    if state.is_open:
        state.is_open, state.since = False, timezone.now()
        told = WindowClosed(window_id=window.pk, window=window.name, reason=_reason(reason))
        _saved(window, state, told, by)
    return state


@transaction.atomic
def assign_window(
    window: Window, *, subjects: Sequence[str], serves: Body | None, seen: int, reason: str = "", by: Keeper
) -> WindowState:
    """Other matters for this window, or another body's. `seen` is the version that the person was looking at.

    Refused to those who do not keep the hall; Stale when somebody changed it meanwhile.
    """
    state = _kept(window, seen, by)
    if serves is not None and (serves.is_slot or not serves.is_active):
        raise Refused(_("“%(body)s”还没有定名或者已经停用，不能交给它。") % {"body": serves})
    state.subjects, state.serves = subjects_of(subjects), serves
    told = WindowAssigned(
        window_id=window.pk, window=window.name, what="、".join(state.subjects) or str(_("综合")),
        serves=str(serves or window.body), reason=_reason(reason),
    )  # fmt: skip
    return _saved(window, state, told, by)


def subjects_of(words: Sequence[str]) -> list[str]:
    """Subjects in one form, each once. Refused for too many or too long ones."""
    found = list(dict.fromkeys(word for word in (normalise(raw) for raw in words) if word))
    if len(found) > MOST_SUBJECTS or any(len(word) > LONGEST_SUBJECT for word in found):
        wrong = {"n": MOST_SUBJECTS, "m": LONGEST_SUBJECT}
        raise Refused(_("一个窗口最多办 %(n)d 类事，每类的名称最多 %(m)d 个字。") % wrong)
    return found


def _held(window: Window) -> WindowState:
    """The window's state, with the hall's chain held until commit."""
    Body.objects.lock(window.body_id)
    found = WindowState.objects.filter(window=window).first()
    return found or WindowState(window=window, since=timezone.now())


def _kept(window: Window, seen: int, by: Keeper) -> WindowState:
    """The same for who arranges windows, who had version `seen` before them; `state.window` is the row as it is now."""
    _refuse_unless(keeps(by, window.body_id))
    state = _held(window)
    if state.version != seen:
        raise Stale(_("这个窗口刚被别人改过，请看一看现在的样子再改。您写的内容还在。"))
    state.window = Window.objects.select_related("body").get(pk=window.pk)
    return state


def _facts(window: Window, name: str, kind: str, hours: str) -> tuple[str, str, str]:
    """Name, kind and hours in the form in which they are kept. Refused for what cannot be."""
    name = normalise(name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("请写窗口的名称，最多 %(n)d 个字。") % {"n": LONGEST_NAME})
    if kind not in WindowKind.values:
        raise Refused(_("请选窗口的类别。"))
    twins = window.body.windows.filter(name=name, retired_on=None).exclude(pk=window.pk)
    if not window.is_retired and twins.exists():
        raise Refused(_("已经有一个窗口叫“%(name)s”，请换个名称。") % {"name": name})
    written = Hours.read(normalise(hours)).written
    if len(written) > LONGEST_HOURS:
        raise Refused(_("开放时间写得太长了，请合并相同的日子。"))
    return name, kind, written


def _told(window: Window) -> dict[str, str]:
    return {
        str(_("名称")): window.name, str(_("类别")): str(window.get_kind_display()),
        str(_("开放时间")): window.hours_in_words or str(_("没有写")),
    }  # fmt: skip


def _difference(before: dict[str, str], after: dict[str, str]) -> str:
    changed = [{"what": label, "old": before[label], "new": after[label]} for label in after]
    return "、".join(_("%(what)s由“%(old)s”改为“%(new)s”") % one for one in changed if one["old"] != one["new"])


def _saved(window: Window, state: WindowState, event: Event, by: Actor) -> WindowState:
    state.version += 1
    state.save()
    _tell(window, state, event, by)
    return state


def _tell(window: Window, state: WindowState, event: Event, by: Actor) -> None:
    book.append("body", window.body_id, event, by=by, rows=[state])


def _refuse_unless(may: bool) -> None:
    if not may:
        raise Refused(_("开关窗口是本单位窗口人员的事，调整窗口是本单位负责人、分流员和系统管理员的事。"))


def _reason(text: str) -> str:
    return normalise(text)[:LONGEST_REASON]
