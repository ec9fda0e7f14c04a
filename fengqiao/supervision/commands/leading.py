"""领导包案: take on, note progress, release."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import note
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given
from fengqiao.people.models import Role, User
from fengqiao.supervision.events import LeaderProgress, LeaderReleased, LeaderTook
from fengqiao.supervision.models import LeaderCase, Progress

from .holding import LONGEST_TEXT, brief, fresh, in_future, keep, seen_by


def leaders_for(dispute: Dispute) -> list[User]:
    """The leaders who see it: of its region, and on the list where it is restricted."""
    found = User.objects.filter(role=Role.LEADER, is_active=True).select_related(
        "home_body__region", "station_body__region"
    )
    return [one for one in found.order_by("pk") if Hat.LEADER in dispute.hats_of(one)]


def bodies_for(dispute: Dispute) -> list[Body]:
    """Those that can be made responsible: the body that has it, the first, those that help."""
    ids = {dispute.body_id, dispute.first_body_id, *dispute.assists.values_list("body_id", flat=True)}
    return list(Body.objects.at_work().filter(pk__in=ids))


@transaction.atomic
def take_on(
    dispute: Dispute,
    *,
    leader: User,
    body: Body,
    target_on: date,
    why: str,
    by: User,
    seen: int | None = None,
) -> LeaderCase:
    """A leader takes it on. A leader does so in their own name; those above may write it down for one."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(Act.OWN, by):
        raise Refused(reason)
    if dispute.leader_cases.now().exists():
        raise Refused(_("已经有领导包案了。要换人，请先登记不再包案。"))
    if leader not in leaders_for(dispute) or (by.role == Role.LEADER and by.pk != leader.pk):
        raise Refused(_("请选一位看得到这件事的领导；领导只能由自己包案。"))
    if body not in bodies_for(dispute):
        raise Refused(_("%(body)s和这件事没有关系，不能当责任单位。") % {"body": body})
    row = LeaderCase.objects.create(
        dispute=dispute, leader=leader, body=body, target_on=in_future(target_on),
        why=given(why, _("请写明为什么要领导包案。")), taken_at=timezone.now(), taken_by=by,
    )  # fmt: skip
    event = LeaderTook(
        case_id=row.pk, leader=str(leader), user_ids=[leader.pk], body=body.name, body_id=body.pk,
        target=target_on.isoformat(), words=row.why,
    )  # fmt: skip
    note(dispute, event, by=by, rows=[row])
    return row


@transaction.atomic
def note_progress(case: LeaderCase, *, words: str, by: User, seen: int | None = None) -> Progress:
    """What was done: by the leader, the responsible body, or those above."""
    case, dispute = _held(case, seen)
    seen_by(dispute, by)
    if not may_note(case, dispute, by):
        raise Refused(_("只有包案领导、%(body)s和上级单位可以记进展。") % {"body": case.body})
    words = given(words, _("请写明有什么进展。"), longest=LONGEST_TEXT)
    row = Progress.objects.create(case=case, words=words, by=by, at=timezone.now())
    note(dispute, LeaderProgress(case_id=case.pk, user_ids=[case.leader_id], words=brief(words)), by=by, rows=[row])
    return row


@transaction.atomic
def release(case: LeaderCase, *, reason: str, by: User, seen: int | None = None) -> LeaderCase:
    """It is settled, or somebody else takes it on."""
    case, dispute = _held(case, seen)
    seen_by(dispute, by)
    if not may_release(case, dispute, by):
        raise Refused(_("只有包案领导和上级单位可以登记不再包案。"))
    case.reason = given(reason, _("请写明为什么不再包案。"))
    case.released_at, case.released_by = timezone.now(), by
    keep(case, "reason", "released_at", "released_by")
    event = LeaderReleased(case_id=case.pk, leader=str(case.leader), body_id=case.body_id, words=case.reason)
    note(dispute, event, by=by, rows=[case])
    return case


def may_note(case: LeaderCase, dispute: Dispute, user: User) -> bool:
    """Whether this person writes the progress of it."""
    return may_release(case, dispute, user) or (user.works_at(case.body_id) and bool(dispute.hats_of(user)))


def may_release(case: LeaderCase, dispute: Dispute, user: User) -> bool:
    """Whether this person decides about it: the leader, or those above the body that has it."""
    hats = dispute.hats_of(user)
    return (user.pk == case.leader_id and bool(hats)) or Hat.SUPERIOR in hats


def _held(case: LeaderCase, seen: int | None) -> tuple[LeaderCase, Dispute]:
    dispute = Dispute.objects.lock(case.dispute_id)
    case = fresh(LeaderCase.objects.lock(case.pk), seen)
    if not case.is_running:
        raise Refused(_("已经不再包案了。"))
    return case, dispute
