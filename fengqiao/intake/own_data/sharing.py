"""Which bodies were given a dispute, and so the data of its people: read from its story, where nothing can be left out."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fengqiao.disputes import events
from fengqiao.ledger.models import Entry

# Event → in which field it names who was given it, and why. An act of a court names the court.
GIVEN = {
    events.Registered.kind: ("body", _("最先登记")),
    events.Dispatched.kind: ("body", _("分派办理")),
    events.Returned.kind: ("body", _("退回")),
    events.Escalated.kind: ("body", _("上报")),
    events.ReferredDown.kind: ("body", _("下派")),
    events.Transferred.kind: ("body", _("转办")),
    events.CalledIn.kind: ("body", _("请来协办")),
    events.HandedOver.kind: ("to", _("移送")),
    events.CourtStepRecorded.kind: ("court", _("申请司法确认、执行")),
}


def shared_with(entries: Iterable[Entry]) -> Iterator[tuple[datetime, str, str]]:
    """When, to whom, why; in the order in which it happened."""
    for entry in entries:
        if entry.kind in GIVEN and entry.payload:
            name, why = GIVEN[entry.kind]
            yield entry.at, str(entry.payload.get(name, "")), str(why)
