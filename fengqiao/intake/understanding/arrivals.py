"""What nobody at a window has heard (网上、热线、接口、导入) is read in the background, before somebody decides where it goes.

The reading is a proposal and stays one: it sets nothing, and what people decided is never touched. Danger is told at once
to those who run the body that has the matter (人民调解法 25).
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE
from fengqiao.disputes.models import Channel, Dispute
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.ledger.book import Actor
from fengqiao.people.models import SYSTEM

from .events import DangerRead, TextRead
from .learning import in_force
from .models import TextReading
from .reading import Reading, read
from .urgency import DANGER, urgency_of
from .weights import Weights, shipped

UNHEARD = (
    Channel.ONLINE, Channel.HOTLINE, Channel.POLICE, Channel.COURT, Channel.PETITION, Channel.API, Channel.IMPORT,
)  # fmt: skip
LATELY = timedelta(days=7)  # what came before is on somebody's desk
LOOKED_AT = 400  # of those that wait: looked through for danger before any is read
AT_ONCE = 100  # read in one run: five seconds of one core


def read_arrivals() -> int:
    """Read what has come in, danger first, then as it came. Returns how many were read now."""
    waiting = sorted(_waiting(), key=lambda one: (-_danger(one), one.pk))[:AT_ONCE]
    weights = in_force() if waiting else shipped()
    return sum(keep(one, _read(one, weights), version=weights.version) is not None for one in waiting)


@transaction.atomic
def keep(dispute: Dispute, found: Reading, *, version: str, by: Actor = SYSTEM) -> TextReading | None:
    """Write the proposal down, once; None where there is one already, or where it has been decided on meanwhile."""
    dispute = Dispute.objects.lock(dispute.pk)
    if dispute.state not in BEFORE_ACCEPTANCE or dispute.text_readings.exists():
        return None
    kind, urgency, mass = found.kind, found.urgency, found.mass
    row = TextReading.objects.create(
        dispute=dispute, version=version, read_at=timezone.now(), letter=kind.letter, runner_up=kind.runner_up,
        confidence=round(kind.confidence, 3), is_sure=found.is_sure, kind_words=list(kind.because),
        urgency=urgency.grade, is_danger=urgency.grade == DANGER, urgency_confidence=round(urgency.confidence, 3),
        urgency_words=list(urgency.because), is_mass=mass.is_mass, mass_words=list(mass.because),
    )  # fmt: skip
    event = (DangerRead if row.is_danger else TextRead)(reading_id=row.pk, version=version)
    book.append("reading_of", dispute.pk, event, by=by, rows=[row])
    return row


def _waiting() -> Iterable[Dispute]:
    return (
        Dispute.objects.filter(registered_at__gte=timezone.now() - LATELY, channel__in=UNHEARD)
        .filter(state__in=BEFORE_ACCEPTANCE, text_readings=None)
        .order_by("registered_at")[:LOOKED_AT]
    )


def _danger(dispute: Dispute) -> bool:
    """Takes a thousandth of a second or two."""
    return urgency_of(normalise(dispute.facts), shipped()).grade == DANGER


def _read(dispute: Dispute, weights: Weights) -> Reading:
    """A title that is but the first sentence says nothing twice."""
    title = "" if dispute.title.rstrip("…") in dispute.facts else dispute.title
    return read(title, dispute.facts, weights)
