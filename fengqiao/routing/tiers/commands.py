"""How a dispute moves on the ladder: it enters, is raised, rises when its time is over, is handed down, and is led."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes import clocks
from fengqiao.disputes.commands import advance, note
from fengqiao.disputes.events import TierEntered, TierLapsed, TierLed, TierLowered, TierRaised
from fengqiao.disputes.lifecycle import OPEN, Act, State
from fengqiao.disputes.models import Came, Dispute, Leads, Tier, TierStay
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry
from fengqiao.people.models import SYSTEM, User

from .standing import led_by, led_sentence, neighbours, stay_of, wanted_lead, why_not_lead, within_reach

AT_ONCE = 500  # disputes put on the ladder in one go; the next minute takes the rest
# Only these: while a clock stands still for an appraisal, nothing begins.
ENTERING = sorted(OPEN - {State.SUSPENDED})


def put_on() -> int:
    """Every open dispute that stands nowhere comes onto the ladder. Safe to run as often and as widely as one likes.

    One that was on it before goes on where it was; any other begins on the lowest tier.
    """
    if not Tier.objects.exists():
        return 0
    waiting = Dispute.objects.filter(state__in=ENTERING).exclude(pk__in=TierStay.objects.running().values("dispute_id"))
    return sum(_entered(pk) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def raise_tier(dispute: Dispute, *, reason: str, by: User, to: Tier | None = None, seen: int | None = None) -> TierStay:
    """One tier up, or to the one where a matter as difficult belongs. Who is to lead there is asked; until they take it,
    whoever leads goes on leading (首接负责制)."""
    dispute, stay = _held(dispute, Act.RAISE_TIER, by, seen)
    reason = given(reason, _("请写明为什么这一层办不了。"))
    reach = within_reach(dispute, stay)
    if not reach:
        raise Refused(_("已经在最高一层，没有再高的了。可以提请领导包案，或者召集会商。"))
    tier = next((one for one in reach if to in (None, one)), None)
    if tier is None:
        raise Refused(_("只能升到上一层，或者按难易程度应到的那一层。请重新选。"))
    return _steps(dispute, stay, tier, Act.RAISE_TIER, reason=reason, by=by)


@transaction.atomic
def lower_tier(dispute: Dispute, *, reason: str, by: User, seen: int | None = None) -> TierStay:
    """One tier down again, with its own clock afresh."""
    dispute, stay = _held(dispute, Act.LOWER_TIER, by, seen)
    reason = given(reason, _("请写明为什么可以由下一层办。"))
    tier = neighbours(stay).below
    if tier is None:
        raise Refused(_("已经在最低一层。"))
    return _steps(dispute, stay, tier, Act.LOWER_TIER, reason=reason, by=by)


@transaction.atomic
def take_lead(dispute: Dispute, *, by: User, seen: int | None = None) -> TierStay:
    """The body that is asked takes the lead; from now on it answers for the dispute."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(Act.LEAD, by) or why_not_lead(dispute, by):
        raise Refused(reason)
    stay = TierStay.objects.running().select_related("tier").get(dispute=dispute)
    event = _led(stay, Body.objects.get(tiers_asked_to_lead=stay))
    advance(dispute, Act.LEAD, by=by, event=event, rows=[stay])
    return stay


@transaction.atomic
def rise_with_time(entry: Entry) -> None:
    """A reaction: the tier's time is over, so the next one follows, once, whoever tells of it how often."""
    dispute = Dispute.objects.lock(entry.subject_id)
    stay = stay_of(dispute)
    if stay is None or stay.clock_id != (entry.payload or {}).get("clock_id"):
        return  # it has moved since
    tier = neighbours(stay).above
    if tier is None:
        return  # on the highest one it stays, late, until somebody settles it
    before = stay.tier.rank
    rows, now = _moved(dispute, stay, tier, Came.LAPSED, "")
    led = led_sentence(dispute, now)
    event = TierLapsed(before=before, tier=tier.name, rank=tier.rank, led=led, body_id=_concerned(dispute, now))
    note(dispute, event, by=SYSTEM, rows=rows)


