"""What the ledger holds about a hall's windows, in the chain of the body whose hall it is (subject `body`)."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import WindowKind


@entry("window.set_up", _("{by} 新设窗口 {window}（{window_kind}）。"), icon="plus", shows={"window_kind": WindowKind})
class WindowSetUp(Event):
    window_id: int
    window: str
    window_kind: str
    subjects: list[str]


@entry("window.opened", _("{by} 开了窗口 {window}。"), icon="door-enter")
class WindowOpened(Event):
    window_id: int
    window: str


@entry("window.closed", _("{by} 关了窗口 {window}：{reason}"), icon="door-exit")
class WindowClosed(Event):
    window_id: int
    window: str
    reason: str


@entry("window.assigned", _("{by} 调整窗口 {window}：办 {what}，办 {serves} 的事。{reason}"), icon="arrows-exchange")
class WindowAssigned(Event):
    window_id: int
    window: str
    what: str
    serves: str
    reason: str
