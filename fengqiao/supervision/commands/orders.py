"""交办、督办: give, sign for, answer, accept, send back, withdraw."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import note
from fengqiao.disputes.knowing import named
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given, short
from fengqiao.papers.commands import add_upload, named_after
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role, User
from fengqiao.supervision.events import (
    OrderAccepted,
    OrderAnswered,
    OrderGiven,
    OrderReceived,
    OrderSentBack,
    OrderWithdrawn,
)
from fengqiao.supervision.models import Order, OrderAnswer, OrderKind, OrderState, Verdict

from .holding import LONGEST_TEXT, brief, fresh, in_future, keep, seen_by


def may_be_ordered(dispute: Dispute, by: User) -> list[Body]:
    """Who can be given an order on it: the body that has it, those that have to do with it, and those between it and the giver."""
    ids = {dispute.body_id, dispute.first_body_id, *dispute.assists.values_list("body_id", flat=True)}
    above, own = dispute.body.superior, by.body
    while above is not None and own is not None and above.pk != own.pk and own.oversees(above.region.code):
        ids.add(above.pk)
        above = above.superior
    if by.role != Role.LEADER:
        ids.discard(by.body_id or 0)
    if dispute.is_restricted:
        ids &= {row.user.body_id for row in named(dispute) if row.user.is_active and row.user.body_id}
    return list(Body.objects.at_work().filter(pk__in=ids))


@transaction.atomic
def give(
    dispute: Dispute,
    *,
    kind: OrderKind | str,
    body: Body,
    words: str,
    due_on: date,
    by: User,
    seen: int | None = None,
) -> Order:
    """Order a body to do something about a dispute by a day (督查督办; 区领导交办督调)."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(Act.ORDER, by):
        raise Refused(reason)
    if kind not in OrderKind.values:
        raise Refused(_("请选交办还是督办。"))
    words = given(words, _("请写明要对方做什么。"), longest=LONGEST_TEXT)
    if body not in may_be_ordered(dispute, by):
        raise Refused(_("%(body)s和这件事没有关系。要它来办，请先分派给它或者呼叫协办。") % {"body": body})
    if by.body is None:
        raise Refused(_("您的账户没有写单位，请管理员先补上。"))
    now = timezone.now()
    order = Order.objects.create(
        dispute=dispute, kind=kind, words=words, due_on=in_future(due_on), giver=by, giver_body=by.body, body=body,
        given_at=now,
    )  # fmt: skip
    event = OrderGiven(
        order_id=order.pk, order_kind=order.kind, body=body.name, body_id=body.pk, due=due_on.isoformat(), words=brief(words)
    )  # fmt: skip
    note(dispute, event, by=by, rows=[order])
    return order


@transaction.atomic
def sign_for(order: Order, *, by: User, seen: int | None = None) -> Order:
    """The body has read it and takes it on."""
    order, dispute = _held(order, seen)
    _allow_body(order, dispute, by)
    if order.state != OrderState.GIVEN:
        raise Refused(_("已经签收过了。"))
    order.state, order.received_by, order.received_at = OrderState.RECEIVED, by, timezone.now()
    keep(order, "state", "received_by", "received_at")
    event = OrderReceived(order_id=order.pk, order_kind=order.kind, body=order.body.name)
    note(dispute, event, by=by, rows=[order])
    return order


@transaction.atomic
def answer(order: Order, *, words: str, by: User, file: Any = None, seen: int | None = None) -> OrderAnswer:
    """Say what was done; a file goes into the papers of the dispute. Signs for the order too, if nobody did."""
    order, dispute = _held(order, seen)
    _allow_body(order, dispute, by)
    if order.state not in (OrderState.GIVEN, OrderState.RECEIVED):
        raise Refused(_("已经答复，等对方审。要补充，请等对方退回，或者直接打电话。"))
    words = given(words, _("请写明办了什么、结果怎样。"), longest=LONGEST_TEXT)
    title = named_after(file) if file else ""
    paper = add_upload(dispute, file, kind=PaperKind.OTHER, title=title, by=by) if file else None
    now = timezone.now()
    row = OrderAnswer.objects.create(order=order, words=words, paper=paper, by=by, at=now)
    if order.received_at is None:
        order.received_by, order.received_at = by, now
    order.state = OrderState.ANSWERED
    keep(order, "state", "received_by", "received_at")
    event = OrderAnswered(
        order_id=order.pk, answer_id=row.pk, order_kind=order.kind, body_id=order.giver_body_id,
        user_ids=[order.giver_id], words=brief(words),
    )  # fmt: skip
    note(dispute, event, by=by, rows=[order, row])
    return row


