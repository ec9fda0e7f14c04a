"""Windows while the hall is at work: set up, opened, closed, given other matters. Each is told in the body's chain."""

from collections.abc import Sequence
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

from .events import WindowAssigned, WindowClosed, WindowOpened, WindowSetUp
from .models import EVERYTHING, Body, Window, WindowKind, WindowState

LONGEST_SUBJECT, MOST_SUBJECTS, LONGEST_NAME, LONGEST_REASON = 60, 20, 60, 200


class Keeper(Actor, Protocol):
    """Somebody who works in a hall, or runs it."""

    def works_at(self, body_id: int) -> bool: ...

    def runs(self, body_id: int) -> bool: ...


@transaction.atomic
def set_up_window(body: Body, *, name: str, kind: str, subjects: Sequence[str] = (), by: Keeper) -> Window:
    """A window more. Refused to those who do not run the hall, and for a name that the hall has already."""
    body = Body.objects.lock(body.pk)
    _refuse_unless(by.runs(body.pk))
    name, told = normalise(name), subjects_of(subjects)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("请写窗口的名称，最多 %(n)d 个字。") % {"n": LONGEST_NAME})
    if kind not in WindowKind.values:
        raise Refused(_("请选窗口的类别。"))
    if body.windows.filter(name=name).exists():
        raise Refused(_("已经有一个窗口叫“%(name)s”，请换个名称。") % {"name": name})
    window = Window.objects.create(
        body=body, key=f"w-{get_random_string(12).lower()}", name=name, kind=kind, subjects=told,
        subject=told[0] if told and told[0] != EVERYTHING else "",
    )  # fmt: skip
    state = WindowState.objects.create(window=window, since=timezone.now())
    event = WindowSetUp(window_id=window.pk, window=name, window_kind=kind, subjects=told)
    _tell(window, state, event, by)
    return window


@transaction.atomic
def open_window(window: Window, *, by: Keeper) -> WindowState:
    """It takes people from now on; opening an open one changes nothing. Refused to strangers and for a nameless slot."""
    state = _held(window)
    _refuse_unless(by.works_at(window.body_id))
    if window.is_slot:
        raise Refused(_("这个窗口还没有名称，不能开。请先在辖区资料里给它定名，或者新设一个窗口。"))
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

    Refused to those who do not run the hall; Stale when somebody changed it meanwhile.
    """
    state = _held(window)
    _refuse_unless(by.runs(window.body_id))
    if state.version != seen:
        raise Stale(_("这个窗口刚被别人改过，请看一看现在的样子再改。"))
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


def _saved(window: Window, state: WindowState, event: Event, by: Actor) -> WindowState:
    state.version += 1
    state.save()
    _tell(window, state, event, by)
    return state


def _tell(window: Window, state: WindowState, event: Event, by: Actor) -> None:
    book.append("body", window.body_id, event, by=by, rows=[state])


def _refuse_unless(may: bool) -> None:
    if not may:
        raise Refused(_("开关窗口是本单位窗口人员的事，调整窗口是本单位负责人、分流员的事。"))


def _reason(text: str) -> str:
    return normalise(text)[:LONGEST_REASON]
