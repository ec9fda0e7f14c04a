"""Who could mediate a dispute, how much each already has in hand, and what speaks against them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import COMMITTEES, Body, BodyKind
from fengqiao.disputes.lifecycle import UNDER_MEDIATION
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.secrets import blind_index
from fengqiao.people.models import CASE_WORKERS, RosterEntry, Serving, User
from fengqiao.people.roster.models import Enrolment
from fengqiao.places.models import Region

# Bodies whose mediators a coordinating body may draw on.
POOLS = COMMITTEES | {BodyKind.MDC_OUTPOST, BodyKind.BRAND_STUDIO, BodyKind.LAWYER_STUDIO}


class Hint(TextChoices):
    """What the records show by themselves."""

    SAME_NAME = "same_name", gettext_lazy("和一方当事人或者代理人同名")
    SAME_PHONE = "same_phone", gettext_lazy("电话和一方当事人相同")
    SAME_BODY = "same_body", gettext_lazy("所在单位就是一方当事人")
    SAME_PERSON = "same_person", gettext_lazy("就是一方当事人本人")
    EMPLOYER = "employer", gettext_lazy("申报过和一方当事人有工作关系")
    KIN = "kin", gettext_lazy("申报过的近亲属里有和一方同名的")
    INTEREST = "interest", gettext_lazy("申报过和一方有利害关系")


@dataclass(frozen=True, kw_only=True)
class RecusalCheck:
    """What the mediator declared, and who agreed to go on with them all the same. The empty one declares: nothing."""

    grounds: Sequence[str] = ()  # codes of Ground
    words: str = ""
    consents: Sequence[Party] = ()
    chosen_by: Party | None = None  # the party that picked this mediator (人民调解法 19)


def candidates(dispute: Dispute) -> QuerySet[User]:
    """The mediators of the handling body, its own committees, and those of the body above that serve the same place,
    who are on the roster and within their term.

    `load` is how many open cases each has; the least burdened come first.
    """
    at_work = Q(roster_entry=None) | Q(roster_entry__in=RosterEntry.objects.in_force())
    mediators = _pool(dispute).filter(at_work, mediates=True)
    open_cases = Count("mediations", filter=Q(mediations__state__in=UNDER_MEDIATION))
    return mediators.annotate(load=open_cases).order_by("load", "pk")


def set_aside(dispute: Dispute) -> list[str]:
    """Those of the same bodies who are on the roster and cannot be named today: a sentence each."""
    entries = RosterEntry.objects.filter(user__in=_pool(dispute), standing__in=[Enrolment.ON, Enrolment.SUSPENDED])
    return [reason for entry in entries if entry.mediates and (reason := entry.why_not_at_work())]


def why_not_named(dispute: Dispute, mediator: User) -> str | None:
    """Why this mediator cannot be put in charge of this dispute today, in a sentence; None if they can."""
    entry = entry_of(mediator)
    if entry and (reason := entry.why_not_named()):
        return reason
    if candidates(dispute).filter(pk=mediator.pk).exists():
        return None
    return _("%(name)s不在可选的调解员名册上，请从名单里选。") % {"name": mediator}


def at_hand(mediator: User) -> User:
    """The account as it is now, with its bodies and its place on the roster."""
    return User.objects.select_related("station_body", "home_body", "roster_entry__body").get(pk=mediator.pk)


def entry_of(mediator: User) -> RosterEntry | None:
    """Their place on the roster; none where an account was only ever marked as one that mediates."""
    return getattr(mediator, "roster_entry", None)


def hints(dispute: Dispute, mediator: User) -> list[Hint]:
    """Reasons to ask the mediator twice, from names, telephones and bodies on record, and what they declared."""
    parties = dispute.cast
    names = _names(parties)
    bodies = {str(body) for body in (mediator.home_body, mediator.station_body) if body}
    found = {
        Hint.SAME_NAME: mediator.name in names,
        Hint.SAME_PHONE: bool(mediator.phone) and _index_of(mediator) in {party.phone_index for party in parties},
        Hint.SAME_BODY: bool(bodies & names),
    }
    entry = entry_of(mediator)
    declared = hints_of_entry(dispute, entry) if entry else []
    return [hint for hint in Hint if found.get(hint) or hint in declared]


def hints_of_entry(dispute: Dispute, entry: RosterEntry) -> list[Hint]:
    """The same from the roster alone, for who has no account. It names the ground and nothing that was declared."""
    parties, ties = dispute.cast, entry.declared
    names = _names(parties)
    found = {
        Hint.SAME_NAME: entry.name in names,
        Hint.SAME_PHONE: bool(entry.phone_index) and entry.phone_index in {party.phone_index for party in parties},
        Hint.SAME_BODY: str(entry.body) in names,
        Hint.SAME_PERSON: bool(entry.id_index) and entry.id_index in {party.id_index for party in parties},
        Hint.EMPLOYER: bool(set(ties.employers) & names),
        Hint.KIN: bool(set(ties.kin) & names),
        Hint.INTEREST: bool(set(ties.interests) & names),
    }
    return [hint for hint, is_so in found.items() if is_so]


def sides(dispute: Dispute) -> list[Party]:
    """Both sides: applicants and respondents, whose word counts; not those who merely have an interest."""
    return [*dispute.applicants, *dispute.respondents]


def _pool(dispute: Dispute) -> QuerySet[User]:
    """Staff of the bodies that this dispute may draw on, or who serve them besides their own."""
    pool = Body.objects.at_work().filter(_drawn_on(dispute))
    serving = Serving.objects.filter(body__in=pool, ended_on=None).values("entry_id")
    theirs = Q(station_body__in=pool) | Q(station_body=None, home_body__in=pool) | Q(roster_entry__in=serving)
    staff = User.objects.filter(theirs, is_active=True, role__in=CASE_WORKERS)
    return staff.select_related("station_body", "home_body", "roster_entry__body")


def _names(parties: Iterable[Party]) -> set[str]:
    return {name for party in parties for name in (party.name, party.representative, party.agent) if name}


def _drawn_on(dispute: Dispute) -> Q:
    own = Q(pk=dispute.body_id) | Q(parent=dispute.body_id, kind__in=POOLS)
    if dispute.body.parent_id is None:
        return own
    around = Region.objects.holding(dispute.region_code)
    return own | Q(parent=dispute.body.parent_id, kind__in=POOLS, region__in=around)


def _index_of(mediator: User) -> str:
    return blind_index(mediator.phone, "phone")
