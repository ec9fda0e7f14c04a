"""Messages as lists show them: to the administrator without the matter, to those of a dispute and to a party with the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import Dispute, Party

from .commands import CANCELLED, RETRIED
from .models import Channel, Message, State, Why
from .ports.connected import port_of
from .texts import Book

LOOKS = {
    State.WAITING: "time", State.SENDING: "time", State.SENT: "done", State.DELIVERED: "done", State.FAILED: "late",
    State.GIVEN_UP: "late", State.UNCERTAIN: "soon", State.UNCONNECTED: "idle", State.CANCELLED: "idle",
}  # fmt: skip
OCCASIONS: dict[str, Any] = {
    "registered": gettext_lazy("登记了"), "dispatched": gettext_lazy("分派了"), "accepted": gettext_lazy("受理了"),
    "session_scheduled": gettext_lazy("约了调解"), "session_cancelled": gettext_lazy("调解取消了"),
    "agreement_ready": gettext_lazy("协议待签"), "agreement_reminded": gettext_lazy("提醒签协议"),
    "agreement_concluded": gettext_lazy("协议生效"), "obligation_due": gettext_lazy("履行快到期"),
    "obligation_missed": gettext_lazy("履行过期"), "obligation_unmet": gettext_lazy("对方没履行"),
    "mediation_failed": gettext_lazy("调解不成"), "rejected": gettext_lazy("不予受理"), "callback": gettext_lazy("请评价"),
    "code_changed": gettext_lazy("换了查询码"), "assigned": gettext_lazy("指定调解"), "limit_warned": gettext_lazy("快到期"),
    "limit_missed": gettext_lazy("超期"), "notice": gettext_lazy("新通知"), "digest": gettext_lazy("每日汇总"),
}  # fmt: skip
ROLES: dict[str, Any] = {
    "party": gettext_lazy("当事人"), "applicant": gettext_lazy("申请人"), "respondent": gettext_lazy("被申请人"),
    "staff": gettext_lazy("工作人员"), "handler": gettext_lazy("承办人员"), "mediator": gettext_lazy("调解员"),
    "manager": gettext_lazy("负责人"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One message in a list."""

    message: Message
    look: str
    occasion: str
    to: str  # the address, masked
    whom: str  # 当事人
    may_retry: bool
    may_cancel: bool

    @property
    def why(self) -> str:
        """Why it stands so, and what the port said."""
        is_said = not self.message.why or self.message.why == Why.NO_PORT  # the state says that already
        parts = ["" if is_said else self.message.get_why_display(), self.message.said]
        return "：".join(part for part in parts if part)

    @property
    def in_plain_words(self) -> tuple[str, str]:
        """How it stands, for the one to whom it was written: a look and a word."""
        if self.message.state in (State.SENT, State.DELIVERED):
            return "done", _("发给您了")
        if self.message.state in (State.WAITING, State.SENDING):
            return "time", _("还没发")
        return "idle", _("没有发出")

    @property
    def pattern(self) -> str:
        """What it says, with fields instead of facts: who keeps the outbox learns of no matter."""
        found = Book.now().find(self.message.occasion, self.message.role, "zh-hans")
        return found.words if found else ""


def line_of(message: Message) -> Line:
    role = message.role if message.role in ROLES else "staff"
    return Line(
        message, LOOKS[State(message.state)], str(OCCASIONS.get(message.occasion, message.occasion)),
        message.masked_address or _("没有"), str(ROLES[role]), message.state in RETRIED, message.state in CANCELLED,
    )  # fmt: skip


def standing() -> list[tuple[str, bool]]:
    """Each channel, and whether it is connected."""
    return [(str(channel.label), port_of(channel) is not None) for channel in Channel]


def told_of(dispute: Dispute, party: Party | None = None, *, most: int) -> list[Line]:
    """What was sent about this dispute (to this party), the newest first."""
    rows = dispute.messages.select_related(
        "party__message_choice", "user__message_preference", "user__home_body", "user__station_body"
    )
    rows = rows.filter(party=party) if party else rows
    return [line_of(message) for message in _newest(rows, most)]


def _newest(rows: Any, most: int) -> Iterable[Message]:
    return rows.order_by("-pk")[:most]
