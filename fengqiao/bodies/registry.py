"""The register of bodies: proposed by one person, approved by another, corrected, suspended, ended. Each step is in the ledger.

Every command but `propose` takes `seen`, the version that the person had before them; an older one is Stale.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.ledger.book import Actor
from fengqiao.ledger.kinds import Event

from . import events
from .models import COMMITTEES, Body, BodyKind, Member, Post, Standing
from .requirements import requirements

# What keeps a body from ending. Storeys above know what hangs on it: they put their question here.
OBSTACLES: list[Callable[[Body], str | None]] = []
COLUMNS = {
    "name": gettext_lazy("名称"),
    "short_name": gettext_lazy("简称"),
    "kind": gettext_lazy("类别"),
    "region": gettext_lazy("辖区"),
    "parent": gettext_lazy("上级"),
    "coordinates": gettext_lazy("统筹辖区"),
    "handles": gettext_lazy("接分派"),
    "stationing": gettext_lazy("入驻方式"),
    "phone": gettext_lazy("电话"),
    "address": gettext_lazy("地址"),
    "founder": gettext_lazy("设立单位"),
    "elected_on": gettext_lazy("推选日期"),
}


class Registrar(Actor, Protocol):
    """Somebody who keeps the register."""

    @property
    def keeps_bodies(self) -> bool: ...
    @property
    def approves_bodies(self) -> bool: ...


@transaction.atomic
def propose(values: Mapping[str, Any], *, by: Registrar) -> Body:
    """A body that is to be; somebody else has to approve it. Refused for a name or a short name that is taken."""
    _refuse_unless_theirs(by)
    body = Body(
        **_clean(values), key=f"b-{get_random_string(12).lower()}", source="本区", standing=Standing.PROPOSED,
        is_active=False, proposed_by=by.ledger_id,
    )  # fmt: skip
    _refuse_twin(body)
    body.save()
    book.begin("body", body.pk, events.BodyProposed(name=body.name, body_kind=body.kind), by=by)
    return body


@transaction.atomic
def go_live(body: Body, *, seen: int, by: Registrar, reason: str = "") -> Body:
    """Approve it. Refused to whoever proposed it, and while something that its type must have is missing."""
    body = _held(body, seen, by, Standing.PROPOSED, approving=True)
    if body.proposed_by == by.ledger_id:
        raise Refused(_("申请设立的人不能自己审核，请区中心负责人或者另一位管理员来看。"))
    missing = [one.words for one in requirements(body, timezone.localdate()) if not one.is_met]
    if missing:
        raise Refused(_("还缺：%(what)s。补齐以后再审核。") % {"what": "；".join(missing)})
    body.standing, body.is_active, body.founded_on = Standing.LIVE, True, body.founded_on or timezone.localdate()
    return _tell(body, events.BodyWentLive(name=body.name, reason=normalise(reason)), by)


@transaction.atomic
def send_back(body: Body, *, seen: int, reason: str, by: Registrar) -> Body:
    """Not approved: the proposal ends here; a better one is a new one."""
    body = _held(body, seen, by, Standing.PROPOSED, approving=True)
    body.standing, body.ended_on = Standing.ENDED, timezone.localdate()
    return _tell(body, events.BodySentBack(name=body.name, reason=_given(reason)), by)


@transaction.atomic
def correct(body: Body, values: Mapping[str, Any], *, seen: int, by: Registrar, reason: str = "") -> Body:
    """Other facts about it. A name that it bore at work is kept, with its last day: what was written under it stays true.

    Nothing changed: nothing is written. Refused for a name that is taken, and for one that has ended.
    """
    body = _held(body, seen, by, Standing.PROPOSED, Standing.LIVE, Standing.SUSPENDED)
    before = {name: getattr(body, name) for name in COLUMNS}
    for name, value in _clean(values).items():
        setattr(body, name, value)
    changed = {
        name: [_word(old), _word(getattr(body, name))] for name, old in before.items() if old != getattr(body, name)
    }
    if not changed:
        return body
    _refuse_twin(body)
    if {"name", "short_name"} & set(changed) and body.standing != Standing.PROPOSED:
        body.former = [*body.former, _former(before)]
    labels = "、".join(str(COLUMNS[name]) for name in changed)
    told = events.BodyCorrected(name=body.name, what=labels, changes=changed, reason=normalise(reason))
    return _tell(body, told, by)


@transaction.atomic
def suspend(body: Body, *, seen: int, reason: str, by: Registrar) -> Body:
    """It gets nothing new; what it has stays with it."""
    body = _held(body, seen, by, Standing.LIVE)
    body.standing, body.is_active = Standing.SUSPENDED, False
    return _tell(body, events.BodySuspended(name=body.name, reason=_given(reason)), by)


@transaction.atomic
def resume(body: Body, *, seen: int, reason: str, by: Registrar) -> Body:
    body = _held(body, seen, by, Standing.SUSPENDED)
    body.standing, body.is_active = Standing.LIVE, True
    return _tell(body, events.BodyResumed(name=body.name, reason=_given(reason)), by)


@transaction.atomic
def end(body: Body, *, successors: Iterable[Body], seen: int, reason: str, by: Registrar) -> Body:
    """It is no more; its number, name and record stay. Refused for the county centre, and while something hangs on it."""
    body = _held(body, seen, by, Standing.LIVE, Standing.SUSPENDED)
    heirs = list(successors)
    if body.kind == BodyKind.COUNTY_CENTER:
        raise Refused(_("区中心不能撤销。"))
    if body in heirs or any(heir.standing != Standing.LIVE for heir in heirs):
        raise Refused(_("承接的机构应是另一个运行中的机构。"))
    if body.children.exclude(standing=Standing.ENDED).exists():
        raise Refused(_("它下面还有机构，先把它们改到别的上级。"))
    if obstacles := [told for ask in OBSTACLES if (told := ask(body))]:
        raise Refused(" ".join(obstacles))
    body.standing, body.is_active, body.ended_on = Standing.ENDED, False, timezone.localdate()
    taken_over_by = "、".join(heir.name for heir in heirs) or str(_("无"))
    body = _tell(body, events.BodyEnded(name=body.name, successors=taken_over_by, reason=_given(reason)), by)
    body.successors.set(heirs)
    return body


@transaction.atomic
def seat(body: Body, *, name: str, is_woman: bool, post: str, since: date, seen: int, by: Registrar) -> Member:
    """Somebody joins the committee. Refused where there is none, and for a second chair."""
    body = _held(body, seen, by, Standing.PROPOSED, Standing.LIVE, Standing.SUSPENDED)
    name = normalise(name)
    if body.kind not in COMMITTEES:
        raise Refused(_("只有调委会登记委员。"))
    if not name:
        raise Refused(_("请写委员的姓名。"))
    sitting = body.seats.filter(until=None)
    if sitting.filter(name=name).exists():
        raise Refused(_("%(name)s已经是委员。") % {"name": name})
    if post == Post.CHAIR and sitting.filter(post=Post.CHAIR).exists():
        raise Refused(_("已经有主任。先登记原来的主任不再担任。"))
    member = Member.objects.create(body=body, name=name, is_woman=is_woman, post=Post(post), since=since)
    _tell(body, events.MemberSeated(name=body.name, member=name, post=member.post), by)
    return member


@transaction.atomic
def unseat(member: Member, *, reason: str, seen: int, by: Registrar) -> Member:
    """They are no longer on it; that they were stays."""
    body = _held(member.body, seen, by, Standing.PROPOSED, Standing.LIVE, Standing.SUSPENDED)
    member = Member.objects.get(pk=member.pk)
    if member.until is not None:
        raise Refused(_("%(name)s已经不是委员。") % {"name": member.name})
    member.until = timezone.localdate()
    member.save(update_fields=["until"])
    _tell(body, events.MemberUnseated(name=body.name, member=member.name, reason=_given(reason)), by)
    return member


# ── what the commands share ───────────────────────────────────────────────────────────────────────────────────────


def _held(body: Body, seen: int, by: Registrar, *standings: Standing, approving: bool = False) -> Body:
    _refuse_unless_theirs(by, approving=approving)
    body = Body.objects.lock(body.pk)
    if body.version != seen:
        raise Stale(_("这个机构刚被别人改过，请看一看现在的样子再改。您写的内容还在。"))
    if body.standing not in standings:
        now = {"name": body.name, "standing": body.get_standing_display()}
        raise Refused(_("%(name)s现在是“%(standing)s”，不能这样办。") % now)
    return body


def _refuse_unless_theirs(by: Registrar, *, approving: bool = False) -> None:
    if approving and not by.approves_bodies:
        raise Refused(_("机构由区中心负责人或者另一位系统管理员审核。"))
    if not approving and not by.keeps_bodies:
        raise Refused(_("机构登记由系统管理员办。"))


def _tell(body: Body, event: Event, by: Actor) -> Body:
    body.version += 1
    body.save()
    book.append("body", body.pk, event, by=by)
    return body


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in values.items() if name in COLUMNS}
    return {name: normalise(value) if isinstance(value, str) else value for name, value in told.items()}


def _refuse_twin(body: Body) -> None:
    others = Body.objects.exclude(pk=body.pk).exclude(standing=Standing.ENDED)
    if others.filter(name=body.name).exists():
        raise Refused(_("已经有一个机构叫“%(name)s”。") % {"name": body.name})
    if body.is_committee and others.filter(short_name=body.short_name, kind__in=COMMITTEES).exists():
        raise Refused(_("简称“%(name)s”别的调委会在用，两家的文书编号会分不清。") % {"name": body.short_name})
    if body.coordinates and others.filter(region=body.region, coordinates=True).exists():
        raise Refused(_("%(region)s已经有统筹的机构，一个地方只能有一个。") % {"region": body.region})


def _former(before: Mapping[str, Any]) -> dict[str, str]:
    until = timezone.localdate() - timedelta(days=1)
    return {"until": until.isoformat(), "name": before["name"], "short_name": before["short_name"]}


def _given(reason: str) -> str:
    told = normalise(reason)
    if not told:
        raise Refused(_("请写明原因。"))
    return told


def _word(value: Any) -> str:
    return "" if value is None else str(value)
