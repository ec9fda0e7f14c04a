"""What keeps a body from ending: no dispute may be left without an owner."""

from django.db.models import Q
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body

from .lifecycle import CLOSED
from .models import Dispute, TierStay


def undone(body: Body) -> str | None:
    """The sentence that says how many of its disputes are still open; None when none is."""
    led = TierStay.objects.running().filter(lead=body).values("dispute")
    left = Dispute.objects.filter(Q(body=body) | Q(pk__in=led)).exclude(state__in=[*CLOSED]).count()
    if not left:
        return None
    return _("%(body)s还有 %(n)d 件没办完的纠纷，先移送给别的机构。") % {"body": body, "n": left}
