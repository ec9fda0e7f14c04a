"""Whose turn it is, seen by one party: the card on top of their page, with the one thing they should do."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Act, Hat, State
from fengqiao.disputes.models import Obligation, PartyRole, Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.ratings import Rating
from fengqiao.fulfilment.balance import balance_of
from fengqiao.fulfilment.due import end_of
from fengqiao.fulfilment.models import Performance
from fengqiao.web.chips import Chip, chip

from .notes import Affair, signatures_in_words


@dataclass(frozen=True)
class Go:
    """A way on from the card."""

    label: str
    url: str
    icon: str
    primary: bool = False


@dataclass(frozen=True)
class Turn:
    """`kind` is soon for what waits for this party, late where it is overdue, time for others, idle or done for nobody."""

    kind: str
    icon: str
    badge: str
    lead: str
    words: str = ""
    clock: Chip | None = None
    ways: tuple[Go, ...] = ()

    @property
    def is_mine(self) -> bool:
        return any(way.primary for way in self.ways)


@dataclass(frozen=True)
class Due:
    """A date that a promise ends with, read like a clock."""

    due_at: datetime


def turn_of(affair: Affair) -> Turn:
    """What the party should know first. Their own move comes before anybody else's."""
    for mine in (_sign, _answer_willing, _check_claim, _perform, _rate):
        if turn := mine(affair):
            return turn
    return _others(affair)


def claims_for(affair: Affair) -> list[Performance]:
    """What the other side says it did for this party, waiting for their word."""
    return [
        one
        for owed in affair.obligations
        if owed.creditor_id == affair.party.pk and owed.is_open
        for one in owed.performances.all()
        if one.is_claim and one.recorder != PartyActor(affair.party).ledger_id
    ]


def debts_of(affair: Affair) -> list[Obligation]:
    """What this party has still to do and has not yet said to have done, the most urgent first."""
    if affair.dispute.why_not(Act.PERFORM, PartyActor(affair.party)):
        return []
    owed = [one for one in affair.obligations if one.debtor_id == affair.party.pk and one.is_open]
    return sorted((one for one in owed if not _is_said_done(one)), key=lambda one: (one.due_on, one.n))


def may(affair: Affair, act: Act) -> bool:
    return affair.dispute.why_not(act, PartyActor(affair.party)) is None


def has_rated(affair: Affair) -> bool:
    """Whether this party was asked, or said by itself, how it was."""
    reached = affair.dispute.callbacks.filter(party=affair.party).exclude(rating=Rating.UNREACHED)
    return reached.exists()


def _sign(affair: Affair) -> Turn | None:
    agreement = affair.agreement
    if agreement is None:
        return None
    url = reverse("my_agreement")
    slot = agreement.slot_of(affair.party)
    words = signatures_in_words(agreement, affair.party)
    if slot is None or slot.signature is not None:
        read = (Go(_("看协议"), url, "file-text"),)
        return Turn("time", "clock", _("等别人签"), _("协议写好了，等其他人签名。"), words, _clock(affair), read)
    ways = (
        Go(_("去看协议"), url, "writing-sign", primary=True),
        Go(_("我不同意，想说说"), f"{url}?refuse", "message"),
    )
    if agreement.paper_only:
        words = _("这一份要到窗口当面签，请带身份证。")
    return _mine(_("协议写好了，等您看完签名。"), ways, _clock(affair), words=words)


def _answer_willing(affair: Affair) -> Turn | None:
    party = affair.party
    if party.role != PartyRole.RESPONDENT or party.willing != Willing.UNKNOWN or not may(affair, Act.CONSENT):
        return None  # who asked for it has said so by asking
    ways = (Go(_("说说愿不愿意"), reverse("my_willing"), "message", primary=True),)
    return _mine(_("对方想请人调解。您愿意谈吗？"), ways, None, words=_("愿不愿意由您自己定。调解不收费。"))


def _check_claim(affair: Affair) -> Turn | None:
    claims = claims_for(affair)
    if not claims or not may(affair, Act.PERFORM):
        return None
    what = claims[0].obligation.what
    ways = (Go(_("我来核对"), reverse("my_check", args=[claims[0].pk]), "receipt", primary=True),)
    return _mine(_("对方说做好了：%(what)s。请您核对。") % {"what": what}, ways, None)


def _perform(affair: Affair) -> Turn | None:
    debts = debts_of(affair)
    if not debts:
        return None
    first = debts[0]
    ways = (Go(_("做好了，记一笔"), reverse("my_performed", args=[first.pk]), "receipt", primary=True),)
    due = chip(Due(end_of(first.due_on)), with_weekday=True)
    return _mine(_("请照协议做：%(what)s") % {"what": first.what}, ways, due)


def _rate(affair: Affair) -> Turn | None:
    if not may(affair, Act.CALL_BACK) or has_rated(affair):
        return None
    ways = (Go(_("打个分"), reverse("my_rating"), "mood-smile", primary=True),)
    return _mine(_("这件事办得怎么样？请您打个分。"), ways, _clock(affair))


def _others(affair: Affair) -> Turn:
    """Somebody else's move, or nobody's."""
    dispute = affair.dispute
    stage, clock = dispute.stage, _clock(affair)
    if dispute.is_closed:
        return Turn("done", "check", _("办完了"), str(stage.plain))
    if dispute.state == State.SUSPENDED:
        return Turn("idle", "player-pause", _("先停一停"), str(stage.plain), clock=clock)
    if stage.turn is None:
        return Turn("idle", "building-community", _("等法院"), str(stage.plain), clock=clock)
    badges = {Hat.PARTY: _("等对方"), Hat.MEDIATOR: _("等调解员")}
    badge = badges.get(stage.turn, _("等办事的人"))
    kind = "late" if clock and clock.kind == "late" else "time"
    return Turn(kind, "clock", badge, str(stage.plain), clock=clock, ways=_received(affair))


def _received(affair: Affair) -> tuple[Go, ...]:
    """The one to whom it is owed may say that it has come."""
    owed = [one for one in affair.obligations if one.creditor_id == affair.party.pk and one.is_open]
    if not owed or not may(affair, Act.PERFORM):
        return ()
    return (Go(_("我收到了"), reverse("my_performed", args=[owed[0].pk]), "receipt"),)


def _mine(lead: str, ways: tuple[Go, ...], clock: Chip | None, *, words: str = "") -> Turn:
    kind = "late" if clock and clock.kind == "late" else "soon"
    return Turn(kind, "hourglass", _("轮到您了"), lead, words, clock, ways)


def _clock(affair: Affair) -> Chip | None:
    return chip(affair.clock, timezone.now(), with_weekday=True) if affair.clock else None


def _is_said_done(obligation: Obligation) -> bool:
    balance = balance_of(obligation)
    return balance.is_claimed if balance.owed is None else not balance.unclaimed
