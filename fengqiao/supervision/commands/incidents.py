"""重大事项报告: report, follow up, sign for, pass on up the line, start the plan, tick its steps, close."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import note
from fengqiao.disputes.knowing import named
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given, short
from fengqiao.ledger import book
from fengqiao.people.models import User
from fengqiao.supervision.events import (
    IncidentFollowedUp,
    IncidentOfDispute,
    IncidentOver,
    IncidentReceived,
    IncidentReported,
    IncidentSent,
    PlanStarted,
    PlanTicked,
)
from fengqiao.supervision.models import Incident, IncidentReport, IncidentState, PlanRun, PlanTick, Receipt
from fengqiao.supervision.thresholds import plan_now

from .holding import LONGEST_TEXT, fresh, keep

SUBJECT = "incident"


@transaction.atomic
def report(
    *,
    title: str,
    place: str,
    happened_at: datetime,
    people: int,
    words: str,
    measures: str,
    by: User,
    dispute: Dispute | None = None,
    seen: int | None = None,
) -> Incident:
    """The first report: what, where, how many people, what was done. It goes to the coordinating body above (handbook 2.3)."""
    if dispute is not None:
        dispute = Dispute.objects.lock(dispute.pk, seen=seen)
        if reason := dispute.why_not(Act.ALARM, by):
            raise Refused(reason)
    if by.body is None or not by.works_cases:
        raise Refused(_("只有办事的单位可以报告重大事项。"))
    above = by.body.superior
    if dispute is not None and dispute.is_restricted and above and not _is_known_at(dispute, above):
        raise Refused(_("这件事限知，%(body)s没有人在知悉名单上。请先把他们列进去，再报告。") % {"body": above})
    if happened_at > timezone.now():
        raise Refused(_("发生时间不能晚于现在。"))
    incident = Incident.objects.create(
        dispute=dispute, body=by.body, region_code=by.body.region.code,
        title=given(title, _("请用一句话写明出了什么事。"), longest=120),
        place=given(place, _("请写明在哪里。"), longest=200), happened_at=happened_at,
    )  # fmt: skip
    row = _row(incident, words, people, measures, by)
    event = IncidentReported(
        report_id=row.pk, title=incident.title, place=incident.place, people=people, body=by.body.name
    )
    book.append(SUBJECT, incident.pk, event, by=by, rows=[incident, row])
    _send(incident, row, above, by)
    if dispute is not None:
        note(dispute, IncidentOfDispute(incident_id=incident.pk, title=incident.title), by=by)
    return incident


@transaction.atomic
def follow_up(
    incident: Incident, *, words: str, people: int, measures: str, by: User, seen: int | None = None
) -> IncidentReport:
    """How it stands now (续报). Everybody who was told of the first is told of this."""
    incident = _held(incident, seen)
    _allow(incident, by)
    row = _row(incident, words, people, measures, by)
    keep(incident)
    event = IncidentFollowedUp(report_id=row.pk, n=row.n, people=people)
    book.append(SUBJECT, incident.pk, event, by=by, rows=[incident, row])
    bodies = Body.objects.filter(incident_receipts__report__incident=incident).exclude(pk=by.body_id or 0).distinct()
    for body in bodies or [by.body.superior if by.body else None]:
        _send(incident, row, body, by)
    return row


@transaction.atomic
def sign_for(receipt: Receipt, *, by: User) -> Receipt:
    """The body that was told has read it."""
    incident = _seen(Incident.objects.lock(receipt.report.incident_id), by)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    if receipt.body is None or not may_receive(receipt, by):
        raise Refused(_("这份报告不是报给您单位的。"))
    if receipt.received_at is not None:
        raise Refused(_("已经签收过了。"))
    receipt.received_by, receipt.received_at = by, timezone.now()
    receipt.save(update_fields=["received_by", "received_at"])
    event = IncidentReceived(receipt_id=receipt.pk, n=receipt.report.n, body=receipt.body.name)
    book.append(SUBJECT, incident.pk, event, by=by, rows=[receipt])
    return receipt


@transaction.atomic
def pass_on(incident: Incident, *, by: User, to_name: str = "", how: str = "", seen: int | None = None) -> Receipt:
    """Up the line: to the coordinating body above; from the top, to who is named outside, and how (区委区政府)."""
    incident = _held(incident, seen)
    if not may_pass_on(incident, by) or by.body is None:
        raise Refused(_("只有收到报告的单位可以往上报。"))
    row = incident.reports.latest("n")
    above = by.body.superior
    if above is not None:
        if row.receipts.filter(body=above).exists():
            raise Refused(_("这一报已经报给%(body)s了。") % {"body": above})
        return _sent(incident, row, above, by)
    receipt = Receipt.objects.create(
        report=row, to_name=given(to_name, _("请写明报给谁。"), longest=120), sent_by=by, sent_at=timezone.now(),
        how=given(how, _("请写明怎么报的：电话、书面、当面。"), longest=120),
    )  # fmt: skip
    event = IncidentSent(
        receipt_id=receipt.pk, n=row.n, to=receipt.to_name, how=receipt.how, body_id=0, dispute_id=None
    )
    book.append(SUBJECT, incident.pk, event, by=by, rows=[receipt])
    return receipt


@transaction.atomic
def start_plan(incident: Incident, *, by: User, seen: int | None = None) -> PlanRun:
    """应急预案: the checklist of the district as it reads now, else the generic one."""
    incident = _held(incident, seen)
    _seen(incident, by)
    if not by.oversees and by.body_id != incident.body_id:
        raise Refused(_("只有报告单位和上级单位可以启动预案。"))
    if PlanRun.objects.filter(incident=incident).exists():
        raise Refused(_("预案已经启动了。"))
    plan, now = plan_now(), timezone.now()
    run = PlanRun.objects.create(incident=incident, name=plan.name, started_by=by, started_at=now)
    ticks = [
        PlanTick.objects.create(run=run, n=n, words=step.words, basis=step.basis)
        for n, step in enumerate(plan.steps, start=1)
    ]
    keep(incident)
    event = PlanStarted(plan=plan.name, steps=len(ticks))
    book.append(SUBJECT, incident.pk, event, by=by, rows=[incident, run, *ticks])
    return run


@transaction.atomic
def tick(step: PlanTick, *, by: User) -> PlanTick:
    """This step is done. Ticked twice, it stays as it was first."""
    incident = _seen(Incident.objects.lock(step.run.incident_id), by)
    step = PlanTick.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if not by.works_cases:
        raise Refused(_("只有办事的单位可以打勾。"))
    if step.done_at is not None:
        return step
    if not incident.is_open:
        raise Refused(_("事情已经平息，清单不能再改。"))
    step.done_by, step.done_at = by, timezone.now()
    step.save(update_fields=["done_by", "done_at"])
    event = PlanTicked(tick_id=step.pk, n=step.n, words=brief_of(step))
    book.append(SUBJECT, incident.pk, event, by=by, rows=[step])
    return step


@transaction.atomic
def close(incident: Incident, *, words: str, people: int, measures: str, by: User, seen: int | None = None) -> Incident:
    """The last report: it is over."""
    incident = _held(incident, seen)
    _allow(incident, by)
    row = _row(incident, words, people, measures, by)
    incident.state, incident.closed_at = IncidentState.OVER, timezone.now()
    keep(incident, "state", "closed_at")
    book.append(SUBJECT, incident.pk, IncidentOver(report_id=row.pk), by=by, rows=[incident, row])
    for body in (
        Body.objects.filter(incident_receipts__report__incident=incident).exclude(pk=by.body_id or 0).distinct()
    ):
        _send(incident, row, body, by)
    return incident


def may_report(incident: Incident, user: User) -> bool:
    """Who writes the reports: the body that began, and those above that were told."""
    return user.works_cases and (user.body_id == incident.body_id or may_pass_on(incident, user))


def may_receive(receipt: Receipt, user: User) -> bool:
    return user.body_id == receipt.body_id and (user.oversees or not user.works_cases)


def may_pass_on(incident: Incident, user: User) -> bool:
    """Those who answer for a body that was told."""
    return user.oversees and Receipt.objects.filter(report__incident=incident, body=user.body_id).exists()


def brief_of(step: PlanTick) -> str:
    return short(step.words)[:80]


def _is_known_at(dispute: Dispute, body: Body) -> bool:
    return any(row.user.body_id == body.pk and row.user.is_active for row in named(dispute))


def _held(incident: Incident, seen: int | None) -> Incident:
    incident = fresh(Incident.objects.lock(incident.pk), seen)
    if not incident.is_open:
        raise Refused(_("已经报告平息了，要再报请新报一件。"))
    return incident


def _seen(incident: Incident, by: User) -> Incident:
    if not Incident.objects.visible_to(by).filter(pk=incident.pk).exists():
        raise Refused(_("没有找到这份报告，或者不归您看。"))
    return incident


def _allow(incident: Incident, by: User) -> None:
    _seen(incident, by)
    if not may_report(incident, by):
        raise Refused(_("只有报告单位和收到报告的上级单位可以续报。"))


def _row(incident: Incident, words: str, people: int, measures: str, by: User) -> IncidentReport:
    return IncidentReport.objects.create(
        incident=incident, n=incident.reports.count() + 1, people=people, by=by, at=timezone.now(),
        words=given(words, _("请写明情况。"), longest=LONGEST_TEXT),
        measures=given(measures, _("请写明采取了什么措施。"), longest=LONGEST_TEXT),
    )  # fmt: skip


def _send(incident: Incident, row: IncidentReport, body: Body | None, by: User) -> None:
    if body is not None:
        _sent(incident, row, body, by)


def _sent(incident: Incident, row: IncidentReport, body: Body, by: User) -> Receipt:
    receipt = Receipt.objects.create(report=row, body=body, sent_by=by, sent_at=timezone.now())
    event = IncidentSent(
        receipt_id=receipt.pk, n=row.n, to=body.name, how="", body_id=body.pk, dispute_id=incident.dispute_id
    )
    book.append(SUBJECT, incident.pk, event, by=by, rows=[receipt])
    return receipt
