"""Making a dispute known to named people only, and to everybody of the office again (知悉范围)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.disputes import knowing
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import NamesChanged, Restricted, Unrestricted
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given
from fengqiao.people.models import User

from .commands import begin


def not_on_list(dispute: Dispute, actor: User) -> str | None:
    """Why this person may not change the list; None if they may. Who made it so may not know who else must know."""
    if dispute.is_restricted and Hat.HANDLER not in dispute.hats_of(actor):
        return _("已经是限知。名单由承办单位在名单上的人来改。")
    return None


def not_restricted(dispute: Dispute, actor: User) -> str | None:
    """Why there is nothing to lift."""
    return None if dispute.is_restricted else _("这件事没有设限知。")


@transaction.atomic
def restrict(dispute: Dispute, *, people: Collection[User], reason: str, by: User, seen: int | None = None) -> Dispute:
    """From now on it is there for these people of its offices, its mediator and its parties only. Said again, a new list.

    Refused where nobody would be left who answers for it. Source: 未成年人保护法 4, 反家庭暴力法 5.
    """
    dispute = begin(dispute, Act.RESTRICT, by, seen)
    reason = given(reason, _("请写明为什么。"))
    if words := not_on_list(dispute, by):
        raise Refused(words)
    _refuse_unfit(dispute, people)
    before = knowing.named(dispute)
    known, wanted = {row.user_id for row in before}, {one.pk for one in people}
    on, off = [one for one in people if one.pk not in known], [row for row in before if row.user_id not in wanted]
    if dispute.is_restricted and not (on or off):
        raise Refused(_("和原来的名单一样，没有改动。"))
    added, removed = knowing.in_a_row(on), knowing.in_a_row([row.user for row in off])
    event = (
        NamesChanged(added=added, removed=removed, remark=reason)
        if dispute.is_restricted
        else Restricted(people=added, remark=reason)
    )
    ended = knowing.ending(off)
    rows = [*ended, *knowing.put_on_list(dispute, on)]
    dispute = advance(dispute, Act.RESTRICT, by=by, event=event, rows=rows, is_restricted=True)
    knowing.take_off_list(ended)
    return dispute


@transaction.atomic
def unrestrict(dispute: Dispute, *, reason: str, by: User, seen: int | None = None) -> Dispute:
    """It is there again for everybody of the bodies that have to do with it."""
    dispute = begin(dispute, Act.UNRESTRICT, by, seen)
    reason = given(reason, _("请写明为什么。"))
    if words := not_restricted(dispute, by):
        raise Refused(words)
    ended = knowing.ending(knowing.named(dispute))
    event = Unrestricted(remark=reason)
    dispute = advance(dispute, Act.UNRESTRICT, by=by, event=event, rows=ended, is_restricted=False)
    knowing.take_off_list(ended)
    return dispute


def _refuse_unfit(dispute: Dispute, people: Collection[User]) -> None:
    fit = {one.pk for one in knowing.may_be_named(dispute)}
    if strangers := [one for one in people if one.pk not in fit]:
        raise Refused(_("%(people)s跟这件事没有关系，不能列入名单。") % {"people": knowing.in_a_row(strangers)})
    if not knowing.is_answered_for(dispute, people):
        raise Refused(_("名单上至少要有一位承办单位或者上级单位的人，不然这件事没有人能办。"))
