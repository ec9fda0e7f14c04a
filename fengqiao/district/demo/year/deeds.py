"""What is done to a dispute in the year, each deed by whoever would do it, through the command that they use.

A deed may be refused (`Refused`), as in life: then another way is tried later.
"""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from fengqiao.agreements import commands as agreements
from fengqiao.agreements.content import AgreementContent
from fengqiao.agreements.models import How as SignedHow
from fengqiao.bodies.models import Body
from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Channel, Difficulty, Dispute, ObligationState, Party, Risk, Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.ratings import Rating
from fengqiao.disputes.remedies import Remedy
from fengqiao.fulfilment import commands as fulfilment
from fengqiao.intake.commands import apply_online, receive
from fengqiao.intake.drafts import ConsentDraft, ReceptionDraft
from fengqiao.kernel.errors import Refused
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import FailReason, How, Outcome, SessionStatus
from fengqiao.mediation.roster import RecusalCheck, candidates
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.routing import commands as routing
from fengqiao.routing.answering import answer_call
from fengqiao.routing.first_receiver import may_be_cited
from fengqiao.routing.models import HandOverKind, RejectReason
from fengqiao.routing.reach import lower_than, reachable_from
from fengqiao.routing.suggestions import proposed

from .. import drawing
from ..people import applicant, company, respondent
from ..table import Promise, acting, content, fresh, signed
from ..telling import Given, people_work
from .arrivals import Arrival
from .cast import Cast
from .matters import a_name, a_telephone

Deed = Callable[[Cast, Dispute, random.Random], object]
SESSION_MINUTES = (20, 90)
OUTCOMES = {Outcome.AGREED: 58, Outcome.PARTLY: 12, Outcome.NOT_YET: 18, Outcome.ABSENT: 4, Outcome.FAILED: 8}
RATINGS = {Rating.SATISFIED: 74, Rating.FAIRLY: 14, Rating.DISSATISFIED: 4, Rating.UNREACHED: 8}
FOLLOWS_THE_RULES, IN_AN_ORGANISATION, ON_PAPER = 0.8, 0.35, 0.5
WHY = "示例：按当时的情况"
OVER = (State.ARCHIVED, State.MERGED)


# ── from the door to the body that takes it on ────────────────────────────────────────────────────────────────────


def come_in(cast: Cast, arrival: Arrival, ref: str) -> Dispute:
    """Somebody comes to a window, calls, or writes from their telephone."""
    chance = arrival.chance
    branch = cast.centre if arrival.is_at_the_centre or not cast.branches else chance.choice(cast.branches)
    draft = _draft(cast, arrival, chance.choice(cast.villages[branch.pk]), ref)
    if arrival.channel == Channel.ONLINE:
        return apply_online(draft=draft, uploads=[]).dispute
    return receive(draft=draft, by=cast.at(branch, chance)).dispute


