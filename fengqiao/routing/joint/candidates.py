"""Whom to call: bodies of the duty list, stationed mediators and experts of the matter, the least laden first, each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.joining import loads_of_bodies, loads_of_people
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import CASE_WORKERS, Delegation, RosterEntry, User
from fengqiao.people.roster.models import Kind
from fengqiao.routing.models import Duty
from fengqiao.routing.reach import in_district

MOST = 6  # proposed of each kind
EXPERTS = frozenset({Kind.EXPERT.value, Kind.LAWYER.value, Kind.CHIEF.value})


@dataclass(frozen=True)
class Candidate:
    """A body, or one person of it, that could be called; what they have in hand, and why they."""

    body: Body
    person: User | None
    load: int
    reason: str

    @property
    def key(self) -> str:
        """As a form names it: the body, or the body and the person."""
        return f"{self.body.pk}-{self.person.pk}" if self.person else str(self.body.pk)

    @property
    def words(self) -> str:
        who = f"{self.person}（{self.body}）" if self.person else self.body.name
        return f"{who}：{self.reason}"


def candidates(dispute: Dispute) -> list[Candidate]:
    """Bodies first, then people; nobody of a body that has it or was called already."""
    taken = {dispute.body_id, *dispute.assists.values_list("body_id", flat=True)}
    return [*_bodies(dispute, taken), *_people(dispute, taken)]


def _bodies(dispute: Dispute, taken: set[int]) -> Iterable[Candidate]:
    """Those that cooperate, or lead, by the duty list in such a matter."""
    if dispute.category_id is None:
        return []
    duties = Duty.objects.in_force().filter(category=dispute.category_id)
    wanted = Q(helps_with__in=duties) | Q(duties__in=duties)
    rows = Body.objects.at_work().filter(in_district()).filter(wanted).exclude(pk__in=taken).distinct()
    found = list(rows)
    loads = loads_of_bodies([body.pk for body in found])
    told = _("责任清单里这类事的单位，手上 %(n)d 件")
    ranked = sorted(found, key=lambda body: (loads[body.pk], body.pk))
    return [Candidate(body, None, loads[body.pk], told % {"n": loads[body.pk]}) for body in ranked][:MOST]


def _people(dispute: Dispute, taken: set[int]) -> Iterable[Candidate]:
    """Experts and stationed mediators of the roster with an account, at work today, of this matter before others."""
    away = Delegation.objects.on(timezone.localdate()).values("principal")
    rows = RosterEntry.objects.in_force().filter(user__is_active=True, user__is_slot=False, user__role__in=CASE_WORKERS)
    rows = rows.exclude(user__in=away).select_related("user__station_body__region", "user__home_body__region")
    code = dispute.category.code if dispute.category else ""
    fit = [entry for entry in rows if _fits(entry, code, taken)]
    loads = loads_of_people([entry.user_id for entry in fit if entry.user_id])
    ranked = sorted(fit, key=lambda entry: (code not in entry.specialities, loads[entry.user_id or 0], entry.pk))
    return [
        Candidate(entry.user.body, entry.user, loads[entry.user.pk], _why(entry, code, loads[entry.user.pk]))
        for entry in ranked[:MOST]
        if entry.user and entry.user.body
    ]


def _fits(entry: RosterEntry, code: str, taken: set[int]) -> bool:
    """An expert, or somebody stationed away from home; of this matter, or of no matter in particular."""
    if entry.user is None or entry.user.body is None or entry.user.body.pk in taken:
        return False
    stationed = entry.user.station_body_id is not None
    return (stationed or bool(EXPERTS & set(entry.kinds))) and (code in entry.specialities or not entry.specialities)


def _why(entry: RosterEntry, code: str, load: int) -> str:
    user = entry.user
    what = [_("擅长这类事")] if code and code in entry.specialities else []
    if user and user.station_body_id:
        what.append(_("驻%(body)s") % {"body": user.station_body})
    kinds = "、".join(entry.kind_words)
    return "，".join([kinds, *what, _("手上 %(n)d 件") % {"n": load}])
