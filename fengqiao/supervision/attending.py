"""到场: a conference that was held says which of the called bodies were there. A reaction; told twice it notes once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Attendance, Dispute
from fengqiao.ledger.models import Entry
from fengqiao.people.models import SYSTEM
from fengqiao.routing.joint.tasks import attended

from .models import Conference


@transaction.atomic
def in_a_conference(entry: Entry) -> None:
    """Nothing to note where none of the called bodies had a seat."""
    conference = Conference.objects.get(pk=(entry.payload or {})["conference_id"])
    dispute = Dispute.objects.lock(conference.dispute_id)
    seats = dict(conference.seats.values_list("body_id", "attended").order_by("attended"))
    called = [one for one in dispute.assists.select_related("body") if one.body_id in seats]
    held = conference.held_at or entry.at
    what = _("会商：%(topic)s") % {"topic": conference.topic}
    what = f"{what[:100]}（{conference.pk}）"
    if called and not Attendance.objects.filter(assist__dispute=dispute, what=what).exists():
        attended(
            dispute, what, timezone.localdate(held), [one for one in called if seats[one.body_id]], by=SYSTEM, of=called
        )