def accept(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    routing.accept(dispute, by=cast.at(dispute.body, chance))


def dispatch(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """Mostly as the rules propose; what they leave here is taken on here."""
    by, wanted = cast.head(dispute.body), proposed(dispute).body
    follows = chance.random() < FOLLOWS_THE_RULES
    if follows and wanted is not None and wanted.pk in cast.staff:
        if wanted.pk == dispute.body_id:
            return accept(cast, dispute, chance)
        routing.dispatch(dispute, to=wanted, by=by, why=WHY)
    else:
        routing.dispatch(dispute, to=_elsewhere(cast, dispute, by, chance), by=by, why=WHY)
    return None


def give_back(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    cites = chance.choice(may_be_cited())[0]
    routing.return_back(
        dispute, reason="示例：事情不在本单位管的范围里。", cites=cites, by=cast.at(dispute.body, chance)
    )


def reject(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    reason = chance.choice(list(RejectReason))
    routing.reject(dispute, reason=reason, remedies=[Remedy.COURT, Remedy.LEGAL_AID], by=cast.at(dispute.body, chance))


def escalate(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    by = dispute.mediator or cast.at(dispute.body, chance)
    routing.escalate(dispute, reason="示例：本级没有权限处理。", by=by)


def refer_down(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    below = [one for one in Body.objects.that_handle().filter(lower_than(dispute.body)) if one.pk in cast.staff]
    if not below:
        raise Refused("nobody below")
    by = cast.head(dispute.body)
    routing.refer_down(dispute, to=chance.choice(below), reason="示例：就地化解。", by=by)


def transfer(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    by = cast.head(dispute.body)
    routing.transfer(dispute, to=_elsewhere(cast, dispute, by, chance), reason="示例：有对口的单位。", by=by)


def grade(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    risk = chance.choice([Risk.R0, Risk.R1, Risk.R1, Risk.R2])
    routing.grade(
        dispute, category=dispute.category, difficulty=Difficulty(dispute.difficulty), risk=risk, remark=WHY,
        by=cast.head(dispute.body),
    )  # fmt: skip


def merge(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """Into another about the same kind of matter at the same body, where there is one."""
    same = Dispute.objects.filter(body=dispute.body_id, category=dispute.category_id, merged=None)
    into = same.exclude(pk=dispute.pk).exclude(state__in=OVER).order_by("-pk").first()
    if into is None:
        raise Refused("nothing to join")
    routing.merge(dispute, into=into, reason="示例：同一件事。", by=cast.head(dispute.body))


def remind(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    routing.remind(dispute, words="示例：请尽快联系。", by=cast.at(dispute.body, chance))
    accept(cast, dispute, chance)


def hand_over(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    kind = chance.choice(list(HandOverKind))
    by = cast.at(dispute.body, chance)
    routing.hand_over(dispute, to_name="示例单位", kind=kind, reason="示例：一方要求。", by=by)


def call_in(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """Another body is asked to help, and mostly comes."""
    others = [pk for pk in sorted(cast.staff) if pk in cast.bodies and pk != dispute.body_id]
    body = cast.bodies[chance.choice(others)]
    routing.call_in(dispute, body=body, reason="示例：请一起看现场。", by=_mediator(dispute))
    answer_call(fresh(dispute), comes=chance.random() < 0.9, words="示例：派人来。", by=cast.at(body, chance))


# ── at the table ──────────────────────────────────────────────────────────────────────────────────────────────────


def name_mediator(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """One of the three with the least in hand."""
    able = list(candidates(dispute)[:3])
    if not able:
        raise Refused("no mediator")
    mediator, by = chance.choice(able), cast.at(dispute.body, chance)
    mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(words=WHY), by=by)
    dispute.mediator = mediator
    ask_and_tell(cast, dispute, chance)


def ask_and_tell(_cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    mediator = _mediator(dispute)
    told = _sides(dispute)
    for party in told:
        mediation.record_willingness(party, willing=Willing.YES, by=mediator)
    mediation.inform_rights(dispute, told=told, how=How.ORAL, by=mediator)


def arrange(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """In one to six days, at a full or half hour."""
    day = timezone.localdate() + timedelta(days=chance.randint(1, 6))
    while not people_work(day):
        day += timedelta(days=1)
    at = timezone.make_aware(
        datetime.combine(day, time(chance.choice((9, 10, 13, 14, 15, 16)), chance.choice((0, 30))))
    )
    mediation.schedule(dispute, at=at, place="示例调解室", by=_mediator(dispute))


def hold(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    outcome = chance.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    present = _sides(dispute)
    ours, theirs, *_others = [*present, *present]
    session = dispute.sessions.filter(status=SessionStatus.PLANNED).earliest("scheduled_at")
    mediation.hold(
        dispute, session=session, present=present, minutes=chance.randint(SESSION_MINUTES[0], 60), outcome=outcome,
        statements=f"{ours.name}：{dispute.demand}\n{theirs.name}：回去商量一下。", by=_mediator(dispute),
    )  # fmt: skip


def suspend(_cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    mediation.suspend(dispute, reason="示例：等鉴定结果。", by=_mediator(dispute))


def resume(_cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    mediation.resume(dispute, by=_mediator(dispute))


def extend(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    consent = mediation.Consent(parties=_sides(dispute), how=How.PHONE)
    mediation.extend(
        dispute, days=chance.choice((7, 10, 15)), consent=consent, reason="示例：还差一点。", by=_mediator(dispute)
    )


def fail(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    reason = chance.choice((FailReason.REFUSED, FailReason.APART, FailReason.ABSENT))
    mediation.fail(dispute, reason=reason, remedies=[Remedy.COURT, Remedy.LEGAL_AID], by=_mediator(dispute))


def withdraw(_cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    first, *others = dispute.applicants
    mediation.withdraw(dispute, reason="示例：自己说好了。", by=PartyActor(first), agreed_by=others)


# ── agreed, and done ──────────────────────────────────────────────────────────────────────────────────────────────


def agree_orally(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    agreements.agree_orally(dispute, content=_agreed(dispute, chance), by=_mediator(dispute))


def write_down(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    by = _mediator(dispute)
    agreements.circulate(agreements.draft(dispute, content=_agreed(dispute, chance), by=by), by=by)


def sign(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """Each on their own telephone, or all together by hand."""
    agreement, by = dispute.agreements.latest("draft"), _mediator(dispute)
    if chance.random() < ON_PAPER:
        scan = Given("示例扫描件.png", _a_scan())
        agreements.sign_on_paper(agreement, scan=scan, signed_on=timezone.localdate(), by=by)
        return
    for slot in agreement.missing:
        signed(agreement, slot.signer, SignedHow.PHONE, drawn=_a_signature())


def refuse_to_sign(_cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    party = chance.choice(_sides(dispute))
    agreements.refuse(dispute.agreements.latest("draft"), reason="示例：日期太紧。", by=acting(party))


def revise(_cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    agreements.revise(dispute.agreements.latest("draft"), reason="示例：有一处写错。", by=_mediator(dispute))


def perform(_cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    """The one to whom it is owed says that it was done."""
    duty = dispute.obligations.filter(state__in=(ObligationState.DUE, ObligationState.BREACHED)).order_by("n").first()
    if duty is None or duty.creditor is None:
        fulfilment.fulfil(dispute, remark=WHY, by=_mediator(dispute))
        return
    fulfilment.record_performance(
        duty, on=timezone.localdate(), amount_fen=duty.amount_fen, how="transfer" if duty.amount_fen else "done", proof=None,
        by=acting(duty.creditor),
    )  # fmt: skip


def breach(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    duty = dispute.obligations.filter(state=ObligationState.DUE).earliest("due_on", "n")
    fulfilment.breach(duty, remark="示例：说这个月付不出。", by=cast.at(dispute.body, chance))


def make_good(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    promised = timezone.localdate() + timedelta(days=chance.randint(3, 15))
    fulfilment.make_good(dispute, remark="示例：重新约了日子。", promised=promised, by=cast.at(dispute.body, chance))


def ask_the_court(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    _court(dispute, Act.APPLY_CONFIRMATION, cast.at(dispute.body, chance))


def rule(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    """The court confirms it, or now and then does not."""
    act = Act.CONFIRM if chance.random() < 0.9 else Act.DISMISS
    _court(dispute, act, cast.at(dispute.body, chance))


# ── the end ───────────────────────────────────────────────────────────────────────────────────────────────────────


def close(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    callbacks.close(dispute, outcome="", remark="示例：办结。", by=cast.at(dispute.body, chance))


def call_back(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    rating = chance.choices(list(RATINGS), list(RATINGS.values()))[0]
    callbacks.call_back(
        dispute, party=dispute.applicants[0], how="phone", rating=rating, words=WHY, by=cast.at(dispute.body, chance)
    )


def contest_and_reopen(cast: Cast, dispute: Dispute, _chance: random.Random) -> None:
    """They do not accept how it ended, and it is done again."""
    callbacks.contest(dispute, words="示例：不同意这样办结。", by=acting(dispute.applicants[0]))
    callbacks.reopen(fresh(dispute), reason="示例：再办一次。", by=cast.head(dispute.body))


def archive(cast: Cast, dispute: Dispute, chance: random.Random) -> None:
    by = cast.at(dispute.body, chance)
    if dispute.sessions.exists() and not dispute.papers.filter(kind=PaperKind.IDENTITY).exists():
        scan = Given("示例证件.png", _a_scan())
        add_upload(
            dispute, scan, kind=PaperKind.IDENTITY, title="身份证复印件（示例）", party=dispute.applicants[0], by=by
        )
    callbacks.archive(dispute, years=None, by=by)


# ── their parts ───────────────────────────────────────────────────────────────────────────────────────────────────


def _draft(cast: Cast, arrival: Arrival, place: Region, ref: str) -> ReceptionDraft:
    chance, matter = arrival.chance, arrival.matter
    ours, theirs = a_name(chance), a_name(chance)
    home = f"{place.name}{chance.randint(1, 40)}幢"
    parties = [applicant(ours, home=home, tail=a_telephone(arrival.n, 0)[-4:])]
    if chance.random() < IN_AN_ORGANISATION:
        parties.append(
            company(f"{theirs[0]}某某公司（示例）", tail=a_telephone(arrival.n, 1)[-4:], represented_by=theirs)
        )
    else:
        parties.append(
            respondent(theirs, home=f"{place.name}{chance.randint(1, 40)}幢", tail=a_telephone(arrival.n, 1)[-4:])
        )
    categories = cast.categories.get(matter.kind)
    return ReceptionDraft(
        title=matter.title, facts=arrival.facts, demand=matter.demand, parties=parties,
        category=chance.choice(categories) if categories else None, place=place, address=home,
        difficulty=arrival.difficulty, channel=arrival.channel, persons=arrival.persons,
        representatives=[ours] if arrival.persons > 4 else (), consent=ConsentDraft(sensitive=True),
        amount_fen=chance.randint(2, 400) * 10_000 if chance.random() < 0.6 else None, external_ref=ref,
    )  # fmt: skip


def _mediator(dispute: Dispute) -> User:
    """Who has it in hand; known since it was read."""
    if dispute.mediator is None:
        raise LookupError(f"{dispute}: a mediator acts who was not named")
    return dispute.mediator


def _sides(dispute: Dispute) -> list[Party]:
    """Everybody on both sides."""
    return [*dispute.applicants, *dispute.respondents]


def _elsewhere(cast: Cast, dispute: Dispute, by: User, chance: random.Random) -> Body:
    """Another body where somebody works, to which this one may send."""
    found = [
        one for one in reachable_from(by.body or dispute.body) if one.pk in cast.staff and one.pk != dispute.body_id
    ]
    if not found:
        raise Refused("nowhere to send it")
    return chance.choice(found)


def _agreed(dispute: Dispute, chance: random.Random) -> AgreementContent:
    """One or two promises, in the words of the demonstration."""
    yuan, first = chance.randint(2, 200) * 100, timezone.localdate() + timedelta(days=chance.randint(3, 30))
    promises: list[Promise] = [(f"付款{yuan}元", ">", yuan, first)]
    if chance.random() < 0.3:
        promises.append(("把东西搬走", ">", None, first + timedelta(days=chance.randint(0, 14))))
    clauses = [(f"乙方付给甲方{yuan}元。", f"对方付您{yuan}元。"), ("双方就此事再无其他争议。", "不再为这事争。")]
    return content(dispute, f"双方因“{dispute.title}”发生争议。", clauses, promises)


def _court(dispute: Dispute, act: Act, by: User) -> None:
    today, is_ruling = timezone.localdate(), act != Act.APPLY_CONFIRMATION
    fulfilment.record_court_step(
        dispute, act=act, court="示例人民法院", number=f"（{today.year}）示例诉前调确{dispute.pk}号" if is_ruling else "", on=today,
        remark="", scan=Given("示例裁定.png", _a_scan()) if is_ruling else None, by=by,
    )  # fmt: skip


@cache
def _a_signature() -> tuple[bytes, Any]:
    """Everybody writes the same: drawing takes longer than all else at a signing."""
    return drawing.signature("示例")


@cache
def _a_scan() -> bytes:
    return drawing.photo("示例扫描件")
