"""What the ledger holds about a hall's queue, in the chain of the body (subject `body`). Tickets keep their own times."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import DeviceKind


@entry(
    "queue.day_closed",
    _("{day} 的排队结束：取号 {taken}，办完 {served}，没有轮到 {unserved}，走了 {gone}。"),
    icon="moon",
)
class QueueDayClosed(Event):
    day: str
    taken: int
    served: int
    unserved: int
    gone: int


@entry(
    "queue.device_made", _("{by} 开通了{device_kind} {device}。"), icon="device-tv", shows={"device_kind": DeviceKind}
)
class DeviceMade(Event):
    device_id: int
    device: str
    device_kind: str


@entry(
    "queue.device_revoked",
    _("{by} 停用了{device_kind} {device}。"),
    icon="device-tv-off",
    shows={"device_kind": DeviceKind},
)
class DeviceRevoked(Event):
    device_id: int
    device: str
    device_kind: str