@transaction.atomic
def accept(order: Order, *, by: User, words: str = "", seen: int | None = None) -> Order:
    """The giver is content; the order is done."""
    order, dispute = _held(order, seen)
    row = _judged(order, dispute, Verdict.ACCEPTED, short(words), by)
    order.state, order.ended_at = OrderState.ACCEPTED, timezone.now()
    keep(order, "state", "ended_at")
    event = OrderAccepted(order_id=order.pk, order_kind=order.kind, body_id=order.body_id, words=row.verdict_words)
    note(dispute, event, by=by, rows=[order, row])
    return order


@transaction.atomic
def send_back(order: Order, *, words: str, due_on: date, by: User, seen: int | None = None) -> Order:
    """The giver is not content: once more, by a new day."""
    order, dispute = _held(order, seen)
    words = given(words, _("请写明哪里没有办到。"))
    row = _judged(order, dispute, Verdict.SENT_BACK, words, by)
    order.state, order.due_on = OrderState.RECEIVED, in_future(due_on)
    keep(order, "state", "due_on")
    event = OrderSentBack(
        order_id=order.pk, order_kind=order.kind, body_id=order.body_id, due=due_on.isoformat(), words=words
    )
    note(dispute, event, by=by, rows=[order, row])
    return order


@transaction.atomic
def withdraw(order: Order, *, reason: str, by: User, seen: int | None = None) -> Order:
    """The giver no longer wants it."""
    order, dispute = _held(order, seen)
    _allow_giver(order, dispute, by)
    if not order.is_open:
        raise Refused(_("已经办结或者撤销了。"))
    order.reason = given(reason, _("请写明为什么撤销。"))
    order.state, order.ended_at = OrderState.WITHDRAWN, timezone.now()
    keep(order, "state", "ended_at", "reason")
    event = OrderWithdrawn(order_id=order.pk, order_kind=order.kind, body_id=order.body_id, words=order.reason)
    note(dispute, event, by=by, rows=[order])
    return order


def is_of_the_body(order: Order, dispute: Dispute, user: User) -> bool:
    """Whether this person answers for the body, and sees what it is about."""
    return user.works_at(order.body_id) and bool(dispute.hats_of(user))


def is_of_the_giver(order: Order, dispute: Dispute, user: User) -> bool:
    """Whether this is the giver, or one who could give it at the same body."""
    hats = dispute.hats_of(user)
    return bool(hats) and (
        user.pk == order.giver_id or (user.body_id == order.giver_body_id and bool({Hat.SUPERIOR, Hat.LEADER} & hats))
    )


def _held(order: Order, seen: int | None) -> tuple[Order, Dispute]:
    dispute = Dispute.objects.lock(order.dispute_id)
    return fresh(Order.objects.lock(order.pk), seen), dispute


def _allow_body(order: Order, dispute: Dispute, by: User) -> None:
    seen_by(dispute, by)
    if not is_of_the_body(order, dispute, by):
        raise Refused(_("只有%(body)s的人可以办。") % {"body": order.body})
    if not order.is_open:
        raise Refused(_("已经办结或者撤销了。"))


def _allow_giver(order: Order, dispute: Dispute, by: User) -> None:
    seen_by(dispute, by)
    if not is_of_the_giver(order, dispute, by):
        raise Refused(_("只有下达的人，或者%(body)s里能下达的人可以办。") % {"body": order.giver_body})


def _judged(order: Order, dispute: Dispute, verdict: Verdict, words: str, by: User) -> OrderAnswer:
    _allow_giver(order, dispute, by)
    if order.state != OrderState.ANSWERED:
        raise Refused(_("现在没有等着审的答复。"))
    row = order.answers.latest("pk")
    row.verdict, row.verdict_words, row.verdict_by, row.verdict_at = verdict, words, by, timezone.now()
    row.save(update_fields=["verdict", "verdict_words", "verdict_by", "verdict_at"])
    return row