@transaction.atomic
def led_by_a_leader(entry: Entry) -> None:
    """A reaction: a leader takes it on (包案), and with it the lead of the tier that leaders lead."""
    dispute = Dispute.objects.lock(entry.subject_id)
    stay = stay_of(dispute)
    if stay is not None and stay.asked is not None and stay.tier.lead == Leads.LEADER:
        event = _led(stay, stay.asked)
        note(dispute, event, by=SYSTEM, rows=[stay])


@transaction.atomic
def _entered(pk: int) -> bool:
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=pk)
    if dispute.state not in ENTERING or stay_of(dispute) is not None:
        return False  # it has moved, or another worker was first
    before = TierStay.objects.filter(dispute=dispute).select_related("tier").last()
    ladder = Tier.objects.in_use()
    tier = next((one for one in ladder if before and one.rank >= before.tier.rank), ladder[0])
    rows, stay = _moved(dispute, None, tier, Came.ENTERED, "")
    lead = led_by(dispute, stay)
    note(dispute, TierEntered(tier=tier.name, rank=tier.rank, lead=lead.name, body_id=lead.pk), by=SYSTEM, rows=rows)
    return True


def _held(dispute: Dispute, act: Act, by: User, seen: int | None) -> tuple[Dispute, TierStay]:
    """The row, held, and where it stands; one that came in a minute ago is put onto the lowest tier first."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(act, by):
        raise Refused(reason)
    if not Tier.objects.exists():
        raise Refused(_("本区还没有设调处层级，请系统管理员在“本区数据”里设。"))
    stay = stay_of(dispute)
    if stay is None:
        _entered(dispute.pk)
        stay = TierStay.objects.running().select_related("tier").get(dispute=dispute)
    return dispute, stay


def _steps(dispute: Dispute, stay: TierStay, tier: Tier, act: Act, *, reason: str, by: User) -> TierStay:
    """Somebody moves it to the next tier, and says why."""
    came, told = (Came.RAISED, TierRaised) if act == Act.RAISE_TIER else (Came.LOWERED, TierLowered)
    rows, now = _moved(dispute, stay, tier, came, reason)
    led, concerned = led_sentence(dispute, now), _concerned(dispute, now)
    event = told(tier=tier.name, rank=tier.rank, led=led, body_id=concerned, remark=reason.rstrip("。"))
    advance(dispute, act, by=by, event=event, rows=rows)
    return now


def _moved(dispute: Dispute, stay: TierStay | None, tier: Tier, came: Came, reason: str) -> tuple[list[Any], TierStay]:
    """It leaves the one tier and stands on the other, whose clock begins. The caller writes the rows down."""
    now = timezone.now()
    wanted, leads = wanted_lead(tier, dispute), led_by(dispute, stay)
    lead = stay.lead if stay and wanted else None
    asked = wanted if wanted and wanted != leads else None
    if wanted and wanted == leads:
        lead = wanted
    left = clocks.leave_tier(dispute, now)
    clock = clocks.planned(dispute, tier.limit_key, now, is_main=False)
    clock.body = lead or led_by(dispute, None)
    clock.save(force_insert=True)
    new = TierStay.objects.create(
        dispute=dispute, tier=tier, clock=clock, came=came, reason=reason, lead=lead, asked=asked, entered_at=now
    )
    return [*left, clock, new], new


def _led(stay: TierStay, body: Body) -> Event:
    stay.lead, stay.asked = body, None
    stay.save(update_fields=["lead", "asked"])
    return TierLed(tier=stay.tier.name, body=body.name, body_id=body.pk)


def _concerned(dispute: Dispute, stay: TierStay) -> int:
    """Whom to tell: the body that is asked, else the one that leads."""
    body: Body = stay.asked or led_by(dispute, stay)
    return body.pk
