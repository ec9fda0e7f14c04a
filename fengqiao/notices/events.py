"""What the ledger holds about messages: what somebody decided about one by hand, what people chose, a day's digest."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import Channel, State

SUBJECT = "message"  # its chain: what was decided about one message by hand


@entry(
    "message.retried",
    _("{by} 让一条{channel}再发一次，原来的状态：{was}。"),
    icon="refresh",
    shows={"channel": Channel, "was": State},
)
class MessageRetried(Event):
    channel: str
    was: str


@entry(
    "message.cancelled",
    _("{by} 让一条{channel}不发了，原来的状态：{was}。"),
    icon="x",
    shows={"channel": Channel, "was": State},
)
class MessageCancelled(Event):
    channel: str
    was: str


@entry(
    "message.confirmed",
    _("{by} 核实一条{channel}已经发出，不再发。"),
    icon="check",
    shows={"channel": Channel},
)
class MessageConfirmed(Event):
    """Of one of which nobody could tell whether it went."""

    channel: str


@entry("message.chosen", _("{by} 选了怎么收消息：短信{sms}，邮件{mail}。"), icon="message")
class MessagesChosen(Event):
    """In the dispute's own story: the party's choice."""

    party_id: int
    sms: str
    mail: str


@entry("message.digest", _("您有 {count} 条通知还没有看。"), icon="mail")
class DigestMade(Event):
    """In the chain of the person whose digest it is."""

    count: int
