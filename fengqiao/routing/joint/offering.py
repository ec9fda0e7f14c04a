"""Which acts of joint handling are offered to whom, and what the card of the dispute shows of each called body."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Assist, Dispute, JointTask
from fengqiao.people.models import User
from fengqiao.web.acts import Offer

from .tasks import why_not_assign, why_not_close, why_not_lead


@dataclass(frozen=True)
class Part:
    """One called body on the card: its call, its task, how often it came, and what this reader can do about it."""

    assist: Assist
    task: JointTask | None
    came: int
    missed: int
    links: list[tuple[str, str]]  # label and address


def parts_of(dispute: Dispute, actor: User) -> list[Part]:
    """In the order of the calls."""
    rows = dispute.assists.select_related("body", "reply", "task__person").prefetch_related("attendances")
    return [_part(dispute, assist, actor) for assist in rows.order_by("called_at", "pk")]


def _part(dispute: Dispute, assist: Assist, actor: User) -> Part:
    task = getattr(assist, "task", None)
    if task is not None:
        task.dispute, task.assist = dispute, assist
    days = list(assist.attendances.all())
    came = sum(one.came for one in days)
    return Part(assist, task, came, len(days) - came, _links(dispute, task, actor) if task else [])


def _links(dispute: Dispute, task: JointTask, actor: User) -> list[tuple[str, str]]:
    leads = why_not_lead(dispute, actor) is None
    found = [(_("呼叫单"), "task_slip")]
    if task.is_open:
        found += [(_("定人"), "task_assign")] if why_not_assign(task, actor) is None else []
        found += [(_("销号"), "task_close")] if why_not_close(task, actor) is None else []
        found += [(_("撤"), "task_drop")] if leads else []
    elif leads:
        found.append((_("退回再办"), "task_return"))
    return [(label, reverse(name, args=[dispute.number, task.n])) for label, name in found]


def task_offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """To close one's own task, for the called body; to note who came, for who leads."""
    own = own_task(dispute, actor)
    found = []
    if own is not None and own.is_open:
        url = reverse("task_close", args=[dispute.number, own.n])
        found.append(Offer(Act.CALL_IN, _("销号"), url, "circle-check", why_not_close(own, actor)))
    if why_not_lead(dispute, actor) is None and dispute.assists.all():
        found.append(Offer(Act.CALL_IN, _("记到场"), reverse("attendance", args=[dispute.number]), "users-group"))
    return found


def own_task(dispute: Dispute, actor: Any) -> JointTask | None:
    """The task of this person's body."""
    if not isinstance(actor, User) or not actor.works_cases or actor.body_id is None:
        return None
    found = dispute.joint_tasks.filter(assist__body=actor.body_id).select_related("assist__body", "dispute").first()
    if found is not None:
        found.dispute = dispute
    return found


def nobody_called(dispute: Dispute, actor: Any) -> str | None:
    """Why there is nothing to note yet, in a sentence."""
    return None if dispute.assists.exists() else _("还没有呼叫过别的单位。")


def no_task_of_ours(dispute: Dispute, actor: Any) -> str | None:
    own = own_task(dispute, actor)
    return _("只有被呼叫的单位可以销号。") if own is None else why_not_close(own, actor)


def no_task_to_assign(dispute: Dispute, actor: Any) -> str | None:
    if reason := nobody_called(dispute, actor):
        return reason
    if own_task(dispute, actor) is not None or why_not_lead(dispute, actor) is None:
        return None
    return _("由被呼叫的单位或者发起呼叫的单位来定人。")
